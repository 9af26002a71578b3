package ui

import (
	"charm.land/lipgloss/v2"
)

// styles are the looks of the wizard: the terminal's own 16 colours, so that they follow the user's theme. Nothing is
// said by colour alone. What is dim is faint and not bright black: some themes, Solarized for one, draw that in the
// background's colour.
type styles struct {
	title, strong, dim, accent, good, warn, bad, key lipgloss.Style
}

func newStyles() styles {
	plain := lipgloss.NewStyle()
	return styles{
		title:  plain.Bold(true),
		strong: plain.Bold(true),
		dim:    plain.Faint(true),
		accent: plain.Foreground(lipgloss.Cyan).Bold(true),
		good:   plain.Foreground(lipgloss.Green),
		warn:   plain.Foreground(lipgloss.Yellow),
		bad:    plain.Foreground(lipgloss.Red),
		key:    plain.Foreground(lipgloss.Blue),
	}
}

// Glyphs are the marks that are not letters.
type Glyphs struct {
	Done, Current, Todo, Look string // a step's state
	Bad, Warn, Info           string // a problem's severity
	Bar, Rule, More, Dot      string
	UpDown, Right             string // keys
}

// Unicode marks need a UTF-8 locale. None is an emoji or two cells wide: terminals disagree about those.
func Unicode() Glyphs {
	return Glyphs{Done: "✓", Current: "›", Todo: "·", Look: "!", Bad: "✗", Warn: "!", Info: "·",
		Bar: "│", Rule: "─", More: "…", Dot: "·", UpDown: "↑↓", Right: "→"}
}

// ASCII marks work everywhere.
func ASCII() Glyphs {
	return Glyphs{Done: "*", Current: ">", Todo: ".", Look: "!", Bad: "x", Warn: "!", Info: "-",
		Bar: "|", Rule: "-", More: "~", Dot: "-", UpDown: "up/down", Right: "right"}
}
