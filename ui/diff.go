package ui

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// diff draws a unified diff. Changed lines are wrapped, others are cut.
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

// broken breaks a line into lines of width cells. The continuation lines are indented.
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

// each renders every line in place.
func each(lines []string, render func(...string) string) []string {
	for i, line := range lines {
		lines[i] = render(line)
	}
	return lines
}

// visible replaces the control characters in a line of a user's file, so that they do not reach the terminal.
func visible(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\t", "    "))
}
