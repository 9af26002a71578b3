package plain

import (
	"slices"

	"conductor-registry/model"
	"conductor-registry/ui/session"
)

// offerFixes asks about each edit that fixes what lint finds in the values files that are edited, then says what remains
// and what writing corrects. It reports whether the user goes back.
func (d *dialog) offerFixes(delivery *session.Delivery) (back bool, err error) {
	var asked []session.Finding
	wasAsked := func(f session.Finding) bool {
		return slices.ContainsFunc(asked, func(a session.Finding) bool { return a.Is(f.Problem) && a.File == f.File })
	}
	for {
		left, corrected := d.draft.Findings(delivery.Plan)
		next := slices.IndexFunc(left, func(f session.Finding) bool { return f.Fixable && !wasAsked(f) })
		if next < 0 {
			left = slices.DeleteFunc(left, func(f session.Finding) bool { return f.Severity == model.Info || wasAsked(f) })
			d.sayFindings(delivery, left, slices.DeleteFunc(corrected, wasAsked))
			return false, nil
		}
		f := left[next]
		asked = append(asked, f)
		if back, err = d.offerFix(delivery, f); back || err != nil {
			return back, err
		}
	}
}

// offerFix says a finding and fixes it when the user agrees.
func (d *dialog) offerFix(delivery *session.Delivery, f session.Finding) (back bool, err error) {
	d.sayProblem(f.Problem)
	agreed, back, err := d.yesNo("Fix it?", true, func() { d.sayProblem(f.Problem) })
	switch {
	case err != nil || back || !agreed:
		return back, err
	case d.draft.Fix(delivery.Plan, f):
		d.say("Fixed: %s.", f.Fix)
		*delivery = session.Look(d.draft, d.options.Store, d.options.ValuesToStdout)
	default:
		d.say("This needs a text editor: %s.", f.Fix)
	}
	return false, nil
}

// sayFindings says the findings that the plan does not report, and those that writing corrects.
func (d *dialog) sayFindings(delivery *session.Delivery, left, corrected []session.Finding) {
	known := delivery.Plan.Problems()
	for _, f := range left {
		if !slices.ContainsFunc(known, f.Is) {
			d.sayProblem(f.Problem)
		}
	}
	for _, f := range corrected {
		d.say("Corrected by writing: %s%s", f.Place(), f.Summary)
	}
}
