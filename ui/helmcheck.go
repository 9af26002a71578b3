package ui

import (
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// helmCheck asks the real helm what it makes of the values. It asks one question at a time, in the background, about the
// newest values: no key waits for it.
type helmCheck struct {
	ask     func(values []byte) session.Verdict // nil when no chart is given
	asking  bool
	verdict map[string]session.Verdict // by the values
}

// verdictMsg is helm's answer about values.
type verdictMsg struct {
	values string
	session.Verdict
}

// next asks about the first of the environments without a verdict, unless a question is running.
func (h *helmCheck) next(environments []*plan.Environment) tea.Cmd {
	if h.ask == nil || h.asking {
		return nil
	}
	for _, env := range environments {
		values := string(env.Values)
		if _, known := h.verdict[values]; known || values == "" || env.Overlay { // helm would need both files
			continue
		}
		h.asking = true
		ask := h.ask
		return func() tea.Msg { return verdictMsg{values, ask([]byte(values))} }
	}
	return nil
}

// onVerdict keeps a verdict, and drops those of values that no longer exist.
func (h *helmCheck) onVerdict(v verdictMsg, environments []*plan.Environment) {
	h.asking = false
	kept := map[string]session.Verdict{v.values: v.Verdict}
	for _, env := range environments {
		if known, ok := h.verdict[string(env.Values)]; ok {
			kept[string(env.Values)] = known
		}
	}
	h.verdict = kept
}

// lines draws the verdict on an environment, and each difference; nothing without helm.
func (h *helmCheck) lines(l look, env *plan.Environment, width int) []string {
	if h.ask == nil || len(env.Values) == 0 || env.Overlay {
		return nil
	}
	v, known := h.verdict[string(env.Values)]
	g := l.glyphs
	switch {
	case !known:
		return []string{l.style.dim.Render(g.Dot + " asking helm" + g.More)}
	case v.Failed != "":
		return l.mark(l.style.warn, g.Warn, v.Program+": "+v.Failed, width)
	case len(v.Differs) > 0:
		out := l.mark(l.style.bad, g.Bad, v.Program+" renders something else", width)
		for _, line := range v.Differs {
			out = append(out, indent(wrap(line, width-4), 4)...)
		}
		return out
	}
	return []string{l.style.good.Render(g.Done) + " " + v.Program + " agrees"}
}

// word returns the verdict in a word or two, for narrow screens.
func (h *helmCheck) word(env *plan.Environment) string {
	v, known := h.verdict[string(env.Values)]
	switch {
	case h.ask == nil || !known:
		return ""
	case v.Failed != "":
		return " helm could not say "
	case len(v.Differs) > 0:
		return " helm differs "
	}
	return " helm agrees "
}

// problems returns the verdicts that are not an agreement.
func (h *helmCheck) problems(environments []*plan.Environment) model.Problems {
	var out model.Problems
	for _, env := range environments {
		out = append(out, h.verdict[string(env.Values)].Problems(env)...)
	}
	return out
}
