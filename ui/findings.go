package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// linted is what lint finds in the values files of a plan that are edited.
type linted struct {
	plan            *plan.Plan
	left, corrected []session.Finding // see session.Draft.Findings
}

// withFindings returns the problems of the plan with what lint finds in the files that are edited, worked out once for
// each plan. What both report is there once; what writing corrects, and notes that no edit follows, are left out.
func (w *work) withFindings(problems model.Problems) model.Problems {
	if w.linted.plan != w.plan {
		left, corrected := w.draft.Findings(w.plan)
		w.linted = linted{w.plan, left, corrected}
	}
	all := slices.Concat(w.linted.left, w.linted.corrected)
	out := slices.DeleteFunc(problems, func(p model.Problem) bool {
		return p.File != "" && slices.ContainsFunc(all, func(f session.Finding) bool { return f.Is(p) })
	})
	for _, severity := range []model.Severity{model.Error, model.Warning, model.Info} {
		for _, f := range w.linted.left {
			isKnown := slices.ContainsFunc(problems, func(p model.Problem) bool { return p.Rule == f.Rule && p.Path == f.Question })
			if f.Severity == severity && !isKnown && (severity != model.Info || f.Fixable) {
				out = append(out, f.Problem)
			}
		}
	}
	return out
}

// problemItem returns the item of a problem that a key fixes: with an edit of the file, else with the answer to a
// question. It returns noItem for another one.
func (s scene) problemItem(p model.Problem) item {
	path := p.Path
	if p.File != "" {
		path = s.draft.QuestionOf(s.first.Profile, p.Path)
	}
	for i, f := range s.linted.left {
		if f.Is(p) && f.File == p.File && f.Line == p.Line {
			if f.Fixable {
				return item{kind: problemItem, path: f.Question, fix: &s.linted.left[i]}
			}
			path = f.Question
		}
	}
	if f, err := s.field(path); err == nil && f.Page < answers.Review {
		return item{kind: problemItem, path: f.Path}
	}
	return item{}
}

// fixFinding fixes a problem of a file that is edited, or opens the question that its key is written for.
func (m *Model) fixFinding(i item) tea.Cmd {
	f := *i.fix
	switch {
	case m.work.draft.Fix(m.work.plan, f):
		m.notice = "fixed: " + m.work.known.Text(f.Fix) + "; alt+z undoes it"
		m.form.clear()
		m.work.update()
	case i.path != "":
		m.goTo(i.path)
	default:
		m.notice = "this needs a text editor: " + m.work.known.Text(f.Fix)
	}
	return m.compareAgain()
}
