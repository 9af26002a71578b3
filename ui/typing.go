package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// typed edits the text or the filter with a key or a paste.
func (p *form) typed(w *work, f answers.Field, r *row, msg tea.Msg) {
	if len(f.Choices) > 0 && len(f.Choices) < filterable && !w.isTable(p.page) {
		return
	}
	press, _ := msg.(tea.KeyPressMsg)
	if press.Code == tea.KeyRight && r.input.value() == "" && len(f.Choices) == 0 {
		r.input.set(w.draft.Effective(f)) // accepts the suggestion, to edit it
		p.answer(w, f, r.input.value())
		return
	}
	before := r.input.value()
	r.input.update(msg)
	if r.input.value() == before {
		return
	}
	if len(f.Choices) == 0 {
		r.notes = nil
		p.answer(w, f, r.input.value())
	} else if found := r.entries(f); len(found) > 0 && r.input.value() != "" {
		r.offset = 0
		p.answer(w, f, found[0].Value)
	}
}

// paste handles pasted text like typing, and corrects it at once.
func (p *form) paste(w *work, text string) outcome {
	f, ok := p.current(w)
	if !ok {
		return outcome{}
	}
	r := p.row(w, f)
	if out, ok := p.images(w, f, text); ok {
		return out
	}
	if out, ok := p.address(w, f, text); ok {
		return out
	}
	trimmed := strings.TrimSpace(text)
	printable := session.RemoveInvisible(trimmed)
	switch {
	case !w.isTable(p.page):
		p.typed(w, f, r, tea.PasteMsg{Content: printable})
	case f.Check != nil:
		p.edit(w, f, r, tea.PasteMsg{Content: printable})
	}
	p.normalise(w, f, r)
	switch {
	case len(f.Choices) > 0 && len(f.Choices) < filterable && !w.isTable(p.page):
		return outcome{notice: "no image name found in the pasted text"}
	case len(f.Choices) > 0:
	case printable != trimmed:
		r.notes = append([]string{"removed invisible characters"}, r.notes...)
	case trimmed != text:
		r.notes = append([]string{"removed spaces around the value"}, r.notes...)
	}
	return outcome{}
}

// images accepts image names as the answers to all that they tell; false when the text contains none.
func (p *form) images(w *work, f answers.Field, text string) (outcome, bool) {
	u, ok := w.draft.UseImages(f, text)
	if !ok {
		return outcome{}, false
	}
	p.forget(u.Changed)
	w.update()
	return outcome{notice: u.Text, finish: u.Whole}, true
}

// address accepts the address of a registry as the answer to a provider's question; false when it is not one.
func (p *form) address(w *work, f answers.Field, text string) (outcome, bool) {
	notes, changed, ok := w.draft.UseAddress(f, text)
	if !ok {
		return outcome{}, false
	}
	p.forget(changed)
	w.update()
	return outcome{notice: strings.Join(notes, "; ")}, true
}

// normalise corrects a complete text answer and keeps notes about what it changed.
func (p *form) normalise(w *work, f answers.Field, r *row) {
	if r.input.value() == "" || len(f.Choices) > 0 {
		return
	}
	if out, ok := p.images(w, f, r.input.value()); ok {
		p.row(w, f).notes = []string{out.notice}
		return
	}
	if f.Normalise == nil {
		return
	}
	n := f.Normalise(r.input.value())
	if n.Value == r.input.value() && len(n.Fields) == 0 {
		return
	}
	p.forget(w.draft.AnswerNormalised(f, n))
	w.update()
	r.notes = n.Notes
	r.input.set(n.Value)
}
