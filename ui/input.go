package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/redact"
)

// input is a line of text being edited. textinput edits it, but input draws it: textinput counts the cursor in runes and
// loses its scrolling (charmbracelet/bubbles#906), which is wrong for wide characters.
type input struct {
	edit   textinput.Model
	offset int // cells hidden on the left
}

// maxInput limits a paste of a whole file, which would slow every later key.
const maxInput = 1024

func newInput(value string) input {
	edit := textinput.New()
	edit.SetVirtualCursor(false)
	edit.CharLimit = maxInput
	edit.SetValue(value)
	edit.CursorEnd()
	edit.Focus()
	return input{edit: edit}
}

func (in *input) update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	in.edit, cmd = in.edit.Update(msg)
	return cmd
}

func (in *input) value() string { return in.edit.Value() }

func (in *input) set(value string) {
	in.edit.SetValue(value)
	in.edit.CursorEnd()
}

// view returns the visible part in width cells, and the cell of the cursor in it.
func (in *input) view(width int) (text string, cursor int) {
	runes := []rune(in.edit.Value())
	value := redact.Visible(string(runes))
	at := ansi.StringWidth(redact.Visible(string(runes[:min(in.edit.Position(), len(runes))])))
	if at < in.offset {
		in.offset = at
	}
	if at-in.offset > width-1 {
		in.offset = at - width + 1
	}
	if in.offset > 0 && ansi.StringWidth(value) < in.offset {
		in.offset = 0
	}
	return strings.TrimRight(ansi.Cut(value, in.offset, in.offset+width), "\n"), at - in.offset
}
