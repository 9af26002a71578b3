package chart

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
)

// LocalChart holds the facts that the files of a chart on disk state.
type LocalChart struct {
	Path                      string         // of the folder or archive, as helm is given it
	Name, Version, AppVersion string         // of its Chart.yaml
	Defaults                  map[string]any // its values.yaml
	Schema                    []byte         // its values.schema.json; nil when there is none
}

// Match returns the profile to read a local chart by: that of its release, or the nearest one, with a warning. Its
// version, appVersion and defaults are the chart's own. The error is the reason why the chart cannot be used.
func Match(profiles []*Profile, c LocalChart) (*Profile, model.Problems, error) {
	nearest, known := Nearest(profiles, c.Version), false
	for _, p := range profiles {
		found, ok, err := p.Release(c.Version)
		if err != nil {
			return nil, nil, err
		}
		if ok {
			nearest, known = found, true
		}
	}
	warning := model.Problem{Severity: model.Warning, File: c.Path, Why: "its templates may read other keys",
		Fix: "see what the chart reads: conductor-registry inspect --chart " + c.Path}
	switch {
	case !slices.ContainsFunc(profiles, func(p *Profile) bool { return p.Name == c.Name }):
		warning.Rule = "unknown-chart"
		warning.Summary = fmt.Sprintf("unknown chart %q: it is read as %s %s", c.Name, nearest.Name, nearest.ID)
	case !known:
		warning.Rule = "unknown-chart-version"
		warning.Summary = fmt.Sprintf("unknown version %s of chart %s: it is read as %s", c.Version, c.Name, nearest.ID)
	default:
		return nearest.For(c), nil, nil
	}
	return nearest.For(c), model.Problems{warning}, nil
}

// For returns the profile for a local chart: with the chart's own name, version, appVersion, defaults and schema, and
// of a chart with another name only the components that its defaults have.
func (p *Profile) For(c LocalChart) *Profile {
	out := *p
	out.Name, out.Version, out.AppVersion, out.Install.Path = c.Name, c.Version, c.AppVersion, c.Path
	out.Defaults = p.filled(p.Defaults, c.Defaults, "")
	out.Schema, _ = parseSchema(c.Schema) // helm itself reports one that is not JSON
	if c.Name != p.Name {
		out.Components = slices.DeleteFunc(slices.Clone(p.Components), func(known Component) bool {
			return !known.isIn(c.Defaults)
		})
	}
	if len(out.Components) == 0 {
		out.Components = p.Components
	}
	return &out
}

// isIn reports whether a chart's defaults have a mapping for the component's repository.
func (c Component) isIn(defaults map[string]any) bool {
	return slices.ContainsFunc(c.Repository.Paths, func(path string) bool {
		root, _, _ := strings.Cut(path, ".")
		return defaults[root] != nil
	})
}
