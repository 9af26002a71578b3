package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks text into lines of at most width cells. It breaks at spaces only, because names, flags and hosts contain
// hyphens; a word longer than a line continues on the next one.
func Wrap(text string, width int) []string {
	if width < 1 {
		return nil
	}
	lines := []string{""}
	for word := range strings.FieldsSeq(text) {
		last := &lines[len(lines)-1]
		if *last != "" && ansi.StringWidth(*last)+1+ansi.StringWidth(word) <= width {
			*last += " " + word
			continue
		}
		if *last != "" {
			lines = append(lines, "")
		}
		for ansi.StringWidth(word) > width {
			lines[len(lines)-1] = ansi.Truncate(word, width, "")
			word = ansi.TruncateLeft(word, width, "")
			lines = append(lines, "")
		}
		lines[len(lines)-1] = word
	}
	return lines
}

// The width of a page and of its label column, in cells.
const (
	pageWidth  = 90
	labelWidth = 24
)

// page prints titles, labelled texts and commands. It keeps the first error and prints nothing after it.
type page struct {
	w   io.Writer
	err error
}

func (p *page) line(text string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(text, " "))
	}
}

func (p *page) section(name string) {
	p.line("")
	p.line(name)
}

// say prints a text after its label. It prints nothing for an empty text.
func (p *page) say(label, text string) {
	if text == "" {
		return
	}
	for _, line := range Wrap(text, pageWidth-labelWidth-2) {
		p.line(fmt.Sprintf("  %-*s  %s", labelWidth-2, label, line))
		label = ""
	}
}

// command prints a shell command on one line, so that it can be copied.
func (p *page) command(text string) {
	if text != "" {
		p.line("    " + text)
	}
}
