package cli

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	plans "conductor-registry/model/mirror"
	"conductor-registry/model/redact"
	"conductor-registry/model/registry"
	"conductor-registry/verify/images"
	"conductor-registry/verify/mirror"
	"conductor-registry/verify/program"
)

// wanted returns the images to copy, and how to log in to where the chart's own images come from; "" when unknown.
func (c *mirrorCommand) wanted() (list plans.List, login string, err error) {
	in, err := c.images.load(&c.command)
	if err != nil {
		return list, "", err
	}
	sources, err := c.parseSources(in.uses)
	if err != nil {
		return list, "", err
	}
	var wanted []plans.Wanted
	for _, use := range in.uses {
		wanted = append(wanted, c.wantedImage(use))
		if _, own := sources[use.Component]; !own {
			login = sourceLogin(use.profile)
		}
	}
	list, err = plans.NewList(wanted, sources)
	if err != nil {
		return list, "", usage("%w", err)
	}
	return list, login, nil
}

func sourceLogin(p *chart.Profile) string {
	if p.Source.Username == "" {
		return ""
	}
	return fmt.Sprintf("%s: docker login --username %s", p.Source.Password, p.Source.Username)
}

// wantedImage returns what is known of the image that a component pulls. For values the registry is recognised.
func (c *mirrorCommand) wantedImage(u imageUse) plans.Wanted {
	w := plans.Wanted{Use: plans.Use{Environment: u.Environment, Component: u.Component}, Image: u.image,
		Default: u.profile.DefaultImage(u.Component), AppVersion: u.profile.AppVersion}
	if p := u.planned; p != nil {
		w.Preset, w.Location, w.Repository = p.Preset, p.Location, p.Repository
		return w
	}
	if found, ok := c.catalog.Registries.RecogniseImage(u.image); ok {
		w.Preset, w.Repository = found.Preset, found.Address.Repository
		w.Location, _ = found.Preset.Locate(found.Fields)
	}
	return w
}

// parseSources returns the images of --source by component.
func (c *mirrorCommand) parseSources(uses []imageUse) (map[string]string, error) {
	out := map[string]string{}
	for _, text := range c.sources {
		name, ref, ok := strings.Cut(text, "=")
		if !ok || name == "" || ref == "" {
			return nil, usage("--source %q: write it as IMAGE=REF, such as server=r.example.com/orkes/server:5.2.42", text)
		}
		var known []string
		found := false
		for _, u := range uses {
			known = append(known, u.Component)
			if name == u.Component || name == u.profile.DefaultImage(u.Component) {
				out[u.Component], found = ref, true
			}
		}
		if !found {
			slices.Sort(known)
			return nil, usage("--source %q: %s is not one of %s", text, name, strings.Join(slices.Compact(known), ", "))
		}
	}
	return out, nil
}

// credentials returns those for the sources and for the targets.
func (c *mirrorCommand) credentials(list []plans.Image) (from, to images.Credential, err error) {
	targets, sources := make([]string, len(list)), make([]string, len(list))
	for i, image := range list {
		targets[i], sources[i] = image.Target, image.Source
	}
	if c.sourceStdin != (c.sourceUsername != "") {
		return from, to, usage("--source-username and --source-password-stdin belong together")
	}
	if c.sourceStdin && c.images.readsInput() {
		return from, to, errInputTwice()
	}
	from = images.DockerConfig()
	if c.sourceUsername != "" {
		lines := bufio.NewReader(c.streams.In)
		password, _ := lines.ReadString('\n')
		c.streams.In = lines
		key, err := (&registryFlags{}).key(sources)
		if err != nil {
			return from, to, err
		}
		login, err := passwordLogin(&c.command, "--source-password-stdin", key, c.sourceUsername, password)
		if err != nil {
			return from, to, err
		}
		from = login.Or(images.DockerConfig())
	}
	to, problems, err := c.registry.credential(&c.command, targets)
	if err != nil {
		return from, to, err
	}
	if len(problems) > 0 {
		return from, to, exit{exitFailure, problems}
	}
	if c.changed("dockerconfigjson") {
		from = to
	}
	if c.changed("username") {
		to = to.Or(images.DockerConfig())
	}
	return from, to, nil
}

func (c *mirrorCommand) hasLogins(ctx context.Context, list []plans.Image, from images.Credential) bool {
	return !slices.ContainsFunc(list, func(i plans.Image) bool { return !from.HasLoginFor(ctx, i.Source) })
}

// openArchives opens the folders of --archive and --from.
func (c *mirrorCommand) openArchives(o *mirror.Options) (err error) {
	if c.archive != "" {
		o.Archive, err = mirror.CreateArchive(c.archive)
	}
	if c.from != "" && err == nil {
		if o.Read, err = mirror.OpenArchive(c.from); err != nil {
			return fmt.Errorf("--from %q: %w\nhint: name the folder that mirror --archive has written",
				redact.Text(c.from), program.Reason(err))
		}
	}
	return err
}

// printScript prints a script that copies the images.
func (c *mirrorCommand) printScript(list plans.List, login string) error {
	if !slices.Contains(plans.Programs(), c.script) {
		return usage("--script %q is not one of %s", c.script, strings.Join(plans.Programs(), ", "))
	}
	if len(c.platforms) > 1 {
		return usage("--script takes one --platform, or none for all")
	}
	script := plans.Script{Program: c.script, Images: list.Images, Platform: strings.Join(c.platforms, ""), Login: login}
	text, err := script.Text()
	if err != nil {
		return err
	}
	return c.print(exitOK, scripted{formatVersion, text, model.Problems{}}, func() error {
		_, err := fmt.Fprint(c.streams.Out, text)
		return err
	})
}

// scripted is the JSON output of mirror --script.
type scripted struct {
	FormatVersion string         `json:"formatVersion"`
	Text          string         `json:"text"`
	Problems      model.Problems `json:"problems"`
}

// mirrored is the JSON output of mirror.
type mirrored struct {
	FormatVersion string          `json:"formatVersion"`
	Images        []mirroredImage `json:"images"`
	Skipped       []plans.Skipped `json:"skipped"`
	Before        []requirement   `json:"before"` // what must exist before the first copy
	After         []requirement   `json:"after"`  // what to set after it
	Login         []string        `json:"login"`  // commands that log in to the targets
	Problems      model.Problems  `json:"problems"`
}

// mirroredImage is one image with the components that use it.
type mirroredImage struct {
	Uses   []plans.Use `json:"uses"`
	Source string      `json:"source"`
	Target string      `json:"target"`
	mirror.Result
}

type requirement struct {
	What     string   `json:"what"`
	Commands []string `json:"commands,omitempty"`
}

func requirements(list []registry.Requirement) []requirement {
	out := []requirement{}
	for _, r := range list {
		out = append(out, requirement{r.What, r.Commands})
	}
	return out
}
