package svg

import (
	"fmt"
	"html"
	"strings"
)

// The cell of a picture in pixels, and the room around the screen.
const cellWidth, cellHeight, border = 8.4, 18, 12

// Theme holds the colours of a picture as a terminal would show them, in hexadecimal.
type Theme struct {
	Name, Background, Text, Faint string
	Colors                        map[string]string
}

// Themes returns a dark and a light theme.
func Themes() []Theme {
	named := func(red, green, yellow, blue, magenta, cyan string) map[string]string {
		return map[string]string{"red": red, "green": green, "yellow": yellow, "blue": blue, "magenta": magenta, "cyan": cyan}
	}
	return []Theme{
		{"dark", "#12141a", "#d8dee9", "#8b949e", named("#f7768e", "#9ece6a", "#e0af68", "#7aa2f7", "#bb9af7", "#56c8d8")},
		{"light", "#ffffff", "#1f2328", "#6e7781", named("#cf222e", "#116329", "#7d4e00", "#0550ae", "#8250df", "#1b7c83")},
	}
}

// color returns the colour of a style.
func (t Theme) color(s Style) string {
	color, ok := t.Colors[s.Color]
	switch {
	case s.Faint:
		return t.Faint
	case !ok:
		return t.Text
	}
	return color
}

// Draw returns the picture of one frame.
func Draw(f Frame, t Theme) []byte {
	var b strings.Builder
	open(&b, f, t)
	for y := range f.Lines {
		f.line(&b, y, t)
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// Step is a frame of an animation and the seconds that it is shown.
type Step struct {
	Frame
	Seconds float64
}

// Animate returns one picture that shows frames of the same size after each other, again and again.
func Animate(steps []Step, t Theme) []byte {
	total := 0.0
	for _, s := range steps {
		total += s.Seconds
	}
	var b strings.Builder
	open(&b, steps[0].Frame, t)
	b.WriteString("<style>g{visibility:hidden}")
	from := 0.0
	for i, s := range steps {
		to := from + s.Seconds
		start, end := 100*from/total, 100*to/total
		fmt.Fprintf(&b, "\n@keyframes k%d{0%%,%.2f%%{visibility:hidden}%.2f%%,%.2f%%{visibility:visible}"+
			"%.2f%%,100%%{visibility:hidden}}"+
			"#f%d{animation:k%d %.1fs step-end infinite}", i, max(0, start-0.01), start, end-0.01, end, i, i, total)
		from = to
	}
	b.WriteString("\n</style>\n")
	for i, s := range steps {
		fmt.Fprintf(&b, `<g id="f%d">`+"\n", i)
		for y := range s.Lines {
			s.line(&b, y, t)
		}
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// open begins a picture: the window of a terminal without a screen.
func open(b *strings.Builder, f Frame, t Theme) {
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" `+
		`font-family="ui-monospace,Menlo,Consolas,monospace" font-size="14">`+"\n",
		float64(f.Width)*cellWidth+2*border, f.Height*cellHeight+2*border)
	fmt.Fprintf(b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", t.Background)
}

// line draws a line of the screen.
func (f Frame) line(b *strings.Builder, y int, t Theme) {
	if len(f.Lines[y]) == 0 {
		return
	}
	fmt.Fprintf(b, `<text y="%d" xml:space="preserve">`, 26+y*cellHeight)
	for _, r := range f.Lines[y] {
		more, fill := "", t.color(r.Style)
		if r.Style.Reverse {
			fmt.Fprintf(b, `</text><rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/><text y="%d" xml:space="preserve">`,
				border+float64(r.X)*cellWidth, 26+y*cellHeight-14, float64(r.Width())*cellWidth, cellHeight, fill, 26+y*cellHeight)
			fill = t.Background
		}
		if r.Style.Bold {
			more += ` font-weight="700"`
		}
		if r.Style.Underline {
			more += ` text-decoration="underline"`
		}
		fmt.Fprintf(b, `<tspan x="%.1f" textLength="%.1f" fill="%s"%s>%s</tspan>`, border+float64(r.X)*cellWidth,
			float64(r.Width())*cellWidth, fill, more, html.EscapeString(r.Text))
	}
	b.WriteString("</text>\n")
}
