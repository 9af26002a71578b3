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
	if to := p.following(w, f); to >= 0 {
		p.focus = to
		return out
	}
	out.turn = 1
	return out
}

// following returns the next question of this page that is not optional, else one with an invalid answer; -1 for none.
// When the page was opened from the review it skips valid answers.
func (p *form) following(w *work, f answers.Field) int {
	fields := w.on(p.page) // the answer may have added questions
	for i := p.indexOf(w, f.Path) + 1; i < len(fields); i++ {
		if !fields[i].Advanced && !p.returning || w.draft.Validate(fields[i]) != nil {
			return i
		}
	}
	for i, other := range fields {
		p.seen[other.Path] = true
		if w.draft.Validate(other) != nil {
			return i
		}
	}
	return -1
}

// leave ends the answer to a question: it is corrected, and its errors show from now on.
func (p *form) leave(w *work, f answers.Field) {
	p.seen[f.Path] = true
	p.normalise(w, f, p.row(w, f))
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
	n := len(w.on(p.page))
	p.focus = (p.indexOf(w, f.Path) + by + n) % n
}

// focusOn moves the focus to a question of this page.
func (p *form) focusOn(w *work, path string) {
	p.leaveCurrent(w)
	p.focus = p.indexOf(w, path)
}

// step moves within a list, and beyond its ends to the questions above and below.
func (p *form) step(w *work, f answers.Field, r *row, by int) {
	if len(f.Choices) == 0 {
		p.stepOut(w, f, by)
		return
	}
	found := r.entries(f)
	for at := position(found, w.draft.Answers.Get(f.Path), w.draft.Effective(f)) + by; ; at += by {
		if at < 0 || at >= len(found) {
			p.stepOut(w, f, by)
			return
		}
		if found[at].Missing == "" {
			p.answer(w, f, found[at].Value)
			return
		}
	}
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
