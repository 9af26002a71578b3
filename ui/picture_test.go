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

// TestPicture keeps the README's picture what the wizard shows.
func TestPicture(t *testing.T) {
	d := starter(func(from *answers.Answers) *driver {
		d := start(t, from)
		d.resize(110, 32)
		return d
	}).azure("down")
	golden.Open(t, "../docs/pictures").Check("wizard.svg", []byte(picture(d)))
}

// The cell of the picture's font in pixels, and the terminal colours it shows.
const cellWidth, cellHeight = 8.4, 18

func palette() map[string]string {
	return map[string]string{
		fmt.Sprint(lipgloss.BrightBlack): "#7d8590", fmt.Sprint(lipgloss.Cyan): "#56c8d8", fmt.Sprint(lipgloss.Green): "#9ece6a",
		fmt.Sprint(lipgloss.Yellow): "#e0af68", fmt.Sprint(lipgloss.Red): "#f7768e", fmt.Sprint(lipgloss.Blue): "#7aa2f7",
	}
}

// picture draws the frame as SVG: text on a grid, so that it scales and its differences can be read.
func picture(d *driver) string {
	screen := uv.NewScreenBuffer(d.width, d.height)
	uv.NewStyledString(d.model.View().Content).Draw(screen, screen.Bounds())
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" font-family="ui-monospace,Menlo,Consolas,monospace" font-size="14">`+"\n",
		float64(d.width)*cellWidth+24, d.height*cellHeight+24)
	b.WriteString(`<rect width="100%" height="100%" rx="8" fill="#12141a"/>` + "\n")
	for y := range d.height {
		for _, run := range runs(screen, y, d.width) {
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
func runs(screen uv.ScreenBuffer, y, width int) []run {
	var out []run
	for x := range width {
		cell := screen.CellAt(x, y)
		if cell == nil || cell.Width == 0 {
			continue
		}
		color, ok := palette()[fmt.Sprint(cell.Style.Fg)]
		if !ok {
			color = "#d8dee9"
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
