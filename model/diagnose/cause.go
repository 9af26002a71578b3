package diagnose

import (
	"cmp"
	_ "embed" // the table
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model"
)

// table is the content of causes.yaml, which explains the fields.
type table struct {
	Unanswered []struct {
		Kind  string `yaml:"kind"` // of objects, as Asked.Refused names it
		Means string `yaml:"means"`
	} `yaml:"unanswered"`
	Statuses map[int]string `yaml:"statuses"` // of HTTP, their texts in lower case
	Causes   []Cause        `yaml:"causes"`
}

// Cause is one reason why a pod does not run.
type Cause struct {
	ID       string         `yaml:"id" required:"true"` // stable, such as pull-secret-missing
	Rule     string         `yaml:"rule"`               // the published id; "" is ID
	Severity model.Severity `yaml:"severity" required:"true"`
	Match    []Match        `yaml:"match"`
	Summary  string         `yaml:"summary" required:"true"`
	Why      sentences      `yaml:"why" required:"true"`
	Steps    []Step         `yaml:"steps"` // in the order to try
}

// Step is one thing to do.
type Step struct {
	What    string `yaml:"do"`
	Command string `yaml:"run"` // a line for the shell, if one line does it
}

// Match is one set of conditions on a failed pull, which must all hold.
type Match struct {
	Reason []string  `yaml:"reason"`
	From   []string  `yaml:"from"`
	During []string  `yaml:"during"`
	Status []string  `yaml:"status"`
	Says   []string  `yaml:"says"`
	Like   []pattern `yaml:"like"`
}

// sentences are one text or several.
type sentences []string

// UnmarshalYAML reads a text or a list of texts.
func (s *sentences) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*s = sentences{n.Value}
		return nil
	}
	return n.Decode((*[]string)(s))
}

// pattern is a regular expression.
type pattern struct{ *regexp.Regexp }

// UnmarshalYAML compiles the expression.
func (p *pattern) UnmarshalYAML(n *yaml.Node) (err error) {
	p.Regexp, err = regexp.Compile(n.Value)
	return err
}

//go:embed causes.yaml
var causesFile []byte

// Causes returns the causes in the order in which to look at them. The error names a mistake in causes.yaml.
func Causes() ([]Cause, error) {
	t, err := decoded()
	return t.Causes, err
}

var decoded = sync.OnceValues(func() (table, error) {
	var t table
	err := model.DecodeFile("causes.yaml", causesFile, &t)
	return t, err
})

// find returns the index of the cause with that id; -1 for an unknown one.
func (t table) find(id string) int {
	return slices.IndexFunc(t.Causes, func(c Cause) bool { return c.ID == id })
}

func (t table) cause(id string) Cause { return t.Causes[t.find(id)] }

func (c Cause) rule() string { return cmp.Or(c.Rule, c.ID) }

const (
	unknownCause  = "pull-failed"           // nothing matches
	refusedRule   = "pull-secret-refused"   // the registry refuses: the pull secrets decide why
	malformedRule = "pull-secret-malformed" // the kubelet cannot read a pull secret
	notFoundID    = "image-not-found"
	diskFullID    = "node-disk-full"
)

// classify returns the id of the first cause that matches a failed pull.
func (t table) classify(f failure) string {
	for _, c := range t.Causes {
		if slices.ContainsFunc(c.Match, f.matches) {
			return c.ID
		}
	}
	return unknownCause
}

// matches reports whether all conditions hold.
func (f *failure) matches(m Match) bool {
	return isAny(m.Reason, func(reason string) bool { return reason == f.reason }) &&
		isAny(m.From, func(from string) bool { return from == string(f.from) }) &&
		isAny(m.During, func(during string) bool { return during == string(f.during) }) &&
		isAny(m.Status, f.hasStatus) &&
		isAny(m.Says, func(sign string) bool { return strings.Contains(f.words, sign) }) &&
		isAny(m.Like, func(p pattern) bool { return p.MatchString(f.words) })
}

// isAny reports whether one of the values of a condition holds; a condition without values does.
func isAny[T any](values []T, holds func(T) bool) bool {
	return len(values) == 0 || slices.ContainsFunc(values, holds)
}

// hasStatus reports whether the status is this one: 403, or one of 4xx.
func (f *failure) hasStatus(status string) bool {
	if class, isClass := strings.CutSuffix(status, "xx"); isClass {
		return fmt.Sprint(f.status/100) == class
	}
	return strconv.Itoa(f.status) == status
}
