// Package plan is what follows from answers: the files, byte for byte, and what the cluster will make of them. A plan
// is complete and valid or it does not exist. It never writes, asks or looks anything up.
package plan

import (
	"bytes"
	"fmt"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
	"conductor-registry/model/values"
)

// Plan is what one answers file leads to.
type Plan struct {
	Answers      *answers.Answers // complete: the defaults are in it
	Mended       model.Problems   // what was pasted and put right
	Environments []*Environment   // at least one; a single one without a name when none were asked for
}

// Environment is one set of files and what they give.
type Environment struct {
	Name       string // "" when there is only one
	Profile    *chart.Profile
	Pattern    string
	Components []Component
	Secret     Secret
	Values     []byte            // values.yaml
	Base       values.Source     // the file that Values keeps but for its own keys; no Name when there is none
	Written    []Written         // its keys, in order
	Resolution *chart.Resolution // of Values, read back
	Problems   model.Problems    // warnings and infos: nothing here keeps the files from working as promised

	// Beside says that Base is not edited: Values are to be laid over it.
	Beside bool

	into    string         // the name of the values file; "" is the usual one
	changes model.Problems // what the keys of the base had to say
}

// Component is one of the chart's two programs and the image it is to run.
type Component struct {
	Name       string
	Preset     *registry.Preset
	Location   registry.Location
	Repository string // the image's path below the registry
	Tag        string // "5.2.42" or "5.2.42@sha256:…"
	PullPolicy string
}

// FullName is the image without its tag, as a repository that holds its registry.
func (c Component) FullName() string {
	if c.Location.ImpliedHost {
		return c.Repository
	}
	return c.Location.Registry() + "/" + c.Repository
}

// Image is the image name that the pod must get.
func (c Component) Image() string { return c.FullName() + ":" + c.Tag }

// Build makes the plan, or lists every problem that keeps it from being made. File is how problems name the answers'
// source; "" when there is none.
func Build(catalog *answers.Catalog, given *answers.Answers, file string) (*Plan, model.Problems) {
	return BuildOnto(catalog, given, file, nil)
}

