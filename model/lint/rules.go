package lint

import (
	"slices"

	"conductor-registry/model"
)

// Rule is one kind of mistake. lint, its documentation, SARIF and the tests are made from the table of rules: to add one,
// add an entry beside its check, and testdata/ID/bad.yaml and good.yaml.
type Rule struct {
	ID       string         // stable, such as moving-tag
	Severity model.Severity // of its findings, unless a chart profile has another
	Title    string         // the mistake, for lists of rules
	Summary  string         // of a finding; {name} stands for a fact. "" where the check or the chart profile has the words
	Why      string         // what it leads to; a finding may be more exact
	Fix      string         // what to do; a finding may be more exact
	Fixable  bool           // lint --fix does it where there is one right answer
	Resolved bool           // Problems reports it too
	Effect   bool           // it only says what another mistake leads to, and is left out where that one is found

	check func(*checker) // reports the findings; nil for a file that is not YAML
}

// Rules returns the table. Findings of one line come in its order.
func Rules() []Rule {
	return slices.Concat(documentRules(), refusalRules(), trapRules(), keyRules(), tagRules(), nameRules(), hostRules(),
		policyRules(), loginRules(), secretRules(), ignoreRules())
}

// Find returns the rule with that id.
func Find(id string) (Rule, bool) {
	all := Rules()
	i := slices.IndexFunc(all, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{ID: id}, false
	}
	return all[i], true
}
