// Package ui is the wizard: one tea.Model over the list of questions. It keeps a draft of the answers, shows what they
// lead to after every key, and asks its Store to write once the review is confirmed. It opens no file, reads no clock
// and no environment, and no password ever passes through it.
package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/form"
	"conductor-registry/model/plan"
	"conductor-registry/ui/delivery"
	"conductor-registry/ui/draft"
)

// Options are what the wizard works with.
type Options struct {
	Catalog *form.Catalog
	Prepare func() error     // fills the catalog, if it is not full yet; nil is nothing to do
	Answers *answers.Answers // to start from; nil is none
	Store   delivery.Store
	Glyphs  Glyphs
	// Helm asks the real helm what it makes of values; nil where there is no chart to ask about. It is called in the
	// background and may take its time.
	Helm func(values []byte) delivery.Verdict
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

	draft     *draft.Draft
	answers   *answers.Answers    // the draft's
	examples  map[string][]string // of each pattern, for these answers
	questions []form.Field        // all that there are with these answers
	plan      *plan.Plan
	wrong     model.Problems          // what keeps the answers from being complete
	changed   map[string]map[int]bool // lines of the values that the last key changed, by environment
	page      int
	reached   int // the furthest page seen
	focus     int
	rows      map[string]*row // by path: typed text, filters and notes survive going back
	review    review
	preview   preview
	overlay   overlay
	helm      helm
	notice    string // one line about what was just done, until the next key
	width     int
	height    int
	finished  bool
	failed    string
	err       error // why there is no first page
}

type overlay int

const (
	noOverlay overlay = iota
	previewOverlay
	helpOverlay
)

// New is a wizard before its first page: Init, which a tea.Program calls, opens it.
func New(o Options) *Model {
	return &Model{options: o, style: newStyles(), keys: newKeys(), pages: pages(),
		rows: map[string]*row{}, helm: helm{ask: o.Helm}, width: 80,
		height: 24}
}

// Init draws the first conclusions. They are drawn here and not in New because the terminal is being set up meanwhile:
// the first frame waits for the renderer's tick anyway.
func (m *Model) Init() tea.Cmd {
	ansi.StringWidthWc(m.options.Glyphs.Bar) // the renderer's table of widths is built at first use: a millisecond
	if m.options.Prepare != nil {
		if m.err = m.options.Prepare(); m.err != nil {
			return tea.Quit
		}
	}
	m.draft = draft.New(m.options.Catalog, m.options.Answers)
	m.answers = m.draft.Answers
	m.recompute()
	m.enterPage(0)
	return m.askHelm()
}

// Update takes one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.take(msg)
	if ask := m.askHelm(); ask != nil {
		cmd = tea.Batch(cmd, ask)
	}
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
	case existing:
		m.review.take(msg)
	case written:
		return m.wrote(msg)
	case verdict:
		m.hear(msg)
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

// Err is why there could be no first page.
func (m *Model) Err() error { return m.err }

// Draft are the answers so far.
func (m *Model) Draft() *answers.Answers { return m.answers }

// recompute draws the conclusions from the answers. It is called once for each change.
func (m *Model) recompute() {
	before := m.plan
	m.examples = map[string][]string{}
	m.questions = m.options.Catalog.Fields(m.answers)
	m.plan = plan.Preview(m.options.Catalog, m.answers, "")
	m.changed = changes(before, m.plan)
	m.wrong = m.options.Catalog.Check(m.plan.Answers, "")
}

// problems are those worth showing now: what is missing on pages not seen yet is no problem.
func (m *Model) problems() model.Problems {
	var out model.Problems
	for _, p := range m.wrong {
		f, err := m.options.Catalog.Field(m.answers, p.Path)
		if err != nil || int(f.Page) < m.page || m.pages[m.page].review {
			out = append(out, p)
		}
	}
	return append(append(out, m.plan.Problems()...), m.helmProblems()...)
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
