package lint

import (
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/values"
)

// Rule is one kind of mistake: an entry of the table that lint, its documentation and its tests are made from.
type Rule struct {
	ID       string         // stable, such as moving-tag
	Severity model.Severity // of its findings, unless one says otherwise
	Title    string         // what is wrong, one sentence
	Why      string         // what it leads to
	Fix      string         // how to mend it
	Mends    bool           // --fix can, wherever there is one right answer

	find func(*subject)                                // looks for it; nil where the profile or another rule does
	mend func(*subject, model.Problem) []values.Change // of what the profile finds; nil for by hand
}

// Rules is the table.
func Rules() []Rule {
	return slices.Concat(fileRules(), keyRules(), tagRules(), imageRules(), loginRules(), secretRules())
}

// Find is the rule with that id.
func Find(id string) (Rule, bool) {
	all := Rules()
	i := slices.IndexFunc(all, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{ID: id}, false
	}
	return all[i], true
}

// isConsequence tells the rules that only say what another finding leads to.
func isConsequence(rule string) bool { return rule == "image-unparsable" || rule == "chart-refuses" }
