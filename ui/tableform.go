package ui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// tableRow is a question of the table of environments.
type tableRow struct {
	path answers.Path  // for all environments
	all  answers.Field // the question for all environments; without Check where only some environments have it
}

// tableRows returns the rows of the table: first what most people answer, then the optional questions.
func (w *work) tableRows() []tableRow {
	var main, settings, optional []tableRow
	for _, path := range w.catalog.Rows(w.draft.Answers) {
		f, ok := w.catalog.Asked(w.draft.Answers, path)
		for _, env := range w.draft.Answers.Environments() {
			if ok {
				break
			}
			at := path
			at.Environment = env
			if f, ok = w.catalog.Asked(w.draft.Answers, at); ok {
				f = answers.Field{Path: path.String(), Label: strings.TrimSuffix(f.Label, " in "+env), Advanced: f.Advanced}
			}
		}
		if !ok {
			continue
		}
		f = visibleField(f)
		switch row := (tableRow{path, f}); {
		case f.Advanced || path.Leaf == "chart":
			row.all.Advanced = true
			optional = append(optional, row)
		case path.Leaf == "pattern" || path.Leaf == "pullSecret.method":
			settings = append(settings, row)
		default:
			main = append(main, row)
		}
	}
	return distinct(slices.Concat(main, settings, optional))
}

// distinct makes labels different: a field of a registry can have the label of another question.
func distinct(rows []tableRow) []tableRow {
	for i, r := range rows {
		isTwin := func(other tableRow) bool { return other.path != r.path && other.all.Label == r.all.Label }
		if r.path.IsRegistryField() && r.path.Component == "" && slices.ContainsFunc(rows, isTwin) {
			rows[i].all.Label = "Registry " + strings.ToLower(r.all.Label)
		}
	}
	return rows
}

// cell returns the question of a row for an environment, "" for all; false where it does not apply. It is worked out once
// for each change.
func (w *work) cell(r tableRow, env string) (answers.Field, bool) {
	if env == "" {
		return r.all, r.all.Check != nil
	}
	at := r.path
	at.Environment = env
	path := at.String()
	c, known := w.cells[path]
	if !known {
		c = answers.Field{Path: path, Label: r.all.Label, Advanced: true}
		if f, ok := w.catalog.Asked(w.draft.Answers, at); ok {
			c = visibleField(f)
			c.Page, c.Advanced = answers.Images, r.all.Advanced
		}
		w.cells[path] = c
	}
	return c, c.Check != nil
}

// isTable reports whether the page is the table of environments.
func (w *work) isTable(page answers.Page) bool { return page == answers.Images && len(w.rows) > 0 }

// columns returns the number of columns of the table.
func (w *work) columns() int { return 1 + len(w.draft.Answers.Environments()) }

// columnName returns the environment of a column; "" for all environments.
func (w *work) columnName(column int) string {
	if envs := w.draft.Answers.Environments(); column > 0 && column <= len(envs) {
		return envs[column-1]
	}
	return ""
}

// pressCell handles a key in a cell of the table.
func (p *form) pressCell(w *work, k keys, f answers.Field, msg tea.KeyPressMsg) outcome {
	t := &p.table
	r := p.row(w, f)
	switch {
	case t.open:
		return p.pressChoices(w, k, f, r, msg)
	case t.isCellMove(k, msg):
		p.leave(w, f)
		t.leave()
		t.press(k, msg, w.columns())
	case key.Matches(msg, k.Next, k.Previous, k.Up, k.Down):
		p.move(w, f, direction(msg, k.Next, k.Down))
	case key.Matches(msg, k.Back) && t.editing:
		p.answer(w, f, t.before)
		p.forget([]string{f.Path})
		t.leave()
	case key.Matches(msg, k.Back):
		p.leave(w, f)
		return outcome{turn: -1}
	case key.Matches(msg, k.Enter):
		t.leave()
		return p.accept(w, f)
	case f.Check == nil: // it does not apply here
	case key.Matches(msg, k.Clear):
		t.leave()
		p.answer(w, f, "")
		p.forget([]string{f.Path})
	case key.Matches(msg, k.List) && len(f.Choices) > 0 && r.input.value() == "":
		t.open, t.before = true, w.draft.Answers.Get(f.Path)
	default:
		p.edit(w, f, r, msg)
	}
	return outcome{}
}

// direction returns 1 for the keys that go forward, and -1 for others.
func direction(msg tea.KeyPressMsg, forward ...key.Binding) int {
	if key.Matches(msg, forward...) {
		return 1
	}
	return -1
}

// edit edits the text of a cell. As in a spreadsheet the first letter replaces it, and left and right leave it unless the
// cursor was moved in it with another key.
func (p *form) edit(w *work, f answers.Field, r *row, msg tea.Msg) {
	t := &p.table
	press, isKey := msg.(tea.KeyPressMsg)
	switch {
	case isKey && press.Text == " " && !t.editing:
		return
	case isKey && !isText(press) && press.Code != tea.KeyBackspace:
		t.inText = true
	case !t.editing && (!isKey || isText(press)):
		r.input.set("")
	}
	if !t.editing {
		t.before = w.draft.Answers.Get(f.Path)
		t.editing = true
	}
	p.typed(w, f, r, msg)
}

func isText(msg tea.KeyPressMsg) bool {
	letter, _ := utf8.DecodeRuneInString(msg.Text)
	return msg.Text != "" && unicode.IsPrint(letter)
}

// pressChoices handles a key in the list of a cell's choices.
func (p *form) pressChoices(w *work, k keys, f answers.Field, r *row, msg tea.KeyPressMsg) outcome {
	switch {
	case key.Matches(msg, k.Enter):
		p.table.leave()
		r.input.set("")
	case key.Matches(msg, k.Next, k.Previous):
		r.input.set("")
		p.move(w, f, direction(msg, k.Next))
	case key.Matches(msg, k.Back):
		p.answer(w, f, p.table.before)
		p.forget([]string{f.Path})
		p.table.leave()
	case key.Matches(msg, k.Up, k.Down):
		p.stepWithin(w, f, r, direction(msg, k.Down))
	default:
		p.typed(w, f, r, msg)
	}
	return outcome{}
}

// leaveFilter ends the filter of a cell's choices. A text that matches none may be an image name or the address of a
// registry.
func (p *form) leaveFilter(w *work, f answers.Field, r *row) {
	text := r.input.value()
	r.input.set("")
	if len(filtered(f, text)) > 0 {
		return
	}
	p.answer(w, f, p.table.before) // what a part of the text matched does not count
	out, ok := p.images(w, f, text)
	if !ok {
		out, ok = p.address(w, f, text)
	}
	if ok {
		p.row(w, f).notes = []string{out.notice}
	}
}
