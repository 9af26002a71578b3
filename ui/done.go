package ui

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// Runner runs the steps after the files are written. The terminal is handed over to each program, so that what is typed
// and printed, such as a password, does not pass through the wizard.
type Runner interface {
	// Context returns kubectl's current context, or why there is none.
	Context() (string, error)
	// Command returns a command that runs in a shell until it ends and the user has read its output. With a context it
	// does nothing but fail when that is not kubectl's current one any more.
	Command(command, context string) tea.ExecCommand
}

// done is the end of the wizard: the files that were written, and the steps that bring them to the cluster, of which
// some can be run from here.
type done struct {
	shown   bool
	steps   []session.NextStep
	files   []session.File
	all     string // where to read all steps; "" for nowhere
	at      int    // the step with the focus
	context string // kubectl's; "" is not known yet
	failed  error  // why there is no context
	asking  bool   // the next key confirms the step in focus
	results map[string]session.Result
}

// contextMsg is kubectl's current context. Asks reports that a key asked for it, to confirm a step.
type contextMsg struct {
	context string
	err     error
	asks    bool
}

// ranMsg is the end of a step.
type ranMsg struct {
	id  string
	err error
}

// runKeys are the keys that run steps, by their kind.
func (k keys) runKeys() map[plan.StepKind]key.Binding {
	return map[plan.StepKind]key.Binding{plan.CreateSecret: k.RunSecret, plan.CopyImages: k.RunCopy,
		plan.Probe: k.RunProbe, plan.Render: k.RunRender}
}

// open shows the page, and asks for kubectl's context.
func (p *done) open(d session.Delivery, r Runner) tea.Cmd {
	*p = done{shown: true, files: d.Files, all: d.AllSteps(), results: map[string]session.Result{}}
	for _, step := range d.Next() {
		if _, canRun := newKeys().runKeys()[step.Kind]; step.Short || canRun {
			p.steps = append(p.steps, step)
		}
	}
	p.at = max(0, slices.IndexFunc(p.steps, func(s session.NextStep) bool { return s.Kind == plan.CreateSecret }))
	return askContext(r, false)
}

func askContext(r Runner, asks bool) tea.Cmd {
	if r == nil {
		return nil
	}
	return func() tea.Msg {
		context, err := r.Context()
		return contextMsg{context, err, asks}
	}
}

// press handles a key. Leave reports that the wizard ends.
func (p *done) press(k keys, r Runner, msg tea.KeyPressMsg) (cmd tea.Cmd, leave bool) {
	asked := p.asking
	p.asking = false
	switch {
	case asked && key.Matches(msg, k.Enter, k.Back, k.Leave): // only cancels
	case key.Matches(msg, k.Enter, k.Back, k.Leave):
		return nil, true
	case key.Matches(msg, k.Up, k.Previous):
		p.at = max(0, p.at-1)
	case key.Matches(msg, k.Down, k.Next):
		p.at = max(0, min(len(p.steps)-1, p.at+1))
	default:
		for kind, binding := range k.runKeys() {
			if key.Matches(msg, binding) && r != nil {
				return p.run(kind, r, asked), false
			}
		}
	}
	return nil, false
}

// run runs the step of a kind that is meant: the one in focus, else that of its environment, else the first. What changes
// the cluster, or a registry, runs when the key before asked for it too: the cluster's context, or the images, were shown.
func (p *done) run(kind plan.StepKind, r Runner, asked bool) tea.Cmd {
	at := p.meant(kind)
	if at < 0 {
		return nil
	}
	same := p.at == at
	p.at = at
	switch confirmed := asked && same; {
	case changesCluster(kind) && !confirmed:
		return askContext(r, true)
	case kind == plan.CopyImages && !confirmed:
		p.asking = true
		return nil
	}
	context := ""
	if changesCluster(kind) {
		context = p.context
	}
	id := p.steps[at].ID()
	return tea.Exec(r.Command(p.steps[at].Command, context), func(err error) tea.Msg { return ranMsg{id, err} })
}

// meant returns the index of the step that a key runs; -1 for none.
func (p *done) meant(kind plan.StepKind) int {
	first := -1
	for i, step := range p.steps {
		switch {
		case step.Kind != kind:
		case i == p.at:
			return i
		case first < 0 || p.steps[first].Environment != p.steps[p.at].Environment &&
			step.Environment == p.steps[p.at].Environment:
			first = i
		}
	}
	return first
}

// changesCluster reports whether a step changes something in a cluster.
func changesCluster(kind plan.StepKind) bool {
	return kind == plan.CreateSecret || kind == plan.Install
}

// onContext stores kubectl's context, and asks for the second key when a step waits for it.
func (p *done) onContext(msg contextMsg) {
	p.context, p.failed = msg.context, msg.err
	if msg.asks {
		p.asking = msg.err == nil
	}
}

// onRan stores the result of a step.
func (p *done) onRan(msg ranMsg) {
	result := session.Result{OK: msg.err == nil, Text: "done"}
	if msg.err != nil {
		result.Text = msg.err.Error()
	}
	p.results[msg.id] = result
}

// focused returns the step with the focus; false without steps.
func (p *done) focused() (session.NextStep, bool) {
	if len(p.steps) == 0 {
		return session.NextStep{}, false
	}
	return p.steps[p.at], true
}

// copied returns the command with the focus.
func (p *done) copied() (name, text string) {
	step, ok := p.focused()
	if !ok {
		return "", ""
	}
	return fmt.Sprintf("step %d", p.at+1), step.Command
}
