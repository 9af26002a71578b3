package diagnose

import (
	"slices"
	"strings"

	"conductor-registry/model"
)

// Cause is one reason why a pod does not run: an entry of the table. In its texts {name} stands for a fact of the case,
// in commands quoted for a shell; a step whose command has nothing to say is left out.
type Cause struct {
	ID       string         // stable, such as pull-secret-missing
	Severity model.Severity // a warning is not about images
	Signs    []string       // of what the container runtime says, lower case; one of them is enough
	Summary  string
	Why      string
	Steps    []Step // in the order to try
}

// Step is one thing to do.
type Step struct {
	What    string
	Command string // a line for the shell; "" when it is not done in one
}

// Causes is the table, in the order in which to look at what is wrong: what hides other causes comes first.
func Causes() []Cause {
	return slices.Concat(absences(), nameCauses(), secretCauses(), registryCauses(), others())
}

// Find is the cause with that id.
func Find(id string) (Cause, bool) {
	all := Causes()
	if i := slices.IndexFunc(all, func(c Cause) bool { return c.ID == id }); i >= 0 {
		return all[i], true
	}
	return Cause{ID: id}, false
}

// denied is not a cause but a question: the registry refused, and the secrets tell why.
const denied = "denied"

// signsOfRefusal are what registries and runtimes say when a login is missing or wrong.
func signsOfRefusal() []string {
	return []string{"401 unauthorized", "unauthorized", "403 forbidden", "403 (forbidden)", "denied", "authentication required",
		"authorization failed", "insufficient_scope", "no basic auth credentials", "invalid username/password",
		"not authorized", "may require authorization"}
}

// classify is the cause whose sign is in what was said; denied for a refusal, and pull-failed when nothing is known.
func classify(said Message) string {
	text := strings.ToLower(string(said))
	has := func(sign string) bool { return strings.Contains(text, sign) }
	late := ""
	for _, c := range Causes() {
		switch {
		case !slices.ContainsFunc(c.Signs, has):
		case c.ID == notFound: // a refusal may add that what is asked for may not be there
			late = c.ID
		default:
			return c.ID
		}
	}
	if slices.ContainsFunc(signsOfRefusal(), has) {
		return denied
	}
	if late == "" {
		return "pull-failed"
	}
	return late
}

const notFound = "image-not-found"
