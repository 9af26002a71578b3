// Package plan is what follows from answers: the files, byte for byte, the images that the pods get, and what to do
// next. A plan is complete and valid, or every problem is listed. It never writes, asks or looks anything up.
package plan

import (
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/registry"
)

// Plan is what one answers file leads to.
type Plan struct {
	Answers      *answers.Answers // complete, with defaults
	Normalised   model.Problems   // pasted answers that were fixed
	Environments []*Environment   // at least one; a single unnamed one when the answers name none
}

// Build returns the plan, or every problem that prevents it. File is the name of the answers' file in problems, or "".
func Build(catalog *answers.Catalog, given *answers.Answers, file string) (*Plan, model.Problems) {
	return BuildOnto(catalog, given, file, nil)
}

// BuildOnto is Build with values files to write the keys into.
func BuildOnto(catalog *answers.Catalog, given *answers.Answers, file string, bases Bases) (*Plan, model.Problems) {
	given, normalised := catalog.Normalise(given, file)
	if problems := catalog.Check(given, file); len(problems) > 0 {
		return nil, problems
	}
	p := Preview(catalog, given, file, bases)
	if problems := p.checkBases(bases); len(problems) > 0 {
		return nil, problems
	}
	p.Normalised = normalised
	errs := p.Problems().Errors()
	for _, env := range p.Environments {
		errs = append(errs, env.checkImages()...)
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return p, nil
}

// Preview returns the plan for unfinished answers: what is missing shows as its name, what is wrong as it is. It is for
// display, never for writing.
func Preview(catalog *answers.Catalog, given *answers.Answers, file string, bases Bases) *Plan {
	p := &Plan{Answers: catalog.Complete(given)}
	from, resolved := source{answers: given, file: file}, resolutions{}
	hosts := hostChecks{registries: catalog.Registries, known: map[string]*registry.HostProblem{}}
	for _, effective := range catalog.Effective(given) {
		env := newEnvironment(effective, from)
		env.writeInto(bases[env.Name])
		env.resolve(resolved)
		if env.Resolution != nil {
			env.Problems = slices.Concat(env.check(), env.checkHosts(hosts), env.changes, env.baseProblems())
		}
		p.Environments = append(p.Environments, env)
	}
	p.checkSecrets()
	return p
}

// Keys returns the keys that the answers write in their first environment.
func Keys(catalog *answers.Catalog, given *answers.Answers) []KeyValue {
	return newEnvironment(catalog.Effective(given)[0], source{}).KeyValues
}

// Problems returns those of all environments, each once.
func (p *Plan) Problems() model.Problems {
	out := slices.Clone(p.Normalised)
	for _, env := range p.Environments {
		out = append(out, env.Problems...)
	}
	return out.Unique()
}

// File is one file to write.
type File struct {
	Name string // without a folder
	Data []byte
	Mode uint32 // Unix permission bits
	Base string // the file that Data was copied from before its keys were written, with its folder; or ""
	Edit bool   // Base is the file itself
	// Replaces is the content of the file at this place when Data was made; nil: there was no file.
	Replaces []byte
}

// Files returns the files of all environments, in order.
func (p *Plan) Files() []File {
	var files []File
	for _, env := range p.Environments {
		values := File{Name: env.FileName("values"), Data: env.Values, Mode: 0o644}
		if !env.Overlay {
			values.Base, values.Edit = env.Base.Name, env.into != ""
		}
		if len(env.Values) == 0 { // answers are missing: the file stays as it is
			values.Data = env.Base.Data
		}
		files = append(files, values)
		if env.HasScript() {
			files = append(files, File{Name: env.FileName("pull-secret"), Data: env.Script(), Mode: 0o755})
		}
	}
	return files
}

// source is where answers come from, for problems to point at.
type source struct {
	answers *answers.Answers
	file    string
}

// at returns the problem with the path of an answer, and its file and line where the file has it.
func (s source) at(p model.Problem, path answers.Path) model.Problem {
	p.Path = path.String()
	if p.Line = s.answers.Line(p.Path); p.Line > 0 {
		p.File = s.file
	}
	return p
}
