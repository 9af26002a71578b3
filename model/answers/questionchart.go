package answers

import (
	"errors"
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
)

func (at place) charts() []Choice {
	var out []Choice
	for _, p := range at.catalog.Charts.Entries() {
		out = append(out, Choice{Value: p.ID, Label: p.Title, Summary: p.Summary})
	}
	return out
}

func (at place) defaultChart() string { return at.catalog.Charts.IDs()[0] }

func (at place) checkChart(id string) error {
	_, err := at.catalog.Chart(id)
	return err
}

func (place) checkEnvironments(value string) error {
	seen := map[string]bool{}
	for _, name := range SplitNames(value) {
		if len(name) > 32 || !model.IsLabel(name) {
			return fmt.Errorf("%q cannot be part of a file name: use lower-case letters, digits and dashes, "+
				"for example dev, prod", name)
		}
		if seen[name] {
			return fmt.Errorf("%s is named twice", name)
		}
		seen[name] = true
	}
	return nil
}

func (place) checkBase(value string) error { return checkRelative("path", value, "values-base.yaml") }

func (place) checkPresets(value string) error { return checkRelative("folder", value, "registries") }

// checkRelative accepts a path that is relative to the answers file; kind is "path" or "folder".
func checkRelative(kind, path, example string) error {
	if path == "" || path == "-" || strings.HasPrefix(path, "/") || strings.Contains(path, ":") {
		return fmt.Errorf("is not a %s relative to the answers file, for example %s", kind, example)
	}
	return nil
}

func (at place) patterns() []Choice { return options(at.profile().Patterns) }

func (at place) checkPattern(value string) error { return checkOption(at.profile().Patterns, value) }

// defaultPattern returns the first pattern that the chart has keys for.
func (at place) defaultPattern() string {
	for _, o := range at.profile().Patterns {
		if o.Missing == "" {
			return o.ID
		}
	}
	return ""
}

func options(from []chart.Option) []Choice {
	var out []Choice
	for _, o := range from {
		out = append(out, Choice{Value: o.ID, Label: o.Title, Summary: o.Summary, Missing: o.Missing, Instead: o.As})
	}
	return out
}

// checkOption accepts an option that the chart has, or has an equivalent for.
func checkOption(options []chart.Option, value string) error {
	var known []string
	for _, o := range options {
		if o.ID == value {
			if o.Missing != "" && o.As == "" {
				return errors.New(o.Missing)
			}
			return nil
		}
		if o.Missing == "" {
			known = append(known, o.ID)
		}
	}
	return notOneOf(value, known, model.Nearest(value, known))
}

// notOneOf returns the error for a value that cannot be chosen; near is the one that may have been meant.
func notOneOf(value string, known []string, near string) error {
	if near != "" {
		return fmt.Errorf("%q is not one of %s; did you mean %s?", value, strings.Join(known, ", "), near)
	}
	return fmt.Errorf("%q is not one of %s", value, strings.Join(known, ", "))
}
