package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/ui/report"
)

// pad makes text exactly width cells wide: blanks behind it, or cut.
func pad(text string, width int) string {
	if have := cells(text); have < width {
		return text + strings.Repeat(" ", width-have)
	} else if have > width {
		return ansi.Truncate(text, width, "")
	}
	return text
}

// narrow are the marks of ours that are a cell wide.
const narrow = "✓›·✗│─…↑↓→"

// cells is the width of a text as a terminal draws it. Most of what is drawn is made of plain letters, our marks, and
// colours, which have none: those are counted here, for it happens hundreds of times for each key.
func cells(text string) int {
	n := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\x1b' && strings.HasPrefix(text[i:], "\x1b["):
			size = sequence(text[i:])
		case r >= ' ' && r <= '~', strings.ContainsRune(narrow, r):
			n++
		default:
			return ansi.StringWidth(text)
		}
		i += size
	}
	return n
}

// sequence is the length of the control sequence that the text begins with: up to its final byte (ECMA-48, 5.4).
func sequence(text string) int {
	for i := 2; i < len(text); i++ {
		if text[i] >= '@' && text[i] <= '~' {
			return i + 1
		}
	}
	return len(text)
}

// wrap breaks text into lines of at most width cells.
func wrap(text string, width int) []string { return report.Wrap(text, width) }

// wrapName breaks an image name behind a slash, and only within a part that is longer than a line.
func wrapName(name string, width int) []string {
	var lines []string
	line := ""
	for part := range strings.SplitAfterSeq(name, "/") {
		if line != "" && cells(line+part) > width {
			lines, line = append(lines, line), "  "
		}
		line += part
		for cells(line) > width {
			lines = append(lines, ansi.Truncate(line, width, ""))
			line = "  " + ansi.TruncateLeft(line, width, "")
		}
	}
	return append(lines, line)
}

// shorten fits an image name into width cells. A digest's middle goes first, for its start tells it from others; then
// the name's: the registry's start and all that stands at the end tell names apart, and the tag stays whole.
func shorten(name string, width int, more string) string {
	if cells(name) <= width {
		return name
	}
	if head, digest, ok := strings.Cut(name, "@sha256:"); ok && len(digest) > digestShown {
		name = head + "@sha256:" + digest[:digestShown] + more
	}
	have := cells(name)
	if have <= width {
		return name
	}
	tail := have
	if at := strings.LastIndex(name, "/"); at >= 0 {
		tail = cells(name[at+1:])
	}
	head := max(0, min(headShown, width-cells(more)-tail))
	return ansi.Truncate(name, head, "") + more + ansi.Cut(name, have-width+head+cells(more), have)
}

// headShown is how much of a registry's start tells it from others.
const headShown = 10

// digestShown is how much of a digest tells it from others: as much as docker and kubectl show.
const digestShown = 12

// indent puts blanks before each line.
func indent(lines []string, by int) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.Repeat(" ", by) + line
	}
	return out
}

// fitted is a text that is cut where it is longer than width.
func (m *Model) fitted(text string, width int) string {
	if len(text) <= width || cells(text) <= width { // no text has more cells than bytes
		return text
	}
	return ansi.Truncate(text, width, m.options.Glyphs.More)
}

// aside is a dim text, on as many lines as it needs behind some blanks; none for no text.
func (m *Model) aside(text string, width, by int) []string {
	if text == "" {
		return nil
	}
	return indent(each(wrap(text, width-by), m.style.dim.Render), by)
}

// pointer stands before what can have the focus: the mark of the focus, or blanks.
func (m *Model) pointer(lit bool) string {
	if lit {
		return m.style.accent.Render(m.options.Glyphs.Current) + " "
	}
	return "  "
}
