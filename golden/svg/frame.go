// Package svg draws frames of the wizard as SVG: text on a grid, so that pictures scale and their differences can be
// read. It is for tests and documentation only.
package svg

import (
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Frame is one screen: for each line the runs of cells that look the same, without the spaces around them.
type Frame struct {
	Width, Height int // in cells
	Lines         [][]Run
}

// Run is a stretch of cells that look the same.
type Run struct {
	X     int // the first cell
	Text  string
	Style Style
}

// Style holds the attributes of a cell. Color is one of the 8 names of the terminal's colours; "" for the text colour.
type Style struct {
	Color                  string
	Bold, Faint, Underline bool
	Reverse                bool
}

// Width returns the cells of a run.
func (r Run) Width() int { return ansi.StringWidth(r.Text) }

// NewFrame returns the frame that a terminal of that size shows for text with escape sequences.
func NewFrame(content string, width, height int) Frame {
	screen := uv.NewScreenBuffer(width, height)
	uv.NewStyledString(content).Draw(screen, screen.Bounds())
	f := Frame{Width: width, Height: height}
	for y := range height {
		f.Lines = append(f.Lines, runs(screen, y, width))
	}
	return f
}

func runs(screen uv.ScreenBuffer, y, width int) []Run {
	var out []Run
	for x := range width {
		cell := screen.CellAt(x, y)
		if cell == nil || cell.Width == 0 {
			continue
		}
		next := Run{x, cell.Content, styleOf(cell)}
		if n := len(out); n > 0 && out[n-1].Style == next.Style && out[n-1].X+out[n-1].Width() == x {
			out[n-1].Text += next.Text
			continue
		}
		out = append(out, next)
	}
	var trimmed []Run
	for _, r := range out {
		text := strings.TrimLeft(r.Text, " ")
		r.X += len(r.Text) - len(text)
		if r.Text = strings.TrimRight(text, " "); r.Text != "" {
			trimmed = append(trimmed, r)
		}
	}
	return trimmed
}

func styleOf(cell *uv.Cell) Style {
	names := [...]string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"}
	s := Style{
		Bold: cell.Style.Attrs&uv.AttrBold != 0, Faint: cell.Style.Attrs&uv.AttrFaint != 0,
		Underline: cell.Style.Underline != 0, Reverse: cell.Style.Attrs&uv.AttrReverse != 0,
	}
	if c, ok := cell.Style.Fg.(ansi.BasicColor); ok && int(c) < len(names) {
		s.Color = names[c]
	}
	return s
}

// WithoutColour returns the frame as a terminal without colours shows it.
func (f Frame) WithoutColour() Frame {
	out := Frame{Width: f.Width, Height: f.Height}
	for _, line := range f.Lines {
		var plain []Run
		for _, r := range line {
			r.Style.Color = ""
			plain = append(plain, r)
		}
		out.Lines = append(out.Lines, plain)
	}
	return out
}

// Marked returns the frame as text in which each run with a style is marked, such as {blue bold|text}.
func (f Frame) Marked() string {
	var b strings.Builder
	for _, line := range f.Lines {
		at := 0
		for _, r := range line {
			b.WriteString(strings.Repeat(" ", r.X-at))
			at = r.X + r.Width()
			if name := r.Style.name(); name != "" {
				b.WriteString("{" + name + "|" + r.Text + "}")
				continue
			}
			b.WriteString(r.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (s Style) name() string {
	var words []string
	for _, w := range []struct {
		word string
		has  bool
	}{{s.Color, s.Color != ""}, {"bold", s.Bold}, {"faint", s.Faint}, {"underlined", s.Underline}, {"reverse", s.Reverse}} {
		if w.has {
			words = append(words, w.word)
		}
	}
	return strings.Join(words, " ")
}
