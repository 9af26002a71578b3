package diagnose

import (
	"bytes"
	_ "embed" // the table
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model"
)

// table is the content of causes.yaml, which explains the fields.
type table struct {
	Refusals   []string `yaml:"refusals"`
	Unanswered []struct {
		Kind  string `yaml:"kind"` // of objects, as Asked.Refused names it
		Means string `yaml:"means"`
	} `yaml:"unanswered"`
	Causes []Cause `yaml:"causes"`
}

// Cause is one reason why a pod does not run.
type Cause struct {
	ID       string         `yaml:"id"`       // stable, such as pull-secret-missing
	Severity model.Severity `yaml:"severity"` // a warning is not about images
	Signs    []string       `yaml:"signs"`
	Summary  string         `yaml:"summary"`
	Why      string         `yaml:"why"`
	Steps    []Step         `yaml:"steps"` // in the order to try
}

// Step is one thing to do.
type Step struct {
	What    string `yaml:"do"`
	Command string `yaml:"run"` // a line for the shell, if one line does it
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
	d := yaml.NewDecoder(bytes.NewReader(causesFile))
	d.KnownFields(true)
	if err := d.Decode(&t); err != nil {
		return table{}, fmt.Errorf("causes.yaml: %w", err)
	}
	return t, nil
})

// find returns the index of the cause with that id; -1 for an unknown id.
func (t table) find(id string) int {
	return slices.IndexFunc(t.Causes, func(c Cause) bool { return c.ID == id })
}

// Results of classify that need a closer look.
const (
	denied   = "denied"          // the registry refused: the pull secrets decide
	unknown  = "pull-failed"     // no sign matches
	notFound = "image-not-found" // any other sign comes before it: a refusal may say "not found" too
)

// classify returns the id of the cause whose sign is in the message; denied for a refusal, unknown without a sign.
func (t table) classify(said Message) string {
	text := strings.ToLower(string(said))
	has := func(sign string) bool { return strings.Contains(text, sign) }
	result := unknown
	for _, c := range t.Causes {
		if slices.ContainsFunc(c.Signs, has) {
			if c.ID != notFound {
				return c.ID
			}
			result = notFound
		}
	}
	if slices.ContainsFunc(t.Refusals, has) {
		return denied
	}
	return result
}
