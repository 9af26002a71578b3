package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/redact"
)

// diff draws a unified diff. Changed lines are wrapped, others are cut.
func (l look) diff(text string, width int) []string {
	var out []string
	for line := range strings.Lines(text) {
		line = shownLine(line)
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
		cut := ansi.Truncate(line, room, "")
		if at := strings.LastIndex(cut, " "); at > room/2 { // between words, if there are any
			cut = cut[:at+1]
		}
		out = append(out, lead+cut)
		line = line[len(cut):]
	}
}

// each renders every line in place.
func each(lines []string, render func(string) string) []string {
	for i, line := range lines {
		lines[i] = render(line)
	}
	return lines
}

// shownLine returns a line of a file as it can be shown.
func shownLine(line string) string {
	return redact.Visible(strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "    "))
}
