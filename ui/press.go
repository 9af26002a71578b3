package ui

import (
	"errors"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// press handles a key. Keys that quit or open something work everywhere and come first.
func (m *Model) press(msg tea.KeyPressMsg) tea.Cmd {
	m.notice = ""
	isCopyAsked := m.copying.asking
	m.copying.asking = false
	switch {
	case key.Matches(msg, m.keys.Quit) && m.done.shown: // the files are written: nothing is cancelled
		return tea.Quit
	case key.Matches(msg, m.keys.Quit):
		return tea.Interrupt
	case key.Matches(msg, m.keys.Suspend):
		return m.suspend()
	case m.screen.tooSmall():
		return nil
	case m.done.shown:
		return m.pressDone(msg)
	}
	if cmd, handled := m.pressOffer(msg); handled {
		return cmd
	}
	if cmd, handled := m.pressAnywhere(msg); handled {
		return cmd
	}
	switch {
	case m.overlay.kind == stepsOverlay && !key.Matches(msg, m.keys.Back):
		return m.follow(m.overlay.steps.press(m.work, m.keys, msg))
	case m.overlay.kind != noOverlay:
		m.pressOverlay(msg)
		return nil
	case m.form.page == answers.Review:
		return m.pressReview(msg, isCopyAsked)
	}
	o := m.form.press(m.work, m.keys, msg)
	cmd := m.turn(o)
	if o.again {
		cmd = tea.Batch(cmd, m.turn(m.form.press(m.work, m.keys, msg)))
	}
	return cmd
}

// pressReview handles a key on the review. IsCopyAsked reports that the key before asked to copy the images.
func (m *Model) pressReview(msg tea.KeyPressMsg, isCopyAsked bool) tea.Cmd {
	switch {
	case isCopyAsked && key.Matches(msg, m.keys.Back):
		return nil
	case key.Matches(msg, m.keys.Back) && m.review.asking == "":
		m.previousPage()
		return nil
	case key.Matches(msg, m.keys.RunCopy):
		return m.copyImages(isCopyAsked)
	}
	defer m.showDecided()
	return m.openItem(m.review.press(m.scene(), m.keys, msg))
}

// suspend gives the terminal back to a shell that can resume the wizard.
func (m *Model) suspend() tea.Cmd {
	if m.options.CanSuspend {
		return tea.Suspend
	}
	m.notice = "no shell can resume the wizard here; ctrl+c quits and saves the answers"
	return nil
}

// pressOffer handles the first key after a values file of the folder was offered: it opens it, begins anew, or, as any
// other key, means what it means without the offer.
func (m *Model) pressOffer(msg tea.KeyPressMsg) (cmd tea.Cmd, handled bool) {
	if !m.resume.opensFile {
		return nil, false
	}
	m.resume.opensFile = false
	switch {
	case key.Matches(msg, m.keys.Enter):
		return m.resumeOffered(), true
	case key.Matches(msg, m.keys.Anew):
		m.resume.offered = nil
		return nil, true
	}
	return nil, false
}

// pressDone handles a key on the end page.
func (m *Model) pressDone(msg tea.KeyPressMsg) tea.Cmd {
	if key.Matches(msg, m.keys.Copy) {
		return m.copy()
	}
	cmd, leave := m.done.press(m.keys, m.options.Runner, msg)
	if leave {
		return tea.Quit
	}
	return cmd
}

// pressAnywhere handles the keys that mean the same on every page.
func (m *Model) pressAnywhere(msg tea.KeyPressMsg) (cmd tea.Cmd, handled bool) {
	switch {
	case key.Matches(msg, m.keys.Help):
		m.overlay.help.at = 0
		m.toggle(helpOverlay)
	case key.Matches(msg, m.keys.Preview):
		m.nextPreview()
	case key.Matches(msg, m.keys.PageUp):
		m.scroll(-max(1, m.screen.height/2))
	case key.Matches(msg, m.keys.PageDown):
		m.scroll(max(1, m.screen.height/2))
	case key.Matches(msg, m.keys.Steps):
		m.overlay.steps.at = m.form.page
		m.toggle(stepsOverlay)
	case key.Matches(msg, m.keys.Fix, m.keys.Nearest):
		return m.pressFix(msg), true
	case key.Matches(msg, m.keys.Undo):
		return m.undo(), true
	case key.Matches(msg, m.keys.Finish):
		m.form.leaveCurrent(m.work)
		return m.finish(""), true
	case key.Matches(msg, m.keys.Copy):
		return m.copy(), true
	case m.resume.offered != nil && key.Matches(msg, m.keys.Resume):
		return m.resumeOffered(), true
	case msg.Mod == tea.ModAlt && msg.Code >= '1' && msg.Code <= '9':
		return m.jump(answers.Page(msg.Code - '1')), true
	default:
		return nil, false
	}
	return nil, true
}

// follow handles the message of a click or of a list entry.
func (m *Model) follow(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case jumpMsg:
		return m.jump(msg.page)
	case tabMsg:
		m.preview.show(msg.tab)
	case focusMsg:
		m.form.focusOn(m.work, msg.path)
	case choiceMsg:
		return m.turn(m.form.choose(m.work, msg))
	case itemMsg:
		defer m.showDecided()
		return m.openItem(m.review.click(m.scene(), msg.at))
	}
	return nil
}

