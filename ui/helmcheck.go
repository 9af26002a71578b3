package ui

import (
	tea "charm.land/bubbletea/v2"

	"conductor-registry/model"
	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
	"conductor-registry/ui/session"
)

// helmCheck compares the preview with what the real helm renders. It runs helm once at a time, in the background, with
// the newest values, so no key waits for it.
type helmCheck struct {
	ask     func(values []byte) session.Verdict // nil when no chart is given
	asking  bool
	verdict map[string]session.Verdict // by the values
}

// verdictMsg is the verdict on values.
type verdictMsg struct {
	values string
	session.Verdict
}

// next starts helm for the first of the environments without a verdict, unless it is running.
func (h *helmCheck) next(environments []*plan.Environment) tea.Cmd {
	if h.ask == nil || h.asking {
		return nil
	}
	for _, env := range environments {
		values := string(env.Values)
		if _, known := h.verdict[values]; known || values == "" || env.Overlay { // an overlay is half of the values
			continue
		}
		h.asking = true
		ask := h.ask
		return func() tea.Msg { return verdictMsg{values, ask([]byte(values))} }
	}
	return nil
}

// onVerdict stores a verdict and removes those on values that no environment has any more.
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

// word returns the verdict in two words, for the rule below the image names; "" for none.
func (h *helmCheck) word(g Glyphs, env *plan.Environment) string {
	v, known := h.verdict[string(env.Values)]
	switch {
	case h.ask == nil || len(env.Values) == 0 || env.Overlay:
		return ""
	case !known:
		return "running helm" + g.More
	case v.Failed != "":
		return g.Warn + " helm failed"
	case len(v.Differs) > 0:
		return g.Bad + " helm differs"
	}
	return g.Done + " " + redact.Visible(v.Program) + " agrees"
}

// problems returns the warnings of all verdicts.
func (h *helmCheck) problems(environments []*plan.Environment) model.Problems {
	var out model.Problems
	for _, env := range environments {
		out = append(out, h.verdict[string(env.Values)].Problems(env)...)
	}
	return out
}
