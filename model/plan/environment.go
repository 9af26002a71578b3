package plan

import (
	"fmt"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
	"conductor-registry/model/values"
)

// Environment is one set of files and what they give.
type Environment struct {
	Name       string // "" when there is only one
	Profile    *chart.Profile
	Pattern    string
	Components []Component
	Secret     Secret
	Values     []byte            // values.yaml
	Under      string            // the key of the subchart that the values are below; "" for none
	Base       values.Source     // the file that KeyValues were written into; no Name when there is none
	Overlay    bool              // Base could not be edited: helm gets it first, then Values
	KeyValues  []KeyValue        // the keys that the answers write, in order
	Resolution *chart.Resolution // what the pods get with Values
	Problems   model.Problems    // those that do not prevent the plan: warnings and infos

	effective *answers.Effective
	source    source
	into      string         // the name of the values file, or "" for the usual one
	keeps     []string       // keys of the base that stay as they are
	changes   model.Problems // what happened to keys of the base
}

// Component is one of the chart's programs and the image it is to run.
type Component struct {
	Name       string
	Preset     *registry.Preset
	Location   registry.Location
	Repository string // the image's path in the registry
	Tag        string // "5.2.42" or "5.2.42@sha256:…"
	PullPolicy string

	effective *answers.EffectiveComponent
}

// FullName returns the image without its tag, as a repository that includes its registry.
func (c Component) FullName() string {
	if c.Location.ImpliedHost {
		return c.Repository
	}
	return c.Location.Registry() + "/" + c.Repository
}

// Image returns the image that the pod must get.
func (c Component) Image() string { return c.FullName() + ":" + c.Tag }

// newEnvironment returns an environment with its values; there are none while a component has no registry.
func newEnvironment(from *answers.Effective, at source) *Environment {
	e := &Environment{Name: from.Environment, Profile: from.Profile, Pattern: from.Profile.Chosen(from.Pattern.Text),
		Under: from.Under.Text, effective: from, source: at}
	for i := range from.Components {
		if c := &from.Components[i]; c.Preset != nil {
			e.Components = append(e.Components, Component{Name: c.Name, Preset: c.Preset, Location: c.Location,
				Repository: c.Repository.Text, Tag: c.Tag.Text, PullPolicy: c.PullPolicy.Text, effective: c})
		}
	}
	if len(e.Components) < len(from.Components) {
		return e
	}
	e.Secret = newSecret(e)
	e.KeyValues = Settings(e.Profile, e.Pattern, e.Secret.Method, e.Facts(from.Registry.Registry()))
	e.Values = e.values()
	return e
}

// resolutions are what values give, so that many environments with the same values are resolved once.
type resolutions map[resolutionKey]*chart.Resolution

type resolutionKey struct {
	profile       *chart.Profile
	values, under string
}

// resolve sets what the pods get with the values.
func (e *Environment) resolve(known resolutions) {
	key := resolutionKey{e.Profile, string(e.Values), e.Under}
	if e.Resolution = known[key]; e.Resolution != nil && !e.Overlay {
		return
	}
	loaded, err := e.load()
	if err != nil {
		e.Problems = model.Problems{defect(err.Error())}
		return
	}
	e.Resolution = e.Profile.Resolve(loaded)
	if !e.Overlay {
		known[key] = e.Resolution
	}
}

// load returns the values that helm is given, over those that an installation has before.
func (e *Environment) load() (*values.Values, error) {
	return values.Load(slices.Concat(e.Profile.Install.BaseValues(), e.sources())...)
}

// sources returns the values files that helm is given, in order.
func (e *Environment) sources() []values.Source {
	own := values.Source{Name: e.FileName("values"), Data: e.Values, Under: e.Under}
	if e.Overlay {
		return []values.Source{e.Base, own}
	}
	return []values.Source{own}
}

// FileName returns the name of the environment's file of a kind: values.yaml, values-prod.yaml, pull-secret-prod.sh. The
// kind pull-secret is a script, all others are YAML.
func (e *Environment) FileName(kind string) string {
	extension := ".yaml"
	if kind == "pull-secret" {
		extension = ".sh"
	}
	switch {
	case kind == "values" && e.into != "":
		return e.into
	case e.Name == "":
		return kind + extension
	}
	return fmt.Sprintf("%s-%s%s", kind, e.Name, extension)
}

// Opened reports whether the values change a file that was opened for that, in it or as an overlay.
func (e *Environment) Opened() bool { return e.into != "" }

// defect returns the problem for what only a bug of this program can cause.
func defect(summary string) model.Problem {
	return model.Problem{Rule: "internal", Severity: model.Error, Summary: summary,
		Fix: "this is a bug in conductor-registry: please report it with the answers"}
}
