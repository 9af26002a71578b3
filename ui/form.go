package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// form is a page of questions. It keeps the focus and the typed text.
type form struct {
	page      answers.Page
	focus     int
	returning bool // opened from the review: enter goes back there
	table     table
	rows      map[string]*row // by path: typed text, filters and notes survive going back
	seen      map[string]bool // by path: left once, from then on errors show at once
}

// outcome tells the root what to do after a key.
type outcome struct {
	notice string
	turn   int  // of pages: 1 to the next, -1 to the previous
	finish bool // go to what is missing, else to the review
	again  bool // the page that opens takes the key too
}

// focusMsg moves the focus to a question of the page; choiceMsg is a click on an entry of a list.
type (
	focusMsg  struct{ path string }
	choiceMsg struct {
		field   answers.Field
		choice  answers.Choice
		focused bool
	}
)

// open shows a page, with the focus on the first question that most people answer. A list without a default gets its
// first entry as answer, so that the preview follows it.
func (p *form) open(w *work, page answers.Page) {
	p.page, p.focus, p.returning = page, 0, false
	p.table.column = 0
	p.table.leave()
	for i, f := range w.on(page) {
		isChosen := w.isTable(page) && w.rows[i].path.Leaf == answers.ProviderLeaf && w.draft.AnswerTo(f) != ""
		if !f.Advanced && f.Check != nil && !isChosen {
			p.focus = i
			break
		}
	}
	for _, f := range w.on(page) {
		if w.draft.MustChoose(f) {
			p.forget(w.draft.Preselect(f, f.Choices[0].Value))
			w.update()
		}
	}
}

// clear removes all typed text.
func (p *form) clear() {
	clear(p.rows)
	clear(p.seen)
}

// forget removes the typed text of questions whose answers changed in another way.
func (p *form) forget(paths []string) {
	for _, path := range paths {
		delete(p.rows, path)
		delete(p.seen, path)
	}
}

// current returns the question with the focus; false on a page without questions.
func (p *form) current(w *work) (answers.Field, bool) {
	fields := w.on(p.page)
	if len(fields) == 0 {
		return answers.Field{}, false
	}
	p.focus = max(0, min(p.focus, len(fields)-1))
	return p.fieldAt(w, p.focus), true
}

// fieldAt returns the question of a row; in the table that of the column with the focus.
func (p *form) fieldAt(w *work, row int) answers.Field {
	if w.isTable(p.page) {
		p.table.column = min(p.table.column, w.columns()-1)
		f, _ := w.cell(w.rows[row], w.columnName(p.table.column))
		return f
	}
	return w.on(p.page)[row]
}

// indexOf returns the row of a question, whatever its environment.
func (p *form) indexOf(w *work, path string) int {
	if w.isTable(p.page) {
		row := answers.ParsePath(path)
		row.Environment = ""
		path = row.String()
	}
	return max(0, slices.IndexFunc(w.on(p.page), func(f answers.Field) bool { return f.Path == path }))
}

// focusAt moves the focus to the question at a path.
func (p *form) focusAt(w *work, path string) {
	p.focus = p.indexOf(w, path)
	p.table.column = 1 + slices.Index(w.draft.Answers.Environments(), answers.ParsePath(path).Environment)
	p.table.leave()
}

// answer records an answer.
func (p *form) answer(w *work, f answers.Field, value string) { p.forget(w.answer(f, value)) }

// press handles a key.
func (p *form) press(w *work, k keys, msg tea.KeyPressMsg) outcome {
	f, ok := p.current(w)
	if !ok {
		return outcome{}
	}
	if w.isTable(p.page) {
		return p.pressCell(w, k, f, msg)
	}
	r := p.row(w, f)
	switch {
	case key.Matches(msg, k.Back):
		if len(f.Choices) > 0 && r.input.value() != "" {
			r.input.set("")
			return outcome{}
		}
		p.leave(w, f)
		return outcome{turn: -1}
	case key.Matches(msg, k.Enter):
		return p.accept(w, f)
	case key.Matches(msg, k.Next, k.Previous):
		p.move(w, f, direction(msg, k.Next))
	case key.Matches(msg, k.Up, k.Down):
		p.step(w, f, r, direction(msg, k.Down))
	case len(f.Choices) > 0 && key.Matches(msg, k.First, k.Last):
		entries := slices.Clone(r.entries(f))
		if key.Matches(msg, k.Last) {
			slices.Reverse(entries)
		}
		p.chooseFirst(w, f, entries)
	case p.beginsFilter(f, msg):
		p.leave(w, f)
		return outcome{turn: 1, again: true}
	default:
		p.typed(w, f, r, msg)
	}
	return outcome{}
}
