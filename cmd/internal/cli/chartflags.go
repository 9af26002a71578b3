package cli

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/verify/helm"
)

// chartFlags name a chart by its version, its path, or a profile that says which keys it reads.
type chartFlags struct {
	version, path, profile string
	loaded                 *chart.Profile // of --chart or --profile, read once
	loadErr                error
	parent                 *parentChart // of the subchart that is wanted; nil for the chart itself
}

// parentChart is the chart of --chart, when the images are those of a subchart.
type parentChart struct {
	dependency helm.Dependency
	defaults   values.Source // its values.yaml
}

// add adds --chart and --profile.
func (f *chartFlags) add(c *command) {
	f.addPath(c)
	c.Flags().StringVar(&f.profile, "profile", "",
		"chart profile `FILE` to use instead of the known ones, such as inspect --profile prints")
	_ = c.MarkFlagFilename("profile", "yaml", "yml")
}

// addPath adds --chart.
func (f *chartFlags) addPath(c *command) {
	c.Flags().StringVar(&f.path, "chart", "",
		"`PATH` of the chart, a folder or .tgz: its version, appVersion and defaults are used")
	_ = c.MarkFlagFilename("chart", "tgz")
}

// addChartVersion adds a flag that names a chart by its version.
func addChartVersion(c *command, version *string, name, usual, help string) {
	ids := c.catalog.Charts.IDs()
	c.Flags().StringVar(version, name, usual, help+": "+strings.Join(ids, ", ")+", or a release such as 2.7.40")
	completeWith(c.Command, name, ids)
}

// given reports whether --chart or --profile is set.
func (f *chartFlags) given(c *command) bool { return c.changed("chart") || c.changed("profile") }

// excludeVersion refuses --chart-version beside the others.
func (f *chartFlags) excludeVersion(c *command) error {
	return cmp.Or(c.exclude("chart", "chart-version"), c.exclude("profile", "chart-version"))
}

// load returns the chart that the flags name, the one of --chart-version by default.
func (f *chartFlags) load(c *command, under string) (*chart.Profile, error) {
	if err := f.excludeVersion(c); err != nil {
		return nil, err
	}
	if f.given(c) {
		if f.loaded == nil {
			f.loaded, f.loadErr = f.loadFile(c, under)
		}
		return f.loaded, f.loadErr
	}
	profile, err := c.catalog.Chart(f.version)
	if err != nil {
		return nil, usage("--chart-version: %w", err)
	}
	return profile, nil
}

// loadFile returns the chart of --chart or --profile, and prints warnings about the chart to standard error.
func (f *chartFlags) loadFile(c *command, under string) (*chart.Profile, error) {
	var profile *chart.Profile
	if c.changed("profile") {
		data, err := c.streams.read(f.profile)
		if err != nil {
			return nil, err
		}
		if profile, err = chart.DecodeProfile(f.profile, data); err != nil || !c.changed("chart") {
			return profile, err
		}
	}
	if err := c.catalog.Charts.Load(); err != nil {
		return nil, err
	}
	found, err := helm.ReadChart(f.path, c.streams.known.AddFile)
	if err == nil {
		found, err = f.findSubchart(c, found, under)
	}
	if err != nil {
		return nil, exit{exitUsage, err}
	}
	local := chart.LocalChart{Path: f.path, Name: found.Name, Version: found.Version, AppVersion: found.AppVersion,
		Defaults: found.Values, Schema: found.Schema}
	if profile != nil {
		return f.asSubchart(profile.For(local)), nil
	}
	profile, problems, err := chart.Match(c.catalog.Charts.All(), local)
	if err != nil {
		return nil, usage("--chart %q: %w", f.path, err)
	}
	printProblems(c.streams.Err, problems)
	return f.asSubchart(profile), nil
}

