package ui

import (
	"slices"
	"strings"

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
	strong, dim, accent, good, warn, bad style
	registry, repository, tag, wrongPart style // the parts of an image name
}

// style is how text is drawn. Lipgloss took a quarter of the time of a frame for it.
type style ansi.Style

// Render draws one line.
func (s style) Render(text string) string {
	if text == "" {
		return ""
	}
	return ansi.Style(s).Styled(text)
}

func (s style) underlined() style { return style(slices.Clone(ansi.Style(s)).Underline(true)) }

func newStyles() styles {
	var plain ansi.Style
	return styles{
		strong:     style(plain.Bold()),
		dim:        style(plain.Faint()),
		accent:     style(plain.Bold().ForegroundColor(ansi.Cyan)),
		good:       style(plain.ForegroundColor(ansi.Green)),
		warn:       style(plain.ForegroundColor(ansi.Yellow)),
		bad:        style(plain.ForegroundColor(ansi.Red)),
		registry:   style(plain.ForegroundColor(ansi.Blue)),
		repository: style(plain.Bold().ForegroundColor(ansi.Magenta)), // tells it from the registry without colours
		tag:        style(plain.ForegroundColor(ansi.Cyan)),
		wrongPart:  style(plain.Reverse(true).ForegroundColor(ansi.Red)), // seen without colours
	}
}

// Glyphs are the marks and lines of the screen.
type Glyphs struct {
	Done, Current, Todo, Look string // a step's state
	Bad, Warn, Info           string // a problem's severity
	Bar, Rule, More, Dot      string
	UpDown, Right, LeftRight  string // keys
}

// Unicode returns the marks for a UTF-8 locale. None is an emoji or two cells wide, because terminals disagree about
// their width.
func Unicode() Glyphs {
	return Glyphs{Done: "✓", Current: "›", Todo: "·", Look: "!", Bad: "✗", Warn: "!", Info: "·",
		Bar: "│", Rule: "─", More: "…", Dot: "·", UpDown: "↑↓", Right: "→", LeftRight: "←→"}
}

// ASCII returns marks that work everywhere.
func ASCII() Glyphs {
	return Glyphs{Done: "*", Current: ">", Todo: ".", Look: "!", Bad: "x", Warn: "!", Info: "-",
		Bar: "|", Rule: "-", More: "~", Dot: "-", UpDown: "up/down", Right: "right", LeftRight: "left/right"}
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
func (l look) mark(style style, sign, text string, width int) []string {
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
