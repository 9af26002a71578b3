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
	catalog      *answers.Catalog
	draft        *session.Draft
	questions    []answers.Field
	pages        [answers.Review + 1][]answers.Field // the questions of each page; of the table those for all environments
	rows         []tableRow                          // of the table of environments; nil without environments
	cells        map[string]answers.Field            // of the table, by path, see cell
	columnWidths map[int]int                         // of the table
	plan         *plan.Plan
	before       *plan.Plan              // before the last key, for the marks of its changes; nil when it changed nothing
	wrong        model.Problems          // invalid and missing answers
	changed      map[string]map[int]bool // lines of the values that the last change inserted, by environment
	examples     map[string][]string     // lines of each pattern, see example
	diffs        map[string]string       // each environment's values against its base, see difference
	edits        int                     // number of updates
	known        *redact.Known           // secrets of the values files, for messages about them
	linted       linted
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
		w.questions[i] = visibleField(f)
		w.questions[i].Page = w.pageOf(f)
	}
	w.cells, w.columnWidths = map[string]answers.Field{}, map[int]int{}
	if w.rows = nil; len(w.draft.Answers.Environments()) > 0 {
		w.rows = w.tableRows()
	}
	w.pages = [answers.Review + 1][]answers.Field{}
	for page := range answers.Review {
		w.pages[page] = w.all(page)
	}
	if w.isTable(answers.Images) {
		w.pages[answers.Images] = model.Map(w.rows, func(r tableRow) answers.Field { return r.all })
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
	f, err := w.catalog.Field(w.draft.Answers, path)
	f.Page = w.pageOf(f)
	return f, err
}

// pageOf returns the page that asks a question. With environments, one table asks all that can differ between them.
func (w *work) pageOf(f answers.Field) answers.Page {
	isOwn := answers.ParsePath(f.Path).Environment != ""
	if isOwn || len(w.draft.Answers.Environments()) > 0 && f.Page > answers.Registry {
		return answers.Images
	}
	return f.Page
}

// visibleField returns a question whose words can be shown.
func visibleField(f answers.Field) answers.Field {
	f.Label, f.Help = redact.Visible(f.Label), redact.Visible(f.Help)
	return f
}

// pageName returns one or two words for a page.
func (w *work) pageName(page answers.Page) string {
	if w.isTable(page) {
		return "Environments"
	}
	return page.Name()
}

// pageTitle returns the question that a page asks as a whole.
func (w *work) pageTitle(page answers.Page) string {
	if w.isTable(page) {
		return "What is the same everywhere, and what differs?"
	}
	return redact.Visible(w.draft.Title(page))
}

// on returns the questions of a page; of the table those for all environments.
func (w *work) on(page answers.Page) []answers.Field { return w.pages[page] }

// all returns the questions of a page, with the answered ones of each environment.
func (w *work) all(page answers.Page) []answers.Field {
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
		own := answers.ParsePath(f.Path).Environment != ""
		if w.draft.AnswerTo(f) != "" || !own && !f.Advanced && w.draft.Effective(f) != "" {
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
