package cli

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
)

// given are answers with where each came from: a file, and flags laid over it.
type given struct {
	answers  *answers.Answers
	file     string            // "" is none, "-" standard input
	flags    map[string]string // by answers path: "--tag", "--set environments.dev.tag"
	problems model.Problems    // what the file or a flag is wrong in by its form
	merge    files.Folder      // whose values files keys are written into, where they are there; "" is none
}

// newGiven starts from the file, or from nothing where the flag for it was not given. An error is a file that can't be
// read; a wrong one is among the problems, so that all that is wrong can be told at once.
func newGiven(file string, fromFile bool, in io.Reader) (*given, error) {
	g := &given{answers: answers.New(), flags: map[string]string{}}
	if !fromFile {
		return g, nil
	}
	data, err := readFile(file, in)
	if err != nil {
		return nil, exit{exitUsage, err}
	}
	g.file = file
	g.answers, g.problems = answers.Decode(file, data)
	return g, nil
}

// set lays the answer of a flag over the file's.
func (g *given) set(path, value, flag string) {
	g.answers.Set(path, value)
	g.flags[path] = flag
}

// plan is what follows from the answers, or all that is wrong with them.
func (g *given) plan(catalog *answers.Catalog) (*plan.Plan, model.Problems) {
	if g.unreadable() {
		return nil, g.problems
	}
	p, problems := plan.BuildOnto(catalog, g.answers, g.file, g.bases(catalog))
	if all := slices.Concat(g.problems, g.beside(problems)); len(all) > 0 {
		return nil, g.placed(all)
	}
	return p, nil
}

// bases are the values files that keys are written into: those that are there already with --merge, else those that the
// answers name by paths from their own folder. What can't be read is a problem.
func (g *given) bases(catalog *answers.Catalog) plan.Bases {
	out := plan.Bases{}
	for _, env := range answers.Layers(g.answers) {
		if g.merge != "" {
			name := (&plan.Environment{Name: env}).FileName("values")
			data, err := g.merge.Read(name)
			if data != nil || err != nil {
				out[env] = plan.Base{Name: g.merge.Path(name), Data: data}
				g.wrongBase(env, err)
				continue
			}
		}
		at := g.answers.Origin(env, "", "base")
		base := g.answers.Get(at)
		if f, err := catalog.Field(g.answers, at); err == nil && f.Check(base) == nil {
			path := filepath.Join(filepath.Dir(g.file), base)
			data, err := readFile(path, nil)
			out[env] = plan.Base{Name: path, Data: data}
			g.wrongBase(env, err)
		}
	}
	return out
}

// wrongBase notes a file that can't be read.
func (g *given) wrongBase(env string, err error) {
	if err == nil {
		return
	}
	path := g.answers.Origin(env, "", "base")
	g.problems = append(g.problems, model.Problem{Rule: "answer", Severity: model.Error, File: g.file,
		Line: g.answers.Line(path), Path: path, Summary: err.Error()})
}

// unreadable tells whether nothing could be taken from the file: then nothing can be said to be missing from it.
func (g *given) unreadable() bool {
	return len(g.problems) > 0 && g.file != "" && !slices.ContainsFunc(g.answers.Paths(), func(path string) bool {
		return g.answers.Line(path) > 0
	})
}

// beside are the problems that do not follow from those of the file's form: nothing is missing where it could not be
// read.
func (g *given) beside(problems model.Problems) model.Problems {
	return slices.DeleteFunc(problems, func(p model.Problem) bool {
		return slices.ContainsFunc(g.problems, func(q model.Problem) bool {
			return q.Path != "" && (p.Path == q.Path || strings.HasPrefix(p.Path, q.Path+"."))
		})
	})
}

// placed takes the file's name from problems of answers that a flag gave.
func (g *given) placed(problems model.Problems) model.Problems {
	out := slices.Clone(problems)
	for i := range out {
		if _, ok := g.flags[out[i].Path]; ok {
			out[i].File, out[i].Line = "", 0
		}
	}
	return out
}

// worded are the problems as people read them who typed flags: a flag stands in for its path, and where there is no
// file an answer that is missing has the flag to give.
func (g *given) worded(problems model.Problems, catalog *answers.Catalog) model.Problems {
	out := g.placed(problems)
	for i, p := range out {
		if flag, ok := g.flags[p.Path]; ok {
			out[i].Path = flag
		} else if g.file == "" && p.File == "" && p.Path != "" {
			out[i].Path = flagFor(catalog, p.Path)
		}
	}
	return out
}
