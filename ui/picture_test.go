package ui_test

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/golden"
	"conductor-registry/model/answers"
)

// TestPictures keeps the README's pictures what the wizard shows, on dark and on light terminals.
func TestPictures(t *testing.T) {
	folder := golden.Open(t, "../docs/pictures")
	begin := starter(func(from *answers.Answers) *driver {
		d := start(t, from)
		d.resize(110, 34)
		return d
	})
	for name, d := range map[string]*driver{
		"start":    begin(nil),
		"filtered": begin(nil).press("enter").write("art"),
		"error":    begin.details("ecr").write("1234567").press("enter"),
		"pattern":  begin.azure("down"),
		"review":   begin.environments().to("Review"),
	} {
		for _, theme := range themes() {
			folder.Check(name+"-"+theme.name+".svg", []byte(picture(d, theme)))
		}
	}
}

// The cell of the picture's font in pixels.
const cellWidth, cellHeight = 8.4, 18

// theme is what a terminal makes of the colours.
type theme struct {
	name, background, text, faint string
	colors                        map[string]string
}

func themes() []theme {
	named := func(cyan, green, yellow, red, blue string) map[string]string {
		return map[string]string{fmt.Sprint(lipgloss.Cyan): cyan, fmt.Sprint(lipgloss.Green): green,
			fmt.Sprint(lipgloss.Yellow): yellow, fmt.Sprint(lipgloss.Red): red,
			fmt.Sprint(lipgloss.Blue): blue}
	}
	return []theme{
		{"dark", "#12141a", "#d8dee9", "#7d8590", named("#56c8d8", "#9ece6a", "#e0af68", "#f7768e", "#7aa2f7")},
		{"light", "#ffffff", "#1f2328", "#6e7781", named("#1b7c83", "#116329", "#7d4e00", "#cf222e", "#0550ae")},
	}
}

// picture draws the frame as SVG: text on a grid, so that it scales and its differences can be read.
func picture(d *driver, look theme) string {
	screen := uv.NewScreenBuffer(d.width, d.height)
	uv.NewStyledString(d.model.View().Content).Draw(screen, screen.Bounds())
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" `+
		`font-family="ui-monospace,Menlo,Consolas,monospace" font-size="14">`+"\n",
		float64(d.width)*cellWidth+24, d.height*cellHeight+24)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", look.background)
	for y := range d.height {
		for _, run := range runs(screen, y, d.width, look) {
			fmt.Fprintf(&b, `<text x="%.1f" y="%d" textLength="%.1f" fill="%s"%s xml:space="preserve">%s</text>`+"\n",
				12+float64(run.x)*cellWidth, 26+y*cellHeight, float64(ansi.StringWidth(run.text))*cellWidth, run.color,
				map[bool]string{true: ` font-weight="700"`}[run.bold], html.EscapeString(run.text))
		}
	}
	return b.String() + "</svg>\n"
}

type run struct {
	x     int
	text  string
	color string
	bold  bool
}

// runs are the stretches of a line that look the same, without the blanks around them.
func runs(screen uv.ScreenBuffer, y, width int, look theme) []run {
	var out []run
	for x := range width {
		cell := screen.CellAt(x, y)
		if cell == nil || cell.Width == 0 {
			continue
		}
		color, ok := look.colors[fmt.Sprint(cell.Style.Fg)]
		switch {
		case cell.Style.Attrs&uv.AttrFaint != 0:
			color = look.faint
		case !ok:
			color = look.text
		}
		next := run{x, cell.Content, color, cell.Style.Attrs&uv.AttrBold != 0}
		if n := len(out); n > 0 && out[n-1].color == next.color && out[n-1].bold == next.bold &&
			out[n-1].x+ansi.StringWidth(out[n-1].text) == x {
			out[n-1].text += next.text
			continue
		}
		out = append(out, next)
	}
	var trimmed []run
	for _, r := range out {
		text := strings.TrimLeft(r.text, " ")
		r.x += len(r.text) - len(text)
		if r.text = strings.TrimRight(text, " "); r.text != "" {
			trimmed = append(trimmed, r)
		}
	}
	return trimmed
}
