package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
)

// View draws the frame and remembers what can be clicked in it.
func (m *Model) View() tea.View {
	if m.work.plan == nil || m.screen.width == 0 {
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

// frame draws the header, the body, the notice and the footer.
func (m *Model) frame() block {
	width, height := m.screen.width, m.screen.height
	if m.screen.tooSmall() {
		return smallFrame(m.screen)
	}
	s := m.scene()
	b := m.body(s, height-4) // without header, empty line, notice and footer
	lines := append([]string{s.header(), ""}, indent(b.lines, margin)...)
	for len(lines) < height-2 {
		lines = append(lines, "")
	}
	notice := s.fitted(m.notice, width-2*margin)
	lines = append(lines, "  "+s.style.warn.Render(notice), m.footer(s))
	frame := block{lines: lines[:height]}
	for i, line := range frame.lines {
		if len(line) > width && ansi.StringWidth(line) > width {
			line = ansi.Truncate(line, width, "")
		}
		frame.lines[i] = strings.TrimRight(line, " ")
	}
	frame.hits, frame.cursor = b.moved(margin, 2)
	return frame
}

func smallFrame(s screen) block {
	lines := wrap(fmt.Sprintf("This window is %dx%d; the wizard needs %dx%d. Your answers are kept: make it larger, or "+
		"ctrl+c to leave.", s.width, s.height, minWidth, minHeight), max(1, s.width))
	return block{lines: lines[:min(len(lines), max(1, s.height))]}
}

// header draws the program's name, the chart and the files, or on a narrow screen the step.
func (s scene) header() string {
	left := s.style.title.Render("conductor-registry")
	var files []string
	for _, env := range s.plan.Environments {
		files = append(files, strings.TrimSuffix(env.FileName("values"), ".yaml"))
	}
	right := fmt.Sprintf("chart %s %s %s", s.plan.Environments[0].Profile.ID, s.glyphs.Dot, strings.Join(files, ", "))
	if !s.wide() {
		right = fmt.Sprintf("step %d of %d  %s", s.page+1, answers.Review+1, s.page.Name())
	}
	room := s.width - 2*margin - ansi.StringWidth(left) - 2
	right = s.fitted(right, room)
	return "  " + left + strings.Repeat(" ", room-ansi.StringWidth(right)+2) + s.style.dim.Render(right)
}

// body draws what is between the header and the notice.
func (m *Model) body(s scene, height int) block {
	inner := s.width - 2*margin
	switch m.overlay.kind {
	case helpOverlay:
		return s.aboveImages(height, func(height int) block {
			return m.overlay.help.view(s, m.keys, m.Focus(), inner, height)
		})
	case stepsOverlay:
		return s.aboveImages(height, func(height int) block { return m.overlay.steps.view(s, inner, height) })
	case previewOverlay:
		draw := func(height int) block { return m.preview.view(s, m.review.shown(), inner, height) }
		if m.preview.tab == imagesTab {
			return draw(height)
		}
		return s.aboveImages(height, draw)
	case noOverlay:
	}
	if s.wide() {
		return m.wideBody(s, height)
	}
	return s.aboveImages(height, func(height int) block { return m.pageView(s, inner, height) })
}

func (m *Model) pageView(s scene, width, height int) block {
	if m.form.page == answers.Review {
		return m.review.view(s, m.options.Store.Folder(), width, height)
	}
	return m.form.view(s, width, height)
}

// wideBody draws the steps, the page and the preview side by side. While the preview shows something else than the
// images, their names stand below.
func (m *Model) wideBody(s scene, height int) block {
	if m.preview.tab == imagesTab {
		return m.columns(s, height)
	}
	return s.aboveImages(height, func(height int) block {
		var below []string
		if f, ok := s.comparing(); ok {
			below = s.comparison(f, s.width-2*margin)
		}
		b := m.columns(s, height-len(below))
		for len(b.lines) < height-len(below) {
			b.lines = append(b.lines, "")
		}
		b.lines = append(b.lines, below...)
		return b
	})
}

func (m *Model) columns(s scene, height int) block {
	left, middle, right := s.widths()
	page, preview, steps := m.pageView(s, middle, height), m.preview.view(s, m.review.shown(), right, height), s.sidebar()
	bar := s.style.dim.Render(s.glyphs.Bar)
	var out block
	for i := range min(height, max(len(page.lines), len(preview.lines), len(steps.lines))) {
		line := pad(at(steps.lines, i), left) + " " + pad(at(page.lines, i), middle)
		out.lines = append(out.lines, line+" "+bar+"  "+at(preview.lines, i))
	}
	out.hits, out.cursor = page.moved(left+1, 0)
	beside, _ := preview.moved(left+middle+5, 0)
	out.hits = append(append(out.hits, beside...), steps.hits...)
	return out
}

// aboveImages draws a block, with a line for each image below it.
func (s scene) aboveImages(height int, draw func(height int) block) block {
	mark := s.helm.word(s.first)
	rule := s.rule(s.width-2*margin-ansi.StringWidth(mark)) + s.style.dim.Render(mark)
	images := append([]string{rule}, s.imageLines(s.width-2*margin)...)
	b := draw(height - len(images))
	for len(b.lines) < height-len(images) {
		b.lines = append(b.lines, "")
	}
	b.lines = append(b.lines, images...)
	return b
}
