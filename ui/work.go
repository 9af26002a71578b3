package ui

import (
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
	"conductor-registry/ui/session"
)

// work is the draft and everything that follows from it. update computes it once for each change.
type work struct {
	catalog   *answers.Catalog
	draft     *session.Draft
	questions []answers.Field
	plan      *plan.Plan
	before    *plan.Plan              // before the last key, for the marks of its changes; nil when it changed nothing
	wrong     model.Problems          // invalid and missing answers
	changed   map[string]map[int]bool // lines of the values that the last change inserted, by environment
	examples  map[string][]string     // lines of each pattern, see example
	diffs     map[string]string       // each environment's values against its base, see difference
	edits     int                     // number of updates
	known     *redact.Known           // secrets of the values files, for messages about them
}

// start begins a draft from answers.
func (w *work) start(from *answers.Answers, sources session.Sources) {
	w.draft, w.known = session.New(w.catalog, from, sources), sources.Secrets()
	w.update()
}

// update computes what follows from the draft.
func (w *work) update() {
	w.edits++
	if w.before == nil {
		w.before = w.plan
	}
	w.examples, w.diffs = map[string][]string{}, map[string]string{}
	w.questions = w.catalog.Fields(w.draft.Answers)
	for i, f := range w.questions {
		w.questions[i].Label, w.questions[i].Help = redact.Visible(f.Label), redact.Visible(f.Help)
	}
	w.plan = w.draft.Preview()
	w.changed = changes(w.before, w.plan)
	w.wrong = w.catalog.Check(w.plan.Answers, "")
}

// unmark forgets what the last key changed.
func (w *work) unmark() { w.before, w.changed = nil, nil }

// answer records an answer and returns the questions whose answers it changed.
func (w *work) answer(f answers.Field, value string) (changed []string) {
	examples := w.examples
	changed = w.draft.Answer(f, value)
	w.update()
	if f.Path == "pattern" { // the examples of all patterns are shown whichever is chosen
		w.examples = examples
	}
	return changed
}

// field returns the question at an answers path.
func (w *work) field(path string) (answers.Field, error) {
	return w.catalog.Field(w.draft.Answers, path)
}

// on returns the questions of a page.
func (w *work) on(page answers.Page) []answers.Field {
	var out []answers.Field
	for _, f := range w.questions {
		if f.Page == page && page != answers.Review {
			out = append(out, f)
		}
	}
	return out
}

// isWrong reports whether a page has an answer that is wrong or missing.
func (w *work) isWrong(page answers.Page) bool {
	return slices.ContainsFunc(w.wrong, func(p model.Problem) bool {
		f, err := w.field(p.Path)
		return err == nil && f.Page == page
	})
}

// answered returns the questions that the review lists: those with an answer, and those that are not optional.
func (w *work) answered() []answers.Field {
	var out []answers.Field
	for _, f := range w.questions {
		if w.draft.AnswerTo(f) != "" || !f.Advanced && w.draft.Effective(f) != "" {
			out = append(out, f)
		}
	}
	return out
}

// defaults says which questions have their defaults.
func (w *work) defaults() string {
	var labels []string
	for _, f := range w.questions {
		own := answers.ParsePath(f.Path).Environment != ""
		if !own && !f.Advanced && w.draft.AnswerTo(f) == "" && w.draft.Effective(f) != "" {
			labels = append(labels, f.Label)
		}
	}
	if len(labels) == 0 {
		return ""
	}
	return "defaults: " + strings.Join(labels, ", ")
}

// label returns the effective value of a question, or the label of that choice, as it can be shown.
func (w *work) label(f answers.Field) string {
	value := w.draft.Effective(f)
	for _, c := range f.Choices {
		if c.Value == value {
			return redact.Visible(c.Label)
		}
	}
	return redact.Visible(value)
}

// environment returns the environment that an answers path belongs to, else the last one.
func (w *work) environment(path string) *plan.Environment {
	name := answers.ParsePath(path).Environment
	for _, e := range w.plan.Environments {
		if e.Name == name {
			return e
		}
	}
	return w.plan.Environments[len(w.plan.Environments)-1]
}

// hasEnvironments reports whether each environment has files of its own.
func (w *work) hasEnvironments() bool { return w.plan.Environments[0].Name != "" }

// ordered returns the environments, first before the others.
func (w *work) ordered(first *plan.Environment) []*plan.Environment {
	out := []*plan.Environment{first}
	for _, e := range w.plan.Environments {
		if e != first {
			out = append(out, e)
		}
	}
	return out
}

// example returns the keys that a pattern writes, computed once for each change.
func (w *work) example(pattern string) []string {
	lines, ok := w.examples[pattern]
	if !ok {
		lines = w.draft.Excerpt(pattern)
		w.examples[pattern] = lines
	}
	return lines
}

// difference returns the diff of an environment's values from its base, with secrets masked, computed once for each
// change.
func (w *work) difference(env *plan.Environment) string {
	text, ok := w.diffs[env.Name]
	if !ok {
		text = session.Diff(env.Base.Name, env.FileName("values"), env.Base.Data, env.Values)
		w.diffs[env.Name] = text
	}
	return text
}

// fileText returns a file to be written as it can be shown: the diff from the file that exists, else its content, with
// the secrets of the user's values masked. It is computed once for each change.
func (w *work) fileText(f session.File) string {
	text, ok := w.diffs["file "+f.Name]
	switch {
	case ok:
		return text
	case f.Differs():
		text = f.Diff()
	default:
		text = masked(f.Base, f.Data)
	}
	w.diffs["file "+f.Name] = text
	return text
}
