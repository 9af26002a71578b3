package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/ui/report"
	"conductor-registry/verify/images"
)

// probedImage is one image with those that use it.
type probedImage struct {
	Uses []use `json:"uses"`
	images.Result
}

// probed is what probe -o json prints.
type probed struct {
	FormatVersion string         `json:"formatVersion"`
	Images        []probedImage  `json:"images"`
	Problems      model.Problems `json:"problems"` // of the credential: then no image was asked for
}

// byImage are the results, each image once.
func (a *answer) byImage() []probedImage {
	out := []probedImage{}
	for i, r := range a.results {
		at := slices.IndexFunc(out, func(p probedImage) bool { return p.Image == r.Image })
		if at < 0 {
			at, out = len(out), append(out, probedImage{Result: r})
		}
		out[at].Uses = append(out[at].Uses, a.uses[i])
	}
	return out
}

func (c *probeCommand) tell(a *answer) error {
	list := a.byImage()
	wrong := len(a.problems) > 0 || slices.ContainsFunc(list, func(p probedImage) bool { return len(p.Problems) > 0 })
	var err error
	if c.output.json() {
		err = writeJSON(c.streams.Out, probed{formatVersion, list, append(model.Problems{}, a.problems...)})
	} else {
		err = tellProbed(c.streams.Out, a, list)
		c.sum(a, list)
	}
	if err == nil && wrong {
		err = exit{code: exitRefused}
	}
	return err
}

// sum counts, and says what was not tested.
func (c *probeCommand) sum(a *answer, list []probedImage) {
	if len(a.problems) > 0 {
		fmt.Fprintln(c.streams.Err, "no registry was asked")
		return
	}
	found := 0
	for _, image := range list {
		if image.Found {
			found++
		}
	}
	fmt.Fprintf(c.streams.Err, "%d of %d images can be pulled from here\n", found, len(list))
	if a.by == images.DockerConfig().Name() {
		fmt.Fprintln(c.streams.Err, "note: asked with the docker config of this machine; "+
			"for the cluster's pull secret give --dockerconfigjson")
	}
}

// tellProbed prints each image with what is there, or why it can't be had.
func tellProbed(w io.Writer, a *answer, list []probedImage) error {
	var b strings.Builder
	for i, image := range list {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s\n", image.Image)
		var users []string
		for _, u := range image.Uses {
			users = append(users, u.String())
		}
		fact(&b, "for", strings.Join(users, ", "))
		fact(&b, "digest", image.Digest)
		fact(&b, "platforms", sized(image.Platforms))
		if image.Found {
			fact(&b, "login", opened(a.by, image.Entry))
		}
		for _, p := range image.Problems {
			tellProblem(&b, p)
		}
	}
	for _, p := range a.problems {
		tellProblem(&b, p)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

const factWidth = 13

func fact(b *strings.Builder, label, text string) {
	if text != "" {
		fmt.Fprintf(b, "  %-*s%s\n", factWidth-2, label, text)
	}
}

func tellProblem(b *strings.Builder, p model.Problem) {
	where := p.File
	if where == "-" {
		where = shownName(where)
	}
	fmt.Fprintf(b, "  %s: %s%s [%s]\n", p.Severity, suffix(where+": ", "", where != ""), p.Summary, p.Rule)
	for _, text := range []struct{ label, text string }{{"why:", p.Why}, {"fix:", p.Fix}} {
		label := text.label
		for _, line := range report.Wrap(text.text, helpWidth-factWidth) {
			fmt.Fprintf(b, "%*s %s\n", factWidth-1, label, line)
			label = ""
		}
	}
}

// opened says which login opened the image.
func opened(by, entry string) string {
	if entry == "" {
		return "none needed"
	}
	return entry + ", of " + by
}

// sized are platforms, with the compressed size where it is known.
func sized(platforms []images.Platform) string {
	var out []string
	for _, p := range platforms {
		if p.Size > 0 {
			p.Name += " (" + megabytes(p.Size) + " compressed)"
		}
		out = append(out, p.Name)
	}
	return strings.Join(out, ", ")
}

func megabytes(bytes int64) string {
	const million = 1e6
	if bytes < million {
		return "less than 1 MB"
	}
	return fmt.Sprintf("%.0f MB", float64(bytes)/million)
}
