// Package ui is the wizard: a root tea.Model that routes messages to its parts (form, preview, review, help, steps) and
// draws their views. It keeps a draft of the answers, shows what follows from it after every key, and asks its Store to
// write after the review. It opens no file, reads no clock and no environment, and no password passes through it.
package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// Options are what the wizard works with.
type Options struct {
	Catalog *answers.Catalog
	// Check runs in the background after the first page is shown; an error ends the wizard. Nil checks nothing.
	Check   func() error
	Start   session.Session // where to start; without answers at the beginning
	Sources session.Sources // values files to edit
	// Earlier is an unfinished session that the user did not name: ctrl+r resumes it. Nil for none.
	Earlier *session.Session
	Offer   string // the message about it
	// EarlierSources holds the values file that Earlier was read from, which enter opens too; empty for none.
	EarlierSources session.Sources
	// Keep saves the answers. It is called after each key that changed them, before the change is drawn, so that a crash
	// loses nothing that was visible. Nil saves nothing.
	Keep   func(data []byte) error
	Store  session.Store
	Glyphs Glyphs
	Width  int // of the terminal in cells; 0 is unknown, and nothing is drawn before it is known
	Height int
	Colour bool // colour the final message
	// CanSuspend reports that a shell can resume the process after ctrl+z.
	CanSuspend bool
	Mouse      bool // take clicks and the wheel; the terminal's own selection then needs shift
	// Helm renders values with the real helm and compares; nil without a chart. It runs in the background and may be slow.
	Helm func(values []byte) session.Verdict
	// Probe asks the registries for images with the docker config of this machine; nil when it is not offered. It runs in
	// the background, when the user asks for it.
	Probe func(images []string) []session.Probed
	// Runner runs the steps after the files are written; nil when they are only shown.
	Runner Runner
	// ValuesToStdout reports that standard output is not a terminal and takes the values, unless there are several
	// environments.
	ValuesToStdout bool
}

// Model is the wizard. Use New.
type Model struct {
	options Options
	keys    keys
	look    look
	screen  screen
	work    *work
	form    form
	preview preview
	review  review
	done    done
	overlay overlay
	checks  checks
	resume  resume
	copying copying
	reached answers.Page // the furthest page seen
	hits    []hit        // of the frame that was drawn last
	notice  string       // one line about what the last key did
	end     end
}

// checks run in the background.
type checks struct {
	helm  helmCheck
	probe probeCheck
}

// end is how the wizard ended.
type end struct {
	written bool
	err     error // of the default chart's file, or of Check
}

// New returns a wizard before its first page. Init, which a tea.Program calls, opens it.
func New(o Options) *Model {
	return &Model{options: o, keys: newKeys(), look: look{newStyles(), o.Glyphs}, screen: screen{o.Width, o.Height},
		work:   &work{catalog: o.Catalog},
		form:   form{rows: map[string]*row{}, seen: map[string]bool{}},
		checks: checks{helmCheck{ask: o.Helm}, probeCheck{ask: o.Probe}}}
}

// Init opens the first page. It is not done in New because the terminal is set up meanwhile: the first frame waits for
// the renderer's tick anyway.
func (m *Model) Init() tea.Cmd {
	charts := m.options.Catalog.Charts
	if _, m.end.err = charts.Release(charts.IDs()[0]); m.end.err != nil { // the pages need a chart
		return tea.Quit
	}
	cmd := m.begin(m.options.Start)
	if m.resume.offered = m.options.Earlier; m.resume.offered != nil {
		m.notice = m.options.Offer
	}
	if m.resume.opensFile = m.resume.offered != nil && m.options.EarlierSources.Opened.Name != ""; m.resume.opensFile {
		m.notice += "; enter opens it, alt+n starts anew"
	}
	m.resume.saved = m.place()
	return tea.Batch(cmd, m.askHelm(), m.check())
}

// checkFailedMsg is the error of Options.Check.
type checkFailedMsg struct{ err error }

// checkDelay keeps Options.Check, which takes all of a processor for milliseconds, out of the way of the first frame.
const checkDelay = 250 * time.Millisecond

// check returns the command that runs Options.Check.
func (m *Model) check() tea.Cmd {
	if m.options.Check == nil {
		return nil
	}
	return tea.Tick(checkDelay, func(time.Time) tea.Msg {
		if err := m.options.Check(); err != nil {
			return checkFailedMsg{err}
		}
		return nil
	})
}

// Update handles a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := tea.Batch(m.route(msg), m.askHelm())
	m.save()
	return m, cmd
}

