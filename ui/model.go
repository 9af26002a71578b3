// Package ui is the wizard: one tea.Model over the list of questions. It keeps a draft of the answers, shows what they
// lead to after every key, and asks its Store to write once the review is confirmed. It opens no file, reads no clock
// and no environment, and no password ever passes through it.
package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// Options are what the wizard works with.
type Options struct {
	Catalog *answers.Catalog
	Prepare func() error // fills the catalog, if it is not full yet; nil is nothing to do
	// Check runs in the background once the first page is shown; an error ends the wizard. Nil checks nothing.
	Check   func() error
	Start   session.Session // where to start; without answers at the beginning
	Sources session.Sources // values files that the keys go into
	// Earlier are answers that were left here before and not asked for: ctrl+r takes them up. Nil is none.
	Earlier *session.Session
	Offer   string // what is said of them
	// Keep keeps the answers so far. It is called after each key that changed them, before the change is shown: a crash
	// loses nothing that was seen. Nil keeps nothing.
	Keep   func(data []byte) error
	Store  session.Store
	Glyphs Glyphs
	Width  int // of the terminal in cells; 0 is not known yet, and nothing is drawn before it is
	Height int
	Mouse  bool // clicks and the wheel are taken; the terminal's own selection needs shift then
	// Helm asks the real helm what it makes of values; nil where there is no chart to ask about. It is called in the
	// background and may take its time.
	Helm func(values []byte) session.Verdict
	// Probe asks the registries for images, with the logins of this machine; nil where that is not offered. It is called
	// in the background, when the user says so.
	Probe func(images []string) []session.Probed
	// ValuesToStdout says that standard output is no terminal. The values go there and not into a file, as long as there
	// is one set of them.
	ValuesToStdout bool
}

// Model is the wizard. Use New.
type Model struct {
	options Options
	style   styles
	keys    keys
	pages   []page

	draft     *session.Draft
	examples  map[string][]string // of each pattern, for these answers
	diffs     map[string]string   // of each environment's values from the file that they keep
	questions []answers.Field     // all that there are with these answers
	plan      *plan.Plan
	wrong     model.Problems          // what keeps the answers from being complete
	changed   map[string]map[int]bool // lines of the values that the last key changed, by environment
	page      int
	reached   int // the furthest page seen
	focus     int
	returning bool            // this page was opened from the review, and enter goes back there
	rows      map[string]*row // by path: typed text, filters and notes survive going back
	left      map[string]bool // by path: seen and left, from then on errors show at once
	review    review
	preview   preview
	overlay   overlay
	hits      []hit // of the frame that was drawn last
	stepAt    int   // the lit one in the list of steps
	helpAt    int   // what help is shown: 0 the keys, else a registry
	helm      helm
	probe     probe
	edits     int    // how often conclusions were drawn
	kept      place  // what was given to Keep last
	notice    string // one line about what was just done, until the next key
	width     int
	height    int
	finished  bool
	failed    string
	err       error // ended the wizard
}

type overlay int

const (
	noOverlay overlay = iota
	previewOverlay
	stepsOverlay
	helpOverlay
)

// New is a wizard before its first page: Init, which a tea.Program calls, opens it.
func New(o Options) *Model {
	go ansi.StringWidthWc(o.Glyphs.Bar) // the renderer's table of widths is built at first use: two milliseconds
	return &Model{options: o, style: newStyles(), keys: newKeys(), pages: pages(),
		rows: map[string]*row{}, left: map[string]bool{}, helm: helm{ask: o.Helm}, probe: probe{ask: o.Probe},
		width: o.Width, height: o.Height}
}

// Init draws the first conclusions. They are drawn here and not in New because the terminal is being set up meanwhile:
// the first frame waits for the renderer's tick anyway.
func (m *Model) Init() tea.Cmd {
	if m.options.Prepare != nil {
		if m.err = m.options.Prepare(); m.err != nil {
			return tea.Quit
		}
	}
	earlier := m.options.Earlier
	cmd := m.takeUp(m.options.Start)
	if m.options.Earlier = earlier; earlier != nil {
		m.notice = m.options.Offer
	}
	m.kept = m.place()
	return tea.Batch(cmd, m.askHelm(), m.check())
}

// checkFailed is the error of Options.Check.
type checkFailed struct{ err error }

// check returns the command that runs Options.Check.
func (m *Model) check() tea.Cmd {
	if m.options.Check == nil {
		return nil
	}
	return func() tea.Msg {
		if err := m.options.Check(); err != nil {
			return checkFailed{err}
		}
		return nil
	}
}

// Update takes one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := tea.Batch(m.take(msg), m.askHelm())
	m.keep()
	return m, cmd
}

func (m *Model) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		m.paste(msg)
	case tea.MouseWheelMsg:
		m.wheel(msg)
	case tea.MouseClickMsg:
		return m.click(msg)
	case existing:
		m.review.take(msg)
	case written:
		return m.wrote(msg)
	case verdict:
		m.hear(msg)
	case probed:
		m.learn(msg)
	case checkFailed:
		m.err = msg.err
		return tea.Quit
	}
	return nil
}

// Written is the plan whose files were written; nil when the wizard was left before.
func (m *Model) Written() *plan.Plan {
	if !m.finished {
		return nil
	}
	return m.plan
}

// Err returns the error that ended the wizard: of Prepare or Check.
func (m *Model) Err() error { return m.err }

// Draft are the answers so far.
func (m *Model) Draft() *answers.Answers { return m.draft.Answers }

// recompute draws the conclusions from the answers. It is called once for each change.
func (m *Model) recompute() {
	m.edits++
	before := m.plan
	m.examples, m.diffs = map[string][]string{}, map[string]string{}
	m.questions = m.options.Catalog.Fields(m.draft.Answers)
	m.plan = m.draft.Preview()
	m.probe.said = nil // it was about other images, maybe
	m.changed = changes(before, m.plan)
	m.wrong = m.options.Catalog.Check(m.plan.Answers, "")
}

// problems are those worth showing now, errors first: what is missing is no problem before its page was left, and what
// is being typed is none yet.
func (m *Model) problems() model.Problems {
	var out model.Problems
	for _, p := range m.wrong {
		f, err := m.options.Catalog.Field(m.draft.Answers, p.Path)
		given := m.draft.Answers.Get(p.Path) != "" && p.Path != m.Focus()
		if err != nil || given || int(f.Page) < m.reached || m.left[p.Path] || m.pages[m.page].review {
			out = append(out, p)
		}
	}
	return slices.Concat(out, m.plan.Problems(), m.options.Sources.Told, m.helmProblems())
}

// Page is the name of the page that is shown.
func (m *Model) Page() string { return m.pages[m.page].name }

// Focus is the answers path of the question that has the focus; "" on the review page.
func (m *Model) Focus() string {
	fields := m.fields()
	if len(fields) == 0 {
		return ""
	}
	return fields[min(m.focus, len(fields)-1)].Path
}
