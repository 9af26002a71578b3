package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// The smallest screen that the wizard fits, and from where on the preview stands beside the form.
const (
	minWidth, minHeight = 60, 20
	wideWidth           = 100
	sidebarWidth        = 16
	margin              = 2
)

func (m *Model) tooSmall() bool { return m.width < minWidth || m.height < minHeight }
func (m *Model) wide() bool     { return m.width >= wideWidth }

// block is some lines, and the cell of the cursor in them if it is there.
type block struct {
	lines  []string
	cursor *tea.Position
	hits   []hit
}

// View draws the frame. It depends on nothing but the model, which remembers what can be clicked in it.
func (m *Model) View() tea.View {
	if m.plan == nil || m.width == 0 {
		return tea.NewView("")
	}
	frame := m.frame()
	view := tea.NewView(strings.Join(frame.lines, "\n"))
	view.AltScreen = true
	view.WindowTitle = "conductor-registry"
	if m.options.Mouse {
		view.MouseMode, m.hits = tea.MouseModeCellMotion, frame.hits
	}
	if frame.cursor != nil {
		view.Cursor = tea.NewCursor(frame.cursor.X, frame.cursor.Y)
	}
	return view
}

func (m *Model) frame() block {
	if m.tooSmall() {
		return m.smallFrame()
	}
	b := m.body(m.height - 4) // header, empty line, notice, help
	lines := append([]string{m.header(), ""}, indent(b.lines, margin)...)
	for len(lines) < m.height-2 {
		lines = append(lines, "")
	}
	notice := m.fitted(m.notice, m.width-2*margin)
	lines = append(lines, "  "+m.style.warn.Render(notice), m.footer())
	frame := block{lines: lines[:m.height]}
	for i, line := range frame.lines {
		if len(line) > m.width && cells(line) > m.width {
			line = ansi.Truncate(line, m.width, "")
		}
		frame.lines[i] = strings.TrimRight(line, " ")
	}
	frame.hits, frame.cursor = b.moved(margin, 2)
	return frame
}

// body is what stands between the header and the footer.
func (m *Model) body(height int) block {
	switch {
	case m.overlay == helpOverlay:
		return m.aboveImages(height, func(height int) block { return m.helpBlock(m.width-2*margin, height) })
	case m.overlay == stepsOverlay:
		return m.aboveImages(height, func(height int) block { return m.stepsBlock(m.width-2*margin, height) })
	case m.overlay == previewOverlay:
		return m.previewBody(height)
	case m.wide():
		return m.wideBody(height)
	}
	return m.narrowBody(height)
}

// previewBody is the preview on the whole of a narrow screen.
func (m *Model) previewBody(height int) block {
	draw := func(height int) block { return m.preview.view(m, m.width-2*margin, height) }
	if m.preview.tab == imagesTab {
		return draw(height)
	}
	return m.aboveImages(height, draw)
}

func (m *Model) smallFrame() block {
	lines := wrap(fmt.Sprintf("This window is %dx%d; the wizard needs %dx%d. Your answers are kept: make it larger, or "+
		"ctrl+c to leave.", m.width, m.height, minWidth, minHeight), max(1, m.width))
	return block{lines: lines[:min(len(lines), max(1, m.height))]}
}

// wideBody has the steps on the left, the form in the middle and the preview on the right. While the preview shows
// something else than the images, their names stand below all three.
func (m *Model) wideBody(height int) block {
	if m.preview.tab == imagesTab {
		return m.columns(height)
	}
	return m.aboveImages(height, func(height int) block {
		var below []string
		if f, ok := m.comparing(); ok {
			below = m.comparison(f, m.width-2*margin)
		}
		b := m.columns(height - len(below))
		for len(b.lines) < height-len(below) {
			b.lines = append(b.lines, "")
		}
		b.lines = append(b.lines, below...)
		return b
	})
}

func (m *Model) columns(height int) block {
	left, middle, right := m.widths()
	form, preview, steps := m.pageBlock(middle, height), m.preview.view(m, right, height), m.steps()
	bar := m.style.dim.Render(m.options.Glyphs.Bar)
	var out block
	for i := range min(height, max(len(form.lines), len(preview.lines), len(steps.lines))) {
		line := pad(at(steps.lines, i), left) + " " + pad(at(form.lines, i), middle)
		out.lines = append(out.lines, line+" "+bar+"  "+at(preview.lines, i))
	}
	out.hits, out.cursor = form.moved(left+1, 0)
	beside, _ := preview.moved(left+middle+5, 0)
	out.hits = append(append(out.hits, beside...), steps.hits...)
	return out
}

// widths are those of the three columns: the steps, the form, the preview.
func (m *Model) widths() (left, middle, right int) {
	inner := m.width - 2*margin
	right = min(inner*2/5, 64)
	return sidebarWidth, inner - sidebarWidth - right - 5, right
}

// overPreview tells whether a cell of a wide screen belongs to the preview.
func (m *Model) overPreview(x int) bool {
	left, middle, _ := m.widths()
	return m.wide() && x > margin+left+middle
}

// narrowBody has the form, and the image names folded below it.
func (m *Model) narrowBody(height int) block {
	return m.aboveImages(height, func(height int) block { return m.pageBlock(m.width-2*margin, height) })
}

// aboveImages draws something, and a line for each image below it.
func (m *Model) aboveImages(height int, draw func(height int) block) block {
	mark := m.helmMark(m.environment())
	rule := m.rule(m.width-2*margin-cells(mark)) + m.style.dim.Render(mark)
	images := append([]string{rule}, m.imageLines(m.width-2*margin)...)
	b := draw(height - len(images))
	for len(b.lines) < height-len(images) {
		b.lines = append(b.lines, "")
	}
	b.lines = append(b.lines, images...)
	return b
}

func (m *Model) rule(width int) string {
	return m.style.dim.Render(strings.Repeat(m.options.Glyphs.Rule, width))
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// window is the part of lines that fits height, from offset on; it mends an offset that went too far.
func window(lines []string, offset *int, height int) []string {
	*offset = max(0, min(*offset, len(lines)-height))
	return lines[*offset:min(len(lines), *offset+height)]
}
