package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/ui/report"
)

// pad makes text exactly width cells wide: it appends spaces, or cuts.
func pad(text string, width int) string {
	if have := ansi.StringWidth(text); have < width {
		return text + strings.Repeat(" ", width-have)
	} else if have > width {
		return ansi.Truncate(text, width, "")
	}
	return text
}

// wrap breaks text into lines of at most width cells.
func wrap(text string, width int) []string { return report.Wrap(text, width) }

// wrapName breaks an image name after slashes, and within a part only when that is longer than a line.
func wrapName(name string, width int) []string {
	var lines []string
	line := ""
	for part := range strings.SplitAfterSeq(name, "/") {
		if line != "" && ansi.StringWidth(line+part) > width {
			lines, line = append(lines, line), "  "
		}
		line += part
		for ansi.StringWidth(line) > width {
			lines = append(lines, ansi.Truncate(line, width, ""))
			line = "  " + ansi.TruncateLeft(line, width, "")
		}
	}
	return append(lines, line)
}

// shorten fits an image name into width cells. It removes the end of a digest first, then the middle of the name: the
// start of the registry and the tag tell images apart.
func shorten(name string, width int, more string) string {
	if ansi.StringWidth(name) <= width {
		return name
	}
	if head, digest, ok := strings.Cut(name, "@sha256:"); ok && len(digest) > digestShown {
		name = head + "@sha256:" + digest[:digestShown] + more
	}
	have := ansi.StringWidth(name)
	if have <= width {
		return name
	}
	tail := have
	if at := strings.LastIndex(name, "/"); at >= 0 {
		tail = ansi.StringWidth(name[at+1:])
	}
	head := max(0, min(headShown, width-ansi.StringWidth(more)-tail))
	return ansi.Truncate(name, head, "") + more + ansi.Cut(name, have-width+head+ansi.StringWidth(more), have)
}

// What shorten keeps of a registry and of a digest; docker and kubectl also show 12 characters of a digest.
const (
	headShown   = 10
	digestShown = 12
)

// indent puts spaces before each line.
func indent(lines []string, by int) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.Repeat(" ", by) + line
	}
	return out
}
