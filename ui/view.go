package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
	"conductor-registry/model/redact"
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

// frame draws the header, the images, the body, the notice and the footer.
func (m *Model) frame() block {
	width, height := m.screen.width, m.screen.height
	if m.screen.tooSmall() {
		return smallFrame(m.screen)
	}
	s := m.scene()
	frame := s.header()
	if !m.done.shown || height >= roomyHeight {
		for _, line := range s.hero(width - 2*margin) {
			frame.lines = append(frame.lines, "  "+line)
		}
	}
	notice := m.noticeLines(width - 2*margin)
	body := m.body(s, height-len(frame.lines)-1-len(notice))
	body.lines = indent(body.lines, margin)
	body.hits, body.cursor = body.moved(margin, 0)
	frame.add(body)
	end := height - 1 - len(notice)
	for len(frame.lines) < end {
		frame.lines = append(frame.lines, "")
	}
	frame.lines = append(append(frame.lines[:end], notice...), m.footer(s))
	for i, line := range frame.lines {
		if len(line) > width && ansi.StringWidth(line) > width {
			line = ansi.Truncate(line, width, "")
		}
		frame.lines[i] = strings.TrimRight(guarded(line), " ")
	}
	return frame
}

// noticeLines draws what the last key did, in at most three lines.
func (m *Model) noticeLines(width int) []string {
	lines := wrap(m.work.known.Text(m.notice), width)
	if len(lines) > maxNotice {
		lines = lines[:maxNotice]
		lines[maxNotice-1] = m.look.fitted(lines[maxNotice-1]+m.look.glyphs.More, width)
	}
	return indent(each(lines, m.look.style.warn.Render), margin)
}

const maxNotice = 3

// roomyHeight is the height from which the end page also shows the image names.
const roomyHeight = 30

func smallFrame(s screen) block {
	lines := wrap(fmt.Sprintf("%dx%d is too small: the wizard needs %dx%d. Your answers are kept; ctrl+c leaves.",
		s.width, s.height, minWidth, minHeight), max(1, s.width))
	return block{lines: lines[:min(len(lines), max(1, s.height))]}
}

// header draws the program's name and the steps, or on a narrow screen the current one, then the chart where there is
// room.
func (s scene) header() block {
	line := s.stepLine()
	name := "  " + s.style.strong.Render("conductor-registry") + "  "
	line.hits, _ = line.moved(ansi.StringWidth(name), 0)
	left := name + line.lines[0]
	right := s.style.dim.Render("chart " + redact.Visible(s.plan.Environments[0].Profile.ID))
	if room := s.width - margin - ansi.StringWidth(left); room >= ansi.StringWidth(right)+2 {
		left = pad(left, s.width-margin-ansi.StringWidth(right)) + right
	}
	line.lines = []string{left, ""}
	return line
}

// body draws what is between the images and the notice.
func (m *Model) body(s scene, height int) block {
	inner := s.width - 2*margin
	if m.done.shown {
		return m.done.view(s, m.keys, m.options.Runner != nil, inner, height)
	}
	page := m.pageView
	switch m.overlay.kind {
	case helpOverlay:
		return m.overlay.help.view(s, m.keys, m.Focus(), inner, height)
	case stepsOverlay:
		page = m.overlay.steps.view
	case previewOverlay:
		return m.preview.view(s, m.review.shown(), inner, height)
	case noOverlay:
	}
	if s.wide() {
		return m.columns(s, height, page)
	}
	return page(s, inner, height)
}

// minPreview is the width that a wide table leaves to the preview.
const minPreview = 40

func (m *Model) pageView(s scene, width, height int) block {
	if m.form.page == answers.Review {
		return m.review.view(s, m.options.Store.Folder(), width, height)
	}
	return m.form.view(s, width, height)
}

// columns draws the page and the preview side by side.
func (m *Model) columns(s scene, height int, draw func(s scene, width, height int) block) block {
	left, right := s.widths()
	if s.isTable(m.form.page) && m.overlay.kind == noOverlay {
		all := left + right
		left = max(left, min(m.form.tableWidth(s), all-minPreview))
		right = all - left
	}
	page, preview := draw(s, left, height), m.preview.view(s, m.review.shown(), right, height)
	bar := " " + s.style.dim.Render(s.glyphs.Bar) + " "
	var out block
	for i := range height {
		out.lines = append(out.lines, pad(at(page.lines, i), left)+bar+at(preview.lines, i))
	}
	out.hits, out.cursor = page.moved(0, 0)
	beside, _ := preview.moved(left+3, 0)
	out.hits = append(out.hits, beside...)
	return out
}
