package answers

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
)

func (at place) charts() []Choice {
	return model.Map(at.catalog.Charts.Entries(), func(p chart.Entry) Choice {
		return Choice{Value: p.ID, Label: p.Title, Summary: p.Summary}
	})
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

func (place) checkUnder(value string) error {
	for key := range strings.SplitSeq(value, ".") {
		if !chartName.MatchString(key) {
			return errors.New("is not the name or alias of a subchart, for example conductor")
		}
	}
	return nil
}

// chartName matches the names that helm accepts for a chart and its alias, but for dots: here they are a subchart's own.
var chartName = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

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

func (at place) defaultPattern() string { return at.profile().DefaultPattern() }

func options(from []chart.Option) []Choice {
	return model.Map(from, func(o chart.Option) Choice {
		return Choice{Value: o.ID, Label: o.Title, Summary: o.Summary, Missing: o.Missing, Instead: o.As}
	})
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
	return checkKnown(value, known, model.Nearest(value, known))
}

// checkKnown accepts one of the known values; near is the one that may have been meant.
func checkKnown(value string, known []string, near string) error {
	if slices.Contains(known, value) {
		return nil
	}
	if near != "" {
		near = "; did you mean " + near + "?"
	}
	return fmt.Errorf("%q is not one of %s%s", value, strings.Join(known, ", "), near)
}
