package ui

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// look draws text in the wizard's style. It has no state.
type look struct {
	style  styles
	glyphs Glyphs
}

// styles uses only the terminal's 16 colours, so that they follow the user's theme. No information is in the colour
// alone. Dim text is faint instead of bright black, because some themes, such as Solarized, draw bright black in the
// colour of the background.
type styles struct {
	strong, dim, accent, good, warn, bad lipgloss.Style
	registry, repository, tag            lipgloss.Style // the parts of an image name
}

func newStyles() styles {
	plain := lipgloss.NewStyle()
	return styles{
		strong:     plain.Bold(true),
		dim:        plain.Faint(true),
		accent:     plain.Foreground(lipgloss.Cyan).Bold(true),
		good:       plain.Foreground(lipgloss.Green),
		warn:       plain.Foreground(lipgloss.Yellow),
		bad:        plain.Foreground(lipgloss.Red),
		registry:   plain.Foreground(lipgloss.Blue),
		repository: plain.Foreground(lipgloss.Magenta).Bold(true), // tells it from the registry without colours
		tag:        plain.Foreground(lipgloss.Cyan),
	}
}

// Glyphs are the marks and lines of the screen.
type Glyphs struct {
	Done, Current, Todo, Look string // a step's state
	Bad, Warn, Info           string // a problem's severity
	Bar, Rule, More, Dot      string
	UpDown, Right, Arrows     string // keys
}

// Unicode returns the marks for a UTF-8 locale. None is an emoji or two cells wide, because terminals disagree about
// their width.
func Unicode() Glyphs {
	return Glyphs{Done: "✓", Current: "›", Todo: "·", Look: "!", Bad: "✗", Warn: "!", Info: "·",
		Bar: "│", Rule: "─", More: "…", Dot: "·", UpDown: "↑↓", Right: "→", Arrows: "↑↓←→"}
}

// ASCII returns marks that work everywhere.
func ASCII() Glyphs {
	return Glyphs{Done: "*", Current: ">", Todo: ".", Look: "!", Bad: "x", Warn: "!", Info: "-",
		Bar: "|", Rule: "-", More: "~", Dot: "-", UpDown: "up/down", Right: "right", Arrows: "arrows"}
}

// fitted cuts a text that is wider than width cells.
func (l look) fitted(text string, width int) string {
	if len(text) <= width || ansi.StringWidth(text) <= width { // no text has more cells than bytes
		return text
	}
	return ansi.Truncate(text, width, l.glyphs.More)
}

// hintLines wraps a text, dim and indented; nil for an empty text.
func (l look) hintLines(text string, width, by int) []string {
	if text == "" {
		return nil
	}
	return indent(each(wrap(text, width-by), l.style.dim.Render), by)
}

// pointer draws the mark of the focus, or spaces.
func (l look) pointer(focused bool) string {
	if focused {
		return l.style.accent.Render(l.glyphs.Current) + " "
	}
	return "  "
}

// mark draws a message below a question, with its sign.
func (l look) mark(style interface{ Render(...string) string }, sign, text string, width int) []string {
	var out []string
	for i, line := range wrap(text, width-6) {
		if i > 0 {
			sign = " "
		}
		out = append(out, "    "+style.Render(sign+" "+line))
	}
	return out
}

func (l look) rule(width int) string {
	return l.style.dim.Render(strings.Repeat(l.glyphs.Rule, width))
}

// action draws a button.
func (l look) action(focused bool, text string) string {
	if focused {
		text = l.style.accent.Render(text)
	}
	return l.pointer(focused) + text
}

// yaml colours a line of YAML: comments are dim, and a key has the colour of the part of an image name that it gives.
func (l look) yaml(line string, kind partKind) string {
	text := strings.TrimLeft(line, " ")
	lead := line[:len(line)-len(text)]
	if strings.HasPrefix(text, "#") {
		return lead + l.style.dim.Render(text)
	}
	key, value, found := strings.Cut(text, ":")
	if !found {
		return line
	}
	if kind != separator {
		key = l.partStyle(kind).Render(key)
	}
	return lead + key + ":" + value
}

// scriptLine colours a line of a script.
func (l look) scriptLine(line string, width int) string {
	line = l.fitted(shownLine(line), width)
	if strings.HasPrefix(strings.TrimSpace(line), "#") {
		return l.style.dim.Render(line)
	}
	return line
}
