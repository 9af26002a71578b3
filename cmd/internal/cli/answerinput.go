package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
)

// answerInput is the answers of a command: those of a file, with those of flags over them.
type answerInput struct {
	answers  *answers.Answers
	file     string            // "" for none, "-" for standard input
	data     []byte            // of the file
	flags    map[string]string // the flag that set an answers path, such as "--tag" or "--set environments.dev.tag"
	problems model.Problems    // of the file's syntax and shape, and of the flags'
	merge    *files.Snapshot   // where existing values files are edited; nil for nowhere
	streams  Streams
}

// readAnswers reads an answers file, or returns no answers when fromFile is not set. A file that cannot be read is an
// error; one with mistakes is read, and its problems are reported together with all others.
func readAnswers(file string, fromFile bool, s Streams) (*answerInput, error) {
	in := &answerInput{answers: answers.New(), flags: map[string]string{}, streams: s}
	if !fromFile {
		return in, nil
	}
	data, err := s.read(file)
	if err != nil {
		return nil, exit{exitUsage, err}
	}
	in.file, in.data = file, data
	in.answers, in.problems = answers.Decode(file, data)
	for _, path := range in.answers.Paths() {
		s.known.AddText(in.answers.Get(path))
	}
	if file == "-" {
		in.problems = append(in.problems, presetsFromStdin(in.answers)...)
	}
	return in, nil
}

// set answers path by a flag.
func (in *answerInput) set(path, value, flag string) {
	in.answers.Set(path, value)
	in.flags[path] = flag
}

// plan returns the plan of the answers, or all their problems.
func (in *answerInput) plan(catalog *answers.Catalog) (*plan.Plan, model.Problems) {
	if in.isUnreadable() {
		return nil, in.problems
	}
	p, problems := plan.BuildOnto(catalog, in.answers, in.file, in.bases(catalog))
	if all := slices.Concat(in.problems, in.withoutConsequences(problems)); len(all) > 0 {
		return nil, in.located(all)
	}
	return p, nil
}

// bases returns the values files to edit, by environment: with --merge those that exist, else those that the answers
// name, relative to the answers file. A file that cannot be read becomes a problem.
func (in *answerInput) bases(catalog *answers.Catalog) plan.Bases {
	out := plan.Bases{}
	for _, env := range in.answers.EnvironmentNames() {
		if in.merge != nil {
			name := (&plan.Environment{Name: env}).FileName("values")
			data, err := in.merge.Read(name)
			in.streams.known.AddFile(data)
			if data != nil || err != nil {
				out[env] = plan.Base{Name: in.merge.Path(name), Data: data}
				in.reportBase(env, err)
				continue
			}
		}
		path := in.answers.Lookup(answers.Path{Environment: env, Leaf: "base"}).Path.String()
		base := in.answers.Get(path)
		if f, err := catalog.Field(in.answers, path); err == nil && f.Check(base) == nil {
			name := filepath.Join(filepath.Dir(in.file), base)
			data, err := in.streams.read(name)
			out[env] = plan.Base{Name: name, Data: data}
			in.reportBase(env, err)
		}
	}
	return out
}

func (in *answerInput) reportBase(env string, err error) {
	if err == nil {
		return
	}
	path := in.answers.Lookup(answers.Path{Environment: env, Leaf: "base"}).Path.String()
	in.problems = append(in.problems, model.Problem{Rule: "answer", Severity: model.Error, File: in.file,
		Line: in.answers.Line(path), Path: path, Summary: err.Error()})
}

// isUnreadable reports whether no answer could be read from the file. Then no answer can be called missing.
func (in *answerInput) isUnreadable() bool {
	return len(in.problems) > 0 && in.file != "" && !slices.ContainsFunc(in.answers.Paths(), func(path string) bool {
		return in.answers.Line(path) > 0
	})
}

// withoutConsequences returns problems without those that follow from the file's shape: below a key that could not be
// read, no answer can be called missing.
func (in *answerInput) withoutConsequences(problems model.Problems) model.Problems {
	return slices.DeleteFunc(problems, func(p model.Problem) bool {
		return slices.ContainsFunc(in.problems, func(q model.Problem) bool {
			return q.Path != "" && (p.Path == q.Path || strings.HasPrefix(p.Path, q.Path+"."))
		})
	})
}

// located returns problems without file and line where a flag gave the answer.
func (in *answerInput) located(problems model.Problems) model.Problems {
	out := slices.Clone(problems)
	for i := range out {
		if _, ok := in.flags[out[i].Path]; ok {
			out[i].File, out[i].Line = "", 0
		}
	}
	return out
}

// withFlagNames returns problems for a person who typed flags: with the flag in place of the answers path, also for a
// missing answer when there is no file.
func (in *answerInput) withFlagNames(problems model.Problems, catalog *answers.Catalog) model.Problems {
	out := in.located(problems)
	for i, p := range out {
		if flag, ok := in.flags[p.Path]; ok {
			out[i].Path = flag
		} else if in.file == "" && p.File == "" && p.Path != "" {
			out[i].Path = flagFor(catalog, p.Path)
		}
	}
	return out
}

// flagFor returns the flag that answers path.
func flagFor(catalog *answers.Catalog, path string) string {
	for _, f := range catalog.Flags() {
		if f.Path == path {
			return "--" + f.Name
		}
	}
	return "--set " + path
}
