package ui

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// diff draws a unified diff. What changes is shown in full, on more lines where it has to be.
func (l look) diff(text string, width int) []string {
	var out []string
	for line := range strings.Lines(text) {
		line = visible(strings.TrimSuffix(line, "\n"))
		switch {
		case strings.HasPrefix(line, "@@"):
			out = append(out, l.style.dim.Render(l.fitted(line, width)))
		case strings.HasPrefix(line, "+"):
			out = append(out, each(broken(line, width), l.style.good.Render)...)
		case strings.HasPrefix(line, "-"):
			out = append(out, each(broken(line, width), l.style.bad.Render)...)
		default:
			out = append(out, l.fitted(line, width))
		}
	}
	return out
}

// broken is a line on as many as it needs: those after the first have no sign, and stand deeper.
func broken(line string, width int) []string {
	var out []string
	for lead := ""; ; lead = "    " {
		room := width - len(lead)
		if ansi.StringWidth(line) <= room {
			return append(out, lead+line)
		}
		out = append(out, lead+ansi.Truncate(line, room, ""))
		line = ansi.TruncateLeft(line, room, "")
	}
}

func each(lines []string, render func(...string) string) []string {
	for i, line := range lines {
		lines[i] = render(line)
	}
	return lines
}

// visible is a line of a file that is not ours as it can be drawn: a control character would reach the terminal.
func visible(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\t", "    "))
}
