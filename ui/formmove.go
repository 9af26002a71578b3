package ui

import (
	"strings"

	"conductor-registry/model/answers"
)

// accept accepts the answer and moves to the next question, else to the next page. An invalid answer keeps the focus.
func (p *form) accept(w *work, f answers.Field) outcome {
	r := p.row(w, f)
	p.leave(w, f)
	if len(f.Choices) > 0 && len(r.entries(f)) == 0 {
		out, ok := p.images(w, f, r.input.value())
		if !ok {
			out, ok = p.address(w, f, r.input.value())
		}
		if !ok {
			return outcome{notice: "no match; esc clears the filter"}
		}
		r.input.set("")
		return out
	}
	if w.draft.Validate(f) != nil {
		return outcome{}
	}
	if len(f.Choices) > 0 {
		r.input.set("") // the filter has served
	} else {
		r.input.set(r.input.value()) // the cursor at the end
	}
	var out outcome
	if len(r.notes) > 0 { // what was corrected stays visible when the focus moves on
		out.notice = f.Label + ": " + strings.Join(r.notes, "; ")
	}
	if p.following(w, f) {
		return out
	}
	out.turn = 1
	return out
}

// following moves the focus to the next question of this page that is not optional, else to one with an invalid answer;
// false when there is none. When the page was opened from the review it skips valid answers.
func (p *form) following(w *work, f answers.Field) bool {
	fields := w.on(p.page) // the answer may have added questions
	for i := p.indexOf(w, f.Path) + 1; i < len(fields); i++ {
		next := p.fieldAt(w, i)
		if next.Check != nil && (!fields[i].Advanced && !p.returning || w.draft.Validate(next) != nil) {
			p.focus = i
			return true
		}
	}
	for _, other := range w.all(p.page) {
		p.seen[other.Path] = true
		if w.draft.Validate(other) != nil {
			p.focusAt(w, other.Path)
			return true
		}
	}
	if !w.isTable(p.page) {
		return false
	}
	next, missing := w.missing(answers.Review)
	if missing = missing && next.Page == p.page; missing {
		p.focusAt(w, next.Path)
	}
	return missing
}

// leave ends the answer to a question: it is corrected, and its errors show from now on.
func (p *form) leave(w *work, f answers.Field) {
	p.seen[f.Path] = true
	r := p.row(w, f)
	p.normalise(w, f, r)
	if w.isTable(p.page) && len(f.Choices) > 0 && r.input.value() != "" {
		p.leaveFilter(w, f, r)
	}
	w.draft.EndAnswer()
}

// leaveCurrent leaves the question with the focus.
func (p *form) leaveCurrent(w *work) {
	if f, ok := p.current(w); ok {
		p.leave(w, f)
	}
}

// move moves the focus, and wraps around.
func (p *form) move(w *work, f answers.Field, by int) {
	p.leave(w, f)
	p.table.leave()
	n := len(w.on(p.page))
	p.focus = (p.indexOf(w, f.Path) + by + n) % n
}

// focusOn moves the focus to a question of this page.
func (p *form) focusOn(w *work, path string) {
	p.leaveCurrent(w)
	p.focusAt(w, path)
}

// step moves within a list, and beyond its ends to the questions above and below.
func (p *form) step(w *work, f answers.Field, r *row, by int) {
	if len(f.Choices) == 0 || !p.stepWithin(w, f, r, by) {
		p.stepOut(w, f, by)
	}
}

// stepWithin chooses the next entry of a list that is available; false at its end.
func (p *form) stepWithin(w *work, f answers.Field, r *row, by int) bool {
	found := r.entries(f)
	for at := position(found, w.draft.Answers.Get(f.Path), w.draft.Effective(f)) + by; at >= 0 && at < len(found); at += by {
		if found[at].Missing == "" {
			p.answer(w, f, found[at].Value)
			return true
		}
	}
	return false
}

// stepOut moves to the question above or below, if there is one.
func (p *form) stepOut(w *work, f answers.Field, by int) {
	if to := p.focus + by; to >= 0 && to < len(w.on(p.page)) {
		p.move(w, f, by)
	}
}

// chooseFirst chooses the first entry that is available.
func (p *form) chooseFirst(w *work, f answers.Field, entries []answers.Choice) {
	for _, c := range entries {
		if c.Missing == "" {
			p.answer(w, f, c.Value)
			return
		}
	}
}

// choose handles a click on an entry: the first click selects it, the second one accepts it.
func (p *form) choose(w *work, msg choiceMsg) outcome {
	switch {
	case msg.choice.Missing != "":
		return outcome{notice: msg.choice.Missing}
	case msg.focused:
		return p.accept(w, msg.field)
	}
	p.answer(w, msg.field, msg.choice.Value)
	if msg.field.Page > p.page { // a registry on the first page
		return outcome{turn: 1}
	}
	return outcome{}
}

// position returns the index of the answer in a list, else of the effective value; -1 for neither.
func position(choices []answers.Choice, answer, effective string) int {
	at := -1
	for i, c := range choices {
		if c.Value == answer {
			return i
		}
		if c.Value == effective && at < 0 {
			at = i
		}
	}
	return at
}
