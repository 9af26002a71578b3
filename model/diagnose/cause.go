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

// Cause is one reason why a pod does not run: an entry of causes.yaml, which explains the fields.
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
	Command string `yaml:"run"` // a line for the shell; "" when it is not done in one
}

// table holds the causes in their order.
type table []Cause

//go:embed causes.yaml
var causesFile []byte

// Causes returns the causes in the order in which to look at them. The error names a mistake in causes.yaml.
func Causes() ([]Cause, error) { return decoded() }

var decoded = sync.OnceValues(func() (table, error) {
	var t table
	d := yaml.NewDecoder(bytes.NewReader(causesFile))
	d.KnownFields(true)
	if err := d.Decode(&t); err != nil {
		return nil, fmt.Errorf("causes.yaml: %w", err)
	}
	return t, nil
})

// find returns the cause with that id and its place; -1 when there is none.
func (t table) find(id string) (Cause, int) {
	i := slices.IndexFunc(t, func(c Cause) bool { return c.ID == id })
	if i < 0 {
		return Cause{ID: id}, i
	}
	return t[i], i
}

// What classify says that is no cause of its own.
const (
	denied   = "denied"          // the registry refused, and the secrets tell why
	unknown  = "pull-failed"     // nothing is known of it
	notFound = "image-not-found" // which a refusal may mention: what is asked for may not be there
)

// signsOfRefusal returns what registries and runtimes print when credentials are missing or wrong, in lower case.
func signsOfRefusal() []string {
	return []string{
		"401 unauthorized", "unauthorized", "403 forbidden", "403 (forbidden)", "denied", "authentication required",
		"authorization failed", "insufficient_scope", "no basic auth credentials", "invalid username/password",
		"not authorized", "may require authorization",
	}
}

// classify returns the id of the cause whose sign is in the message; denied for a refusal, unknown without a sign.
func (t table) classify(said Message) string {
	text := strings.ToLower(string(said))
	has := func(sign string) bool { return strings.Contains(text, sign) }
	late := unknown
	for _, c := range t {
		if !slices.ContainsFunc(c.Signs, has) {
			continue
		}
		if c.ID != notFound {
			return c.ID
		}
		late = c.ID
	}
	if slices.ContainsFunc(signsOfRefusal(), has) {
		return denied
	}
	return late
}
