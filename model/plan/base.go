package plan

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

// Bases are values files to write keys into, by environment: copies of the files that the answers name, or the files
// that exist already.
type Bases map[string]Base

// Base is a values file that an environment's keys are written into.
type Base struct {
	Name string // as the user knows it
	Data []byte
	// Into is the name of the file to write, without a folder, or "" for the environment's usual one. With a name, the
	// keys go into a file of their own where this one cannot be edited safely.
	Into string
	// Keep lists keys that stay as they are: no answer holds their values yet.
	Keep []string
}

// checkBases wants a file for each environment whose answers name one.
func (p *Plan) checkBases(read Bases) model.Problems {
	var out model.Problems
	for _, e := range p.Environments {
		if base := e.effective.Base; base.Text != "" && read[e.Name].Name == "" {
			out = append(out, e.source.at(model.Problem{Rule: "answer", Severity: model.Error, File: e.source.file,
				Summary: base.Text + " is not read here", Fix: "use generate, which reads it"}, base.Path))
		}
	}
	return out.Unique()
}

// writeInto writes the environment's keys into a values file. Keys that other answers would write are removed from it:
// they would override ours or be stale. Keys of other charts stay, since this chart ignores them.
func (e *Environment) writeInto(base Base) {
	if base.Name == "" {
		return
	}
	e.Base, e.into = values.Source{Name: base.Name, Data: base.Data, Under: e.Under}, base.Into
	e.keeps = base.Keep
	if len(e.Values) == 0 { // answers are missing
		return
	}
	stale := e.unwritten()
	data, problems := values.Apply(e.Base, e.edits(stale)...)
	switch e.changes = problems; {
	case len(problems) == 0:
		e.Values = data
		e.reportRemoved(stale)
	case base.Into != "":
		e.writeOverlay()
	}
}

// EditRefused returns why the keys cannot be written into the environment's base; nil when they are.
func (e *Environment) EditRefused() model.Problems { return e.changes.Errors() }

// edits returns the changes that write the keys and remove the stale ones.
func (e *Environment) edits(stale []string) []values.Change {
	var out []values.Change
	for _, w := range e.KeyValues {
		if !slices.Contains(e.keeps, w.Path) {
			out = append(out, w.Change())
		}
	}
	for _, path := range stale {
		out = append(out, values.Change{Path: path, Remove: true})
	}
	return out
}

// reportRemoved warns about keys of the base that are not in the values.
func (e *Environment) reportRemoved(paths []string) {
	lineOf := e.baseLines()
	for _, path := range paths {
		if line := lineOf(path); line > 0 {
			e.changes = append(e.changes, model.Problem{Rule: "base-key-left-out", Severity: model.Warning, File: e.Base.Name,
				Line: line, Path: path, Summary: "is removed from " + e.FileName("values") + ": the answers replace this key"})
		}
	}
}

// writeOverlay leaves the base unchanged and writes the keys into a file of their own, which overrides it.
func (e *Environment) writeOverlay() {
	e.Overlay = true
	e.into = strings.TrimSuffix(strings.TrimSuffix(e.into, ".yml"), ".yaml") + "-images.yaml"
	for i := range e.changes {
		e.changes[i].Severity = model.Warning
		e.changes[i].Fix = fmt.Sprintf("give helm both files, %s last", e.into)
	}
}

// unwritten returns the keys that other answers would write, each once.
func (e *Environment) unwritten() []string {
	var out []string
	for _, s := range e.Profile.Settings {
		if !e.writes(s.Path) && !slices.Contains(slices.Concat(out, e.keeps), s.Path) {
			out = append(out, s.Path)
		}
	}
	return out
}

func (e *Environment) writes(path string) bool {
	return slices.ContainsFunc(e.KeyValues, func(w KeyValue) bool { return w.Path == path })
}

// baseLines returns a function that returns the line of a key in the base, or 0.
func (e *Environment) baseLines() func(path string) int {
	base, err := values.Load(e.Base)
	return func(path string) int {
		if err != nil {
			return 0
		}
		_, line := base.Position(path)
		return line
	}
}

// baseProblems returns the problems of the base's own keys; it does not read those of another chart.
func (e *Environment) baseProblems() model.Problems {
	if e.Base.Name == "" {
		return nil
	}
	var out model.Problems
	if loaded, err := e.load(); err == nil { // resolve reports the error
		out = lint.Problems(e.Profile, loaded, e.Resolution)
	}
	return slices.DeleteFunc(out, func(p model.Problem) bool { return e.writes(p.Path) })
}