// BuildOnto is Build where environments have values files that their keys are written into.
func BuildOnto(catalog *answers.Catalog, given *answers.Answers, file string, bases Bases) (*Plan, model.Problems) {
	given, mended := catalog.Normalise(given, file)
	if problems := catalog.Check(given, file); len(problems) > 0 {
		return nil, problems
	}
	if problems := bases.check(given, file); len(problems) > 0 {
		return nil, problems
	}
	p := preview(catalog, given, file, bases)
	p.Mended = mended
	errs := p.Problems().Errors()
	for _, env := range p.Environments {
		errs = append(errs, env.checkImages(given, file)...)
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return p, nil
}

// Preview is the plan that unfinished answers lead to so far: what is missing shows as its name, what is wrong as it
// is. It is for looking at, never for writing.
func Preview(catalog *answers.Catalog, given *answers.Answers, file string, bases Bases) *Plan {
	return preview(catalog, given, file, bases)
}

func preview(catalog *answers.Catalog, given *answers.Answers, file string, bases Bases) *Plan {
	flats := catalog.Flats(given)
	p := &Plan{Answers: answers.Merge(given, flats)}
	for i, name := range answers.Layers(given) {
		env := sketch(catalog, flats[i], name)
		env.writeInto(bases[name])
		env.resolve(p.Environments)
		if env.Resolution != nil {
			env.Problems = slices.Concat(env.judge(given, file), env.changes, env.ofBase())
		}
		p.Environments = append(p.Environments, env)
	}
	p.judgeSecrets(file)
	return p
}

// sketch is an environment up to its values, from what holds there.
func sketch(catalog *answers.Catalog, here *answers.Answers, name string) *Environment {
	profile := catalog.Profile(here)
	env := &Environment{Name: name, Profile: profile, Pattern: profile.Chosen(here.Get("pattern"))}
	for _, component := range env.Profile.Components {
		if c, ok := newComponent(catalog, here, component.Name); ok {
			env.Components = append(env.Components, c)
		}
	}
	if len(env.Components) == len(env.Profile.Components) { // else there is nothing to write yet
		common := commonRegistry(catalog, here)
		env.Secret = newSecret(env, here, common)
		env.Written = Settings(env.Profile, env.Pattern, env.Secret.Method, env.Facts(common.Registry()))
		env.Values = env.values()
	}
	return env
}

// resolve reads the values back. What one environment's values give, the same values of another give too.
func (e *Environment) resolve(others []*Environment) {
	for _, other := range others {
		if other.Profile == e.Profile && !e.Beside && bytes.Equal(other.Values, e.Values) && other.Resolution != nil {
			e.Resolution = other.Resolution
			return
		}
	}
	values, err := e.load()
	if err != nil {
		e.Problems = model.Problems{defect(err.Error())}
		return
	}
	e.Resolution = e.Profile.Resolve(values)
}

// load reads the values that helm is given, with stand-ins for the files that the chart requires.
func (e *Environment) load() (*values.Values, error) {
	sources := e.sources()
	if files, needed := e.Profile.Install.Placeholders(); needed {
		sources = append(sources, files)
	}
	return values.Load(sources...)
}

// sources are the values files that helm is given, in order.
func (e *Environment) sources() []values.Source {
	own := values.Source{Name: e.FileName("values"), Data: e.Values}
	if e.Beside {
		return []values.Source{e.Base, own}
	}
	return []values.Source{own}
}

// Keys are the keys that the answers write in their first environment: what a choice means, at a glance.
func Keys(catalog *answers.Catalog, given *answers.Answers) []Written {
	first := answers.Layers(given)[0]
	return sketch(catalog, catalog.Flat(given.In(first)), first).Written
}

func newComponent(catalog *answers.Catalog, here *answers.Answers, name string) (Component, bool) {
	fields := here.Registry(name)
	preset, ok := catalog.Registries.Preset(fields["provider"])
	if !ok {
		return Component{}, false
	}
	location, _ := preset.Locate(fields) // as far as it goes: what is wrong was told by Check
	answer := func(leaf string) string { return here.Get(here.Origin("", name, leaf)) }
	return Component{Name: name, Preset: preset, Location: location, Repository: answer("repository"),
		Tag: answer("tag"), PullPolicy: answer("pullPolicy")}, true
}

// commonRegistry is the registry that components share unless they have their own; empty when the answers have none.
func commonRegistry(catalog *answers.Catalog, here *answers.Answers) registry.Location {
	fields := here.Registry("")
	preset, ok := catalog.Registries.Preset(fields["provider"])
	if !ok {
		return registry.Location{}
	}
	location, _ := preset.Locate(fields)
	return location
}

// FileName is the name of the environment's file of a kind: values.yaml, values-prod.yaml, pull-secret-prod.sh.
func (e *Environment) FileName(kind string) string {
	extension := map[string]string{"values": ".yaml", "pull-secret": ".sh"}[kind]
	switch {
	case kind == "values" && e.into != "":
		return e.into
	case e.Name == "":
		return kind + extension
	}
	return fmt.Sprintf("%s-%s%s", kind, e.Name, extension)
}

// Opened tells whether the values are changes of a file that was opened for that, in it or beside it.
func (e *Environment) Opened() bool { return e.into != "" }

// Files are the files of all environments, in order.
func (p *Plan) Files() []File {
	var files []File
	for _, env := range p.Environments {
		values := File{Name: env.FileName("values"), Data: env.Values, Mode: 0o644}
		if !env.Beside {
			values.Base, values.Edit = env.Base.Name, env.into != ""
		}
		files = append(files, values)
		if env.HasScript() {
			files = append(files, File{Name: env.FileName("pull-secret"), Data: env.Script(), Mode: 0o755})
		}
	}
	return files
}

// File is one file to be written.
type File struct {
	Name string // without a folder
	Data []byte
	Mode uint32 // Unix permission bits
	Base string // the file that Data keeps but for its own keys, with its folder; "" when there is none
	Edit bool   // Base is the file itself
}

// Problems are those of all environments, each once.
func (p *Plan) Problems() model.Problems {
	out := slices.Clone(p.Mended)
	for _, env := range p.Environments {
		for _, problem := range env.Problems {
			if !slices.Contains(out, problem) {
				out = append(out, problem)
			}
		}
	}
	return out
}
