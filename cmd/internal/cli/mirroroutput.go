package cli

import (
	"fmt"
	"io"
	"strings"

	"conductor-registry/model"
	plans "conductor-registry/model/mirror"
	"conductor-registry/verify/mirror"
)

// printResults prints what became of the images, or with --list what would.
func (c *mirrorCommand) printResults(list plans.List, results []mirror.Result) error {
	push := plans.PushOf(list.Images)
	document := mirrored{FormatVersion: formatVersion, Images: []mirroredImage{},
		Skipped: append([]plans.Skipped{}, list.Skipped...), Before: requirements(push.Before),
		After: requirements(push.After), Login: append([]string{}, push.Login...), Problems: model.Problems{}}
	code := exitOK
	for i, image := range list.Images {
		document.Images = append(document.Images, mirroredImage{image.Uses, image.Source, image.Target, results[i]})
		switch {
		case results[i].State == mirror.Failed && !c.list:
			code = exitFailure
		case results[i].State == mirror.Different && code == exitOK && !c.list:
			code = exitDiffers
		}
	}
	return c.print(code, document, func() error { return c.printText(document) })
}

func (c *mirrorCommand) printText(d mirrored) error {
	var b strings.Builder
	for i, image := range d.Images {
		if i > 0 {
			b.WriteString("\n")
		}
		c.printImage(&b, image)
	}
	for _, s := range d.Skipped {
		printf(&b, "%-11s%s (%s): %s\n", "skipped", s.Image, s.String(), s.Why)
	}
	if c.list {
		printRequirements(&b, "must exist first", d.Before)
		printRequirements(&b, "after the copy", d.After)
	}
	_, err := io.WriteString(c.streams.Out, b.String())
	return err
}

func (c *mirrorCommand) printImage(b *strings.Builder, image mirroredImage) {
	var users []string
	for _, u := range image.Uses {
		users = append(users, u.String())
	}
	printf(b, "%s\n", image.Target)
	for _, fact := range [][2]string{{"source", image.Source}, {"used by", strings.Join(users, ", ")},
		{"digest", image.Digest}, {"platforms", strings.Join(image.Platforms, ", ")}, {"size", sizeText(image.Size)},
		{"state", c.stateText(image.State)}, {"there", image.Was}} {
		if fact[1] != "" {
			printf(b, "  %-11s%s\n", fact[0], fact[1])
		}
	}
	printProblems(b, image.Problems)
}

func (c *mirrorCommand) stateText(s mirror.State) string {
	if c.list && s == mirror.Failed {
		return "unknown"
	}
	return map[mirror.State]string{
		mirror.Waiting: "not there yet", mirror.Copied: "copied", mirror.Unchanged: "there already",
		mirror.Different: "the tag has another image; --force overwrites it", mirror.Failed: "not copied",
	}[s]
}

func printRequirements(b *strings.Builder, title string, list []requirement) {
	for i, r := range list {
		if i == 0 {
			printf(b, "\n%s:\n", title)
		}
		printf(b, "  %s\n", r.What)
		for _, command := range r.Commands {
			printf(b, "    %s\n", command)
		}
	}
}

// sizeText returns a size in the units of registries; "" for 0.
func sizeText(bytes int64) string {
	switch {
	case bytes >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
	case bytes >= 1e6:
		return fmt.Sprintf("%.0f MB", float64(bytes)/1e6)
	case bytes > 0:
		return fmt.Sprintf("%.0f kB", max(1, float64(bytes)/1e3))
	}
	return ""
}
