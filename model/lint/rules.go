package lint

import (
	_ "embed" // rules.yaml
	"slices"
	"sync"

	"conductor-registry/model"
)

// Rule is one kind of mistake and its words. lint, its documentation, SARIF and the tests are made from the table of
// rules: to add one, add an entry to rules.yaml, a check that reports it, and testdata/ID/bad.yaml and good.yaml.
type Rule struct {
	ID       string         `yaml:"id" required:"true"`                                 // stable, such as moving-tag
	Severity model.Severity `yaml:"severity" required:"true" enum:"error warning info"` // unless a profile has another
	Title    string         `yaml:"title" required:"true"`                              // the mistake, for lists of rules

	// Summary of a finding; {name} stands for a fact. Left out where the check or the profile has the words.
	Summary string `yaml:"summary"`

	Why     string `yaml:"why" required:"true"` // what it leads to; a finding may be more exact
	Fix     string `yaml:"fix" required:"true"` // what to do; a finding may be more exact
	Fixable bool   `yaml:"fixable"`             // lint --fix does it where there is one right answer
	Effect  bool   `yaml:"effect"`              // another mistake leads to it, which is reported instead
}

//go:embed rules.yaml
var rulesFile []byte

// table decodes rules.yaml when the first finding needs it.
var table = sync.OnceValues(func() ([]Rule, error) {
	file := struct {
		Rules []Rule `yaml:"rules"`
	}{}
	err := model.DecodeFile("rules.yaml", rulesFile, &file)
	return file.Rules, err
})

// Rules returns the table. Findings of one line come in its order.
func Rules() []Rule {
	rules, _ := table() // TestTheTable
	return rules
}

// Find returns the rule with that id.
func Find(id string) (Rule, bool) {
	if i := order(id); i >= 0 {
		return Rules()[i], true
	}
	return Rule{ID: id}, false
}

// order returns the position of a rule in the table; -1 if it is not there.
func order(id string) int {
	return slices.IndexFunc(Rules(), func(r Rule) bool { return r.ID == id })
}

// resolvedChecks need only what values resolve to.
func resolvedChecks() []func(*checker) {
	return []func(*checker){
		(*checker).reportTraps, (*checker).reportShadowed, (*checker).reportTemplates, (*checker).checkImages,
		(*checker).checkPolicies, (*checker).checkSecretNames, (*checker).checkDuplicateSecrets,
		(*checker).checkPlaceholders, (*checker).checkDocuments, (*checker).checkDirectives, (*checker).checkUnreadValues,
	}
}

// fileChecks look at the files too.
func fileChecks() []func(*checker) {
	return []func(*checker){
		(*checker).checkDuplicateKeys, (*checker).checkRefusal, (*checker).checkMisspelledKeys,
		(*checker).checkUnreadKeys,
		(*checker).checkUnquotedTags, (*checker).checkDigests, (*checker).checkMutableTags, (*checker).checkSpelling,
		(*checker).checkHosts, (*checker).checkRegistries, (*checker).checkHeldLogins, (*checker).checkLogins,
		(*checker).checkPullSecret, (*checker).checkIgnores,
	}
}
