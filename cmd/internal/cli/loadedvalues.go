package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/redact"
	"conductor-registry/model/values"
)

// loadedValues are values with what they give in a chart.
type loadedValues struct {
	profile    *chart.Profile
	sources    []values.Source
	merged     *values.Values // nil when a file is not YAML
	resolution *chart.Resolution
	unreadable *values.ParseError // why merged is nil
}

// load reads the values and resolves them. With isFilled, placeholders stand for the files that an installation adds.
func (v *valueFlags) load(c *command, isFilled bool) (*loadedValues, error) {
	profile, err := v.chart.load(c, v.under)
	if err != nil {
		return nil, err
	}
	l := &loadedValues{profile: profile}
	if l.sources, err = v.read(c.streams); err != nil {
		return nil, err
	}
	base := profile.Install.Parent
	if isFilled {
		base = profile.Install.BaseValues()
	}
	l.sources = slices.Concat(base, l.sources)
	l.merged, err = v.merge(l.sources, c.streams)
	if syntax, ok := errors.AsType[*values.ParseError](err); ok {
		l.unreadable = syntax
		l.resolution = &chart.Resolution{FormatVersion: formatVersion, Chart: profile.Identity(),
			Secrets: []chart.MadeSecret{}, Error: &chart.Refusal{Kind: yamlKind, Message: syntax.Error()}}
		return l, nil
	}
	if err != nil {
		return nil, err
	}
	l.resolution = profile.Resolve(l.merged)
	return l, v.chart.checkRendered(l.merged)
}

// loadAccepted is load with placeholders. Values that the chart would refuse are an error.
func (v *valueFlags) loadAccepted(c *command) (*loadedValues, error) {
	l, err := v.load(c, true)
	if err == nil && l.resolution.Error != nil {
		err = l.refused()
	}
	return l, err
}

// yamlKind is the kind of refusal of a file that is not YAML: the chart never saw it.
const yamlKind = "yaml"

// refused returns the chart's refusal as an error: helm's words, and each detail that they do not contain.
func (l *loadedValues) refused() exit {
	r := l.resolution.Error
	if r.Kind == yamlKind {
		return exit{exitFailure, l.unreadable}
	}
	text := fmt.Sprintf("chart %s refuses the values: %s", redact.Visible(l.profile.Version), r.Message)
	for _, detail := range r.Details {
		if !strings.Contains(text, detail) {
			text += "\n- " + detail
		}
	}
	for _, hint := range setFileHints(l.profile, r.Message) {
		text += "\nhint: " + hint
	}
	return exit{exitRefused, errors.New(text)}
}

// setFileHints returns the flags for the files of an installation that a refusal mentions.
func setFileHints(profile *chart.Profile, message string) []string {
	var hints []string
	for _, file := range profile.Install.Files {
		if strings.Contains(message, file.Path) {
			hints = append(hints, fmt.Sprintf("add --set-file %s=FILE, as for the installation", file.Path))
		}
	}
	return hints
}