// asSubchart returns the profile of a subchart, which gets values of its parent. Helm sets .Chart.Name to the alias, and
// containers are named after it.
func (f *chartFlags) asSubchart(p *chart.Profile) *chart.Profile {
	if f.parent == nil {
		return p
	}
	out := *p
	out.Install.Parent = []values.Source{f.parent.defaults}
	out.Components = slices.Clone(p.Components)
	for i, c := range out.Components {
		if c.Pod.Container == p.Name {
			out.Components[i].Pod.Alias = f.parent.dependency.Alias
		}
	}
	return &out
}

// subchart returns the key of the subchart that is wanted: of --under, or found in the chart of --chart.
func (f *chartFlags) subchart(under string) string {
	if under == "" && f.parent != nil {
		return f.parent.dependency.Key()
	}
	return under
}

// findSubchart returns the chart whose images are wanted: the chart itself, or the subchart that --under names or that is
// one of the known charts.
func (f *chartFlags) findSubchart(c *command, found *helm.Chart, under string) (*helm.Chart, error) {
	f.parent = nil
	isKnown := func(name string) bool {
		return slices.ContainsFunc(c.catalog.Charts.All(), func(p *chart.Profile) bool { return p.Name == name })
	}
	isWanted := func(d helm.Dependency) bool { return d.Key() == under || under == "" && isKnown(d.Name) }
	i := slices.IndexFunc(found.Dependencies, isWanted)
	switch {
	case i < 0 && under != "" && len(found.Dependencies) > 0 && !isKnown(found.Name):
		var names []string
		for _, d := range found.Dependencies {
			names = append(names, d.Key())
		}
		return nil, fmt.Errorf("--under %q: the chart %s does not have that subchart; it has %s", under, found.Name,
			strings.Join(names, ", "))
	case i < 0 || isKnown(found.Name):
		return found, nil
	}
	d := found.Dependencies[i]
	if also := slices.IndexFunc(found.Dependencies[i+1:], isWanted); also >= 0 && under == "" {
		return nil, fmt.Errorf("the chart %s has several subcharts with these images: %s, %s\nhint: --under %[2]s",
			found.Name, d.Key(), found.Dependencies[i+1+also].Key())
	}
	subchart, err := found.Subchart(d, c.streams.known.AddFile)
	defaults := values.Source{Name: filepath.Join(f.path, "values.yaml"), Data: found.ValuesFile, Under: d.Key(),
		IsDefaults: true}
	f.parent = &parentChart{d, defaults}
	return subchart, err
}

// checkRendered returns an error when the parent chart's values switch the subchart off.
func (f *chartFlags) checkRendered(v *values.Values) error {
	if f.parent == nil || v == nil {
		return nil
	}
	if rendered, why := f.parent.dependency.IsRendered(v.WithDefaults()); !rendered {
		return exit{exitRefused, fmt.Errorf("helm does not render the subchart %s: %s is false\nhint: --set %s=true",
			f.parent.dependency.Key(), why, why)}
	}
	return nil
}

// use makes the chart of --chart or --profile the catalog's default, in place of the known one with the same ID, and of a
// parent chart the answers' subchart. It returns nil without these flags, and an error for answers that name another chart.
func (f *chartFlags) use(c *command, a *answers.Answers) (*chart.Profile, error) {
	if !f.given(c) {
		return nil, nil
	}
	const under = "under"
	profile, err := f.loadFile(c, a.Get(under))
	if err != nil {
		return nil, err
	}
	if key := f.subchart(a.Get(under)); key != a.Get(under) {
		a.Set(under, key)
	}
	for _, env := range a.EnvironmentNames() {
		if id := a.Lookup(answers.Path{Environment: env, Leaf: "chart"}).Text; id != "" && id != profile.ID &&
			id != profile.Version {
			return nil, usage("the chart to use is %s (read as %s), but the answers name chart %q",
				profile.Version, profile.ID, id)
		}
	}
	c.catalog.Charts = c.catalog.Charts.With(profile)
	return profile, nil
}
