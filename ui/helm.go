package ui

import (
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// helm is what is known of its verdicts. One question at a time is asked, in the background, and always of the newest
// values: no key ever waits for it.
type helm struct {
	ask     func(values []byte) session.Verdict // nil when there is no chart to ask about
	asking  bool
	verdict map[string]session.Verdict // by the values
}

// verdict is helm's answer to the question about values.
type verdict struct {
	values string
	session.Verdict
}

// askHelm asks about the values shown, unless an answer is known or on its way.
func (m *Model) askHelm() tea.Cmd {
	if m.helm.ask == nil || m.helm.asking || m.plan == nil {
		return nil
	}
	for _, env := range m.ordered() {
		values := string(env.Values)
		if _, known := m.helm.verdict[values]; known || values == "" || env.Overlay { // helm would need both files
			continue
		}
		m.helm.asking = true
		ask := m.helm.ask
		return func() tea.Msg { return verdict{values, ask([]byte(values))} }
	}
	return nil
}

// hear keeps a verdict, and forgets those of values that are no more.
func (m *Model) hear(v verdict) {
	m.helm.asking = false
	kept := map[string]session.Verdict{v.values: v.Verdict}
	for _, env := range m.plan.Environments {
		if known, ok := m.helm.verdict[string(env.Values)]; ok {
			kept[string(env.Values)] = known
		}
	}
	m.helm.verdict = kept
}

// helmSays is the verdict on an environment as one line, and what it differs in; nothing where helm is not asked.
func (m *Model) helmSays(env *plan.Environment, width int) []string {
	if m.helm.ask == nil || len(env.Values) == 0 || env.Overlay {
		return nil
	}
	v, known := m.helm.verdict[string(env.Values)]
	g := m.options.Glyphs
	switch {
	case !known:
		return []string{m.style.dim.Render(g.Dot + " asking helm" + g.More)}
	case v.Failed != "":
		return m.mark(m.style.warn, g.Warn, v.Program+": "+v.Failed, width)
	case len(v.Differs) > 0:
		out := m.mark(m.style.bad, g.Bad, v.Program+" renders something else", width)
		for _, line := range v.Differs {
			out = append(out, indent(wrap(line, width-4), 4)...)
		}
		return out
	}
	return []string{m.style.good.Render(g.Done) + " " + v.Program + " agrees"}
}

// helmMark is the verdict in a word or two, for narrow screens.
func (m *Model) helmMark(env *plan.Environment) string {
	v, known := m.helm.verdict[string(env.Values)]
	switch {
	case m.helm.ask == nil || !known:
		return ""
	case v.Failed != "":
		return " helm could not say "
	case len(v.Differs) > 0:
		return " helm differs "
	}
	return " helm agrees "
}

// helmProblems are the verdicts that are none to be proud of.
func (m *Model) helmProblems() model.Problems {
	var out model.Problems
	for _, env := range m.plan.Environments {
		out = append(out, m.helm.verdict[string(env.Values)].Problems(env)...)
	}
	return out
}
