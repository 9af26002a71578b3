package plan

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

// Bases are values files that keys are written into, by environment: copies of the files that the answers name, or
// the files that are there already.
type Bases map[string]Base

// Base is a values file that an environment's keys are written into.
type Base struct {
	Name string // as the user knows it
	Data []byte
	// Into is the name of the file to write, without a folder; "" is the environment's usual one. With a name, the keys go
	// into a file of their own where this one can't be edited for sure.
	Into string
}

// check wants a file for each environment that has one in its answers.
func (b Bases) check(given *answers.Answers, file string) model.Problems {
	var out model.Problems
	for _, env := range answers.Layers(given) {
		if name := given.In(env).Get("base"); name != "" && b[env].Name == "" {
			path := given.Origin(env, "", "base")
			out = append(out, model.Problem{Rule: "answer", Severity: model.Error, File: file, Line: given.Line(path),
				Path: path, Summary: name + " is not read here", Fix: "use generate, which reads it"})
		}
	}
	return unique(out)
}

// writeInto puts the environment's keys into a values file. The answers decide about all keys that they may ever
// write: one that the file has from elsewhere, or from answers before these, is taken out, for it would go before
// ours or be stale. Keys of other charts stay: this one ignores them.
func (e *Environment) writeInto(base Base) {
	if base.Name == "" || len(e.Values) == 0 {
		return
	}
	e.Base, e.into = values.Source{Name: base.Name, Data: base.Data}, base.Into
	stale := e.unwritten()
	values, problems := values.Apply(base.Name, base.Data, e.edits(stale)...)
	switch e.changes = problems; {
	case len(problems) == 0:
		e.Values = values
		e.tellLeftOut(stale)
	case base.Into != "":
		e.writeBeside()
	}
}

// edits are the changes that write the keys, and take out the stale ones.
func (e *Environment) edits(stale []string) []values.Change {
	var out []values.Change
	for _, w := range e.Written {
		out = append(out, values.Change{Path: w.Path, Value: w.value(), Comment: w.Comment})
	}
	for _, path := range stale {
		out = append(out, values.Change{Path: path, Remove: true})
	}
	return out
}

// tellLeftOut names the keys of the base that are not in the values.
func (e *Environment) tellLeftOut(paths []string) {
	for _, path := range paths {
		if line := e.lineInBase(path); line > 0 {
			e.changes = append(e.changes, model.Problem{Rule: "base-key-left-out", Severity: model.Warning, File: e.Base.Name,
				Line: line, Path: path, Summary: "is left out of " + e.FileName("values") +
					": the answers decide about this key, and do not write it"})
		}
	}
}

// writeBeside leaves the base as it is and gives the keys a file of their own, to lay over it.
func (e *Environment) writeBeside() {
	e.Beside = true
	e.into = strings.TrimSuffix(strings.TrimSuffix(e.into, ".yml"), ".yaml") + "-images.yaml"
	for i := range e.changes {
		e.changes[i].Severity = model.Warning
		e.changes[i].Fix = fmt.Sprintf("%s is written beside it: give helm both, this one last", e.into)
	}
}

// value is the key's value as it stands in a file.
func (w Written) value() string {
	if w.IsList {
		return "- name: " + w.Text
	}
	return w.Text
}

// unwritten are the keys that other answers would write, each once.
func (e *Environment) unwritten() []string {
	var out []string
	for _, s := range e.Profile.Settings {
		if !e.writes(s.Path) && !slices.Contains(out, s.Path) {
			out = append(out, s.Path)
		}
	}
	return out
}

func (e *Environment) writes(path string) bool {
	return slices.ContainsFunc(e.Written, func(w Written) bool { return w.Path == path })
}

// lineInBase is the line of a key in the base; 0 when it has none.
func (e *Environment) lineInBase(path string) int {
	values, err := values.Load(e.Base)
	if err != nil {
		return 0
	}
	_, line := values.Position(path)
	return line
}

// ofBase is what the chart makes of the base's own keys: those of another chart it does not read.
func (e *Environment) ofBase() model.Problems {
	if e.Base.Name == "" {
		return nil
	}
	loaded, err := e.load()
	if err != nil {
		return nil // resolve reports it
	}
	problems := lint.Problems(e.Profile, loaded, e.Resolution)
	return slices.DeleteFunc(problems, func(p model.Problem) bool { return e.writes(p.Path) })
}

// broken is a promise that the file does not keep, for what these keys decide. Without a base only this program can be
// at fault.
func (e *Environment) broken(summary string, origins ...chart.Origin) model.Problem {
	if e.Base.Name == "" {
		return defect(summary)
	}
	p := model.Problem{Rule: "base-defeats-answers", Severity: model.Error, File: e.Base.Name, Summary: summary,
		Why: "the answers do not write what decides it", Fix: "mend the file, or leave the base out"}
	for _, o := range origins {
		if line := e.lineInBase(o.From); line > 0 && !e.writes(o.From) {
			p.Line, p.Path, p.Fix = line, o.From, "take this key out of the file"
		}
	}
	return p
}
