package ui

import (
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/answers"
)

// missing returns the first question before a page whose answer is missing or wrong.
func (w *work) missing(before answers.Page) (answers.Field, bool) {
	for page := range before {
		for _, f := range w.all(page) {
			if w.draft.MustChoose(f) || w.draft.Validate(f) != nil {
				return f, true
			}
		}
	}
	for _, p := range w.wrong { // what only an environment needs
		if f, err := w.field(p.Path); err == nil && f.Page < before {
			return f, true
		}
	}
	return answers.Field{}, false
}

// isWrongAt reports whether the answer at a path is invalid or missing.
func (w *work) isWrongAt(path string) bool {
	return slices.ContainsFunc(w.wrong, func(p model.Problem) bool { return p.Path == path })
}

// reachable returns the last page that can be opened: the answers before it are given or have defaults.
func (w *work) reachable() answers.Page {
	if f, missing := w.missing(answers.Review); missing {
		return f.Page
	}
	return answers.Review
}

// isShown reports whether a page is a step: it asks something, or it may when a registry is chosen.
func (w *work) isShown(page answers.Page) bool {
	if _, chosen := w.draft.Preset(); page == answers.Details && !chosen && !w.isMerged(page) {
		return true
	}
	return page == answers.Review || len(w.on(page)) > 0
}

// nextShown returns the step beside a page, up to the last one; the page itself when there is none.
func (w *work) nextShown(page answers.Page, by int, last answers.Page) answers.Page {
	for to := page + answers.Page(by); to >= 0 && to <= last; to += answers.Page(by) {
		if w.isShown(to) {
			return to
		}
	}
	return page
}

// stepNumber returns the number of a step, and that of all steps.
func (w *work) stepNumber(page answers.Page) (n, all int) {
	for p := answers.Chart; p <= answers.Review; p++ {
		if w.isShown(p) {
			all++
			if p <= page {
				n = all
			}
		}
	}
	return n, all
}

// isMerged reports whether the table of environments asks the questions of a page.
func (w *work) isMerged(page answers.Page) bool {
	return len(w.rows) > 0 && page > answers.Registry && page < answers.Review
}

// firstRow returns the first row of the table with a question of a page; 0 when there is none.
func (w *work) firstRow(page answers.Page) int {
	return max(0, slices.IndexFunc(w.rows, func(r tableRow) bool { return r.all.Page == page && !r.all.Advanced }))
}
