package chart

import (
	"fmt"
	"slices"

	"conductor-registry/model"
)

// LocalChart is a chart that lies in a folder or archive: what its own files say.
type LocalChart struct {
	Path                      string         // of the folder or archive, as helm is given it
	Name, Version, AppVersion string         // of its Chart.yaml
	Defaults                  map[string]any // its values.yaml
}

// Match is the profile to read the chart by: that of its release, else the nearest one, which the problems warn of. Its
// version, appVersion and defaults are the chart's own. The error says why the chart can't be used.
func Match(profiles []*Profile, c LocalChart) (*Profile, model.Problems, error) {
	var problems model.Problems
	warn := func(rule, summary, why string) {
		problems = append(problems, model.Problem{Rule: rule, Severity: model.Warning, File: c.Path, Summary: summary,
			Why: why, Fix: "see what the chart reads: conductor-registry inspect --chart " + c.Path})
	}
	nearest := Nearest(profiles, c.Version)
	known := false
	for _, p := range profiles {
		found, ok, err := p.Release(c.Version)
		if err != nil {
			return nil, nil, err
		}
		if ok {
			nearest, known = found, true
		}
	}
	named := func(p *Profile) bool { return p.Name == c.Name }
	switch {
	case !slices.ContainsFunc(profiles, named):
		warn("unknown-chart", fmt.Sprintf("the chart %s is none that is known here: it is taken for %s %s", c.Name,
			nearest.Name, nearest.ID), "its templates may read other keys")
	case !known:
		warn("unknown-chart-version", fmt.Sprintf("chart %s %s is none that is known here: it is taken for %s", c.Name,
			c.Version, nearest.ID), "its templates may read other keys")
	}
	return nearest.For(c), problems, nil
}

// For returns the profile for a chart that it reads: with the chart's own name, version, appVersion and defaults.
func (p *Profile) For(c LocalChart) *Profile {
	out := p.With(c.Version, c.AppVersion, c.Defaults)
	out.Name, out.Install.Path = c.Name, c.Path
	return out
}