// route gives a message to the part that it is for.
func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.screen = screen{msg.Width, msg.Height}
	case tea.KeyPressMsg:
		m.work.unmark()
		return m.press(msg)
	case tea.PasteMsg:
		m.work.unmark()
		if !m.screen.tooSmall() && m.overlay.kind == noOverlay {
			return m.turn(m.form.paste(m.work, msg.Content))
		}
	case tea.MouseWheelMsg:
		m.wheel(msg)
	case tea.MouseClickMsg:
		return m.click(msg)
	case existingMsg:
		m.review.onExisting(msg, m.work.draft)
		m.showDecided()
	case writtenMsg:
		return m.onWritten(msg)
	case contextMsg:
		m.done.onContext(msg)
	case ranMsg:
		m.done.onRan(msg)
	case verdictMsg:
		m.checks.helm.onVerdict(msg, m.work.plan.Environments)
	case copiedMsg:
		m.onCopied(msg)
	case probedMsg:
		m.copying = copying{}
		m.checks.probe.onProbed(msg, m.work)
	case checkFailedMsg:
		m.end.err = msg.err
		return tea.Quit
	}
	return nil
}

// askHelm asks helm about the values, the environment in focus first.
func (m *Model) askHelm() tea.Cmd {
	if m.checks.helm.ask == nil || m.work.plan == nil {
		return nil
	}
	return m.checks.helm.next(m.work.ordered(m.work.environment(m.Focus())))
}

// scene returns what a frame shows now.
func (m *Model) scene() scene {
	return scene{look: m.look, work: m.work, screen: m.screen, page: m.form.page, reached: m.reached,
		problems: m.problems(), first: m.shownEnvironment(), helm: &m.checks.helm, probe: &m.checks.probe,
		copying: m.copying, canCopy: m.form.page == answers.Review && m.canCopy()}
}

// shownEnvironment returns the environment with the focus: of the question, or of the file on the review.
func (m *Model) shownEnvironment() *plan.Environment {
	if file := m.review.shown(); file != nil && m.form.page == answers.Review {
		for _, env := range m.work.plan.Environments {
			if env.FileName("values") == file.Name || env.FileName("pull-secret") == file.Name {
				return env
			}
		}
	}
	return m.work.environment(m.Focus())
}

// problems returns the problems to show now, the worst first. A missing answer counts when its page was left, and the text
// being typed does not count.
func (m *Model) problems() model.Problems {
	var out model.Problems
	focus, isReview := m.Focus(), m.form.page == answers.Review
	for _, p := range m.work.wrong {
		f, err := m.work.field(p.Path)
		given := m.work.draft.Answers.Get(p.Path) != "" && p.Path != focus
		if err != nil || given || f.Page < m.reached || m.form.seen[p.Path] || isReview {
			out = append(out, p)
		}
	}
	out = slices.Concat(out, m.work.plan.Problems(), m.work.draft.SourceProblems(),
		m.checks.helm.problems(m.work.plan.Environments))
	if isReview {
		out = m.work.withFindings(out)
	}
	for i := range out {
		out[i].Summary, out[i].Why = m.work.known.Text(out[i].Summary), m.work.known.Text(out[i].Why)
		out[i].Fix = m.work.known.Text(out[i].Fix)
	}
	worstFirst := []model.Severity{model.Error, model.Warning, model.Info}
	slices.SortStableFunc(out, func(a, b model.Problem) int {
		return slices.Index(worstFirst, a.Severity) - slices.Index(worstFirst, b.Severity)
	})
	return out
}

// Written returns the plan whose files were written; nil when the wizard was left before.
func (m *Model) Written() *plan.Plan {
	if !m.end.written {
		return nil
	}
	return m.work.plan
}

// Err returns the error that ended the wizard: of the default chart's file, or of Check.
func (m *Model) Err() error { return m.end.err }

// Draft returns the answers so far.
func (m *Model) Draft() *answers.Answers { return m.work.draft.Answers }

// Page returns the name of the page that is shown.
func (m *Model) Page() string { return m.form.page.Name() }

// Focus returns the answers path of the question with the focus; "" on the review.
func (m *Model) Focus() string {
	f, ok := m.form.current(m.work)
	if !ok {
		return ""
	}
	return f.Path
}

// Done returns the final message, for the normal screen.
func (m *Model) Done() string {
	m.review.Width, m.review.Colour, m.review.Mark = m.screen.width, m.options.Colour, m.options.Glyphs.Done
	m.review.Results = m.done.results
	return m.review.Done()
}

// StdoutValues returns the values for a redirected standard output; nil when they went to files.
func (m *Model) StdoutValues() []byte { return m.review.StdoutValues() }
