package ui

import (
	"strings"

	"conductor-registry/model/answers"
)

// accept takes the answer and goes on, to the next question that wants one, else to the next page. A wrong answer keeps
// the focus.
func (p *form) accept(w *work, f answers.Field) outcome {
	r := p.row(w, f)
	p.leave(w, f)
	if len(f.Choices) > 0 && len(r.entries(f)) == 0 {
		out, ok := p.address(w, f, r.input.value())
		if !ok {
			return outcome{notice: "nothing matches; esc clears the filter"}
		}
		r.input.set("")
		return out
	}
	if w.draft.Mistake(f) != nil {
		return outcome{}
	}
	if len(f.Choices) > 0 {
		r.input.set("") // the filter is done
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

// following returns the question to go on with on this page: the next one that most people answer, else one that is
// wrong; -1 for none. When the page was opened from the review, only wrong ones count.
func (p *form) following(w *work, f answers.Field) int {
	fields := w.on(p.page) // the answer may have added questions
	for i := p.indexOf(w, f.Path) + 1; i < len(fields); i++ {
		if !fields[i].Advanced && !p.returning || w.draft.Mistake(fields[i]) != nil {
			return i
		}
	}
	for i, other := range fields {
		p.seen[other.Path] = true
		if w.draft.Mistake(other) != nil {
			return i
		}
	}
	return -1
}

// leave marks a question as seen and corrects its answer.
func (p *form) leave(w *work, f answers.Field) {
	p.seen[f.Path] = true
	p.normalise(w, f, p.row(w, f))
	w.draft.Settled()
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

// step moves within a list, and over its ends to the questions beside it.
func (p *form) step(w *work, f answers.Field, r *row, by int) {
	if len(f.Choices) == 0 {
		p.stepOut(w, f, by)
		return
	}
	found := r.entries(f)
	for at := position(found, w.draft.Answers.Get(f.Path), w.draft.Holds(f)) + by; ; at += by {
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

// stepOut moves to the question above or below; nowhere at the ends.
func (p *form) stepOut(w *work, f answers.Field, by int) {
	if to := p.focus + by; to >= 0 && to < len(w.on(p.page)) {
		p.move(w, f, by)
	}
}

// chooseFirst takes the first entry that can be chosen.
func (p *form) chooseFirst(w *work, f answers.Field, entries []answers.Choice) {
	for _, c := range entries {
		if c.Missing == "" {
			p.answer(w, f, c.Value)
			return
		}
	}
}

// choose handles a click on an entry: the first one focuses it, the second one takes it.
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