// click handles a click on the last frame.
func (m *Model) click(at tea.MouseClickMsg) tea.Cmd {
	i := slices.IndexFunc(m.hits, func(h hit) bool { return h.y == at.Y && at.X >= h.x && at.X < h.x+h.width })
	if i < 0 || at.Button != tea.MouseLeft {
		return nil
	}
	m.notice = ""
	return m.follow(m.hits[i].msg)
}

// wheel scrolls the preview, or the overlay.
func (m *Model) wheel(msg tea.MouseWheelMsg) {
	by := map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[msg.Button]
	if m.overlay.kind != noOverlay || m.screen.overPreview(msg.X) {
		m.scroll(by)
	}
}

// turn shows the form's notice and opens the page that it asks for.
func (m *Model) turn(o outcome) tea.Cmd {
	if o.notice != "" {
		m.notice = o.notice
	}
	switch {
	case o.finish && m.work.hasEnvironments():
		m.openTable()
	case o.finish:
		return m.finish(o.notice)
	case o.turn > 0:
		return m.nextPage()
	case o.turn < 0:
		m.previousPage()
	}
	return nil
}

// openItem opens an item of the review. Moved reports that the focus moved to another item.
func (m *Model) openItem(i item, moved bool) tea.Cmd {
	if moved {
		m.preview.show(valuesTab)
	}
	switch i.kind {
	case buttonItem:
		return m.write()
	case probeItem:
		return m.probe()
	case problemItem, answerItem:
		if i.fix != nil {
			return m.fixFinding(i)
		}
		m.goTo(i.path)
	case noItem, fileItem:
	}
	return nil
}

// showDecided makes the frame show the files as the user decided about them.
func (m *Model) showDecided() {
	if m.review.ready && m.form.page == answers.Review {
		m.work.plan, m.work.diffs = m.review.Plan, map[string]string{}
	}
}

// probe checks the images in their registries.
func (m *Model) probe() tea.Cmd {
	images := session.Images(m.work.plan)
	if m.checks.probe.ask != nil && len(m.checks.probe.asking) == 0 && (len(m.work.wrong) > 0 || len(images) == 0) {
		m.notice = "fix the answers first"
		return nil
	}
	return m.checks.probe.start(images)
}

// write writes the files, unless an answer is wrong.
func (m *Model) write() tea.Cmd {
	if _, errs := m.work.draft.BuildOnto(m.review.Bases()); len(errs) > 0 {
		m.notice = "fix this first: " + errs[0].Summary
		m.goTo(errs[0].Path)
		return nil
	}
	m.review.writes = true
	files, store := m.review.Writing(), m.options.Store
	return func() tea.Msg { return writtenMsg{store.Write(files)} }
}

func (m *Model) onWritten(msg writtenMsg) tea.Cmd {
	m.review.writes = false
	if msg.err != nil {
		m.review.failed = m.work.known.Text(msg.err.Error())
		if errors.Is(msg.err, session.ErrChanged) {
			return m.compareAgain()
		}
		return nil
	}
	m.end.written = true
	if m.review.ToStdout() { // another program waits for the values
		return tea.Quit
	}
	m.overlay.kind = noOverlay
	return m.done.open(m.review.Delivery, m.options.Runner)
}

// undo undoes the last answer and shows its question, or the last fix of a file.
func (m *Model) undo() tea.Cmd {
	path, ok := m.work.draft.Undo()
	if !ok {
		m.notice = "nothing to undo"
		return nil
	}
	clear(m.form.rows)
	m.work.update()
	m.goTo(path)
	delete(m.form.seen, path)
	if f, err := m.work.field(path); err == nil {
		m.notice = "undone: " + f.Label
	}
	return m.compareAgain()
}
