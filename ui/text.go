package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/redact"
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
func wrap(text string, width int) []string { return report.Wrap(redact.VisibleLines(text), width) }

// shorten fits an image name into width cells. It removes the end of a digest first, then the middle of the name: the
// start of the registry and the tag tell images apart.
func shorten(parts []namePart, width int, more string) []namePart {
	if ansi.StringWidth(join(parts)) <= width {
		return parts
	}
	last := parts[len(parts)-1]
	if head, digest, ok := strings.Cut(last.text, "@sha256:"); ok && len(digest) > digestShown {
		last.text = head + "@sha256:" + digest[:digestShown] + more
		parts = append(parts[:len(parts)-1:len(parts)-1], last)
	}
	name := join(parts)
	have := ansi.StringWidth(name)
	if have <= width {
		return parts
	}
	tail := ansi.StringWidth(name[strings.LastIndex(name, "/")+1:])
	head := max(0, min(headShown, width-ansi.StringWidth(more)-tail))
	return withoutMiddle(parts, head, have-width+head+ansi.StringWidth(more), more)
}

// withoutMiddle replaces the cells from from to to of a name.
func withoutMiddle(parts []namePart, from, to int, more string) []namePart {
	var out []namePart
	at := 0
	for _, p := range parts {
		width := ansi.StringWidth(p.text)
		left, right := p, p
		left.text, right.text = ansi.Cut(p.text, 0, max(0, from-at)), ansi.Cut(p.text, max(0, to-at), width)
		if at < from {
			out = append(out, left)
		}
		if at <= from && from < at+width {
			out = append(out, namePart{text: more})
		}
		if at+width > to {
			out = append(out, right)
		}
		at += width
	}
	return out
}

// join returns the text of a name.
func join(parts []namePart) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.text)
	}
	return b.String()
}

// What shorten keeps of a registry and of a digest; docker and kubectl also show 12 characters of a digest.
const (
	headShown   = 10
	digestShown = 12
)

// guarded returns a line of a frame in which only our own colours are escape sequences. Every part makes what users and
// other programs wrote visible before it colours it; this is for what a part forgot.
func guarded(line string) string {
	var b strings.Builder
	for i, part := range strings.Split(line, "\x1b[") {
		codes := 0
		if i > 0 {
			for codes < len(part) && strings.IndexByte("0123456789;:", part[codes]) >= 0 {
				codes++
			}
			if codes == len(part) || part[codes] != 'm' {
				b.WriteString(redact.Visible("\x1b[" + part))
				continue
			}
			codes++
			b.WriteString("\x1b[" + part[:codes])
		}
		b.WriteString(redact.Visible(part[codes:]))
	}
	return b.String()
}

// indent puts spaces before each line.
func indent(lines []string, by int) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.Repeat(" ", by) + line
	}
	return out
}
