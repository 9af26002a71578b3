// Package answers holds what a person decided: a flat list of paths and values, the file that users keep in git. It
// knows the shape of that file and how environments and components lie over each other, never what a value means, and
// it never holds a password.
package answers

import (
	"maps"
	"slices"
	"strings"
)

// Version is the version of the answers file that this program reads and writes.
const Version = "1"

// Answers maps paths such as "registry.provider", "components.server.tag" or "environments.dev.tag" to values. A path
// that is absent was not answered.
type Answers struct {
	values       map[string]string
	environments []string
	lines        map[string]int
}

// New has no answers.
func New() *Answers { return &Answers{values: map[string]string{}} }

// Clone is an independent copy.
func (a *Answers) Clone() *Answers {
	return &Answers{maps.Clone(a.values), slices.Clone(a.environments), a.lines}
}

// Get is the answer at path, or "".
func (a *Answers) Get(path string) string { return a.values[path] }

// Has tells whether path was answered, with "" too.
func (a *Answers) Has(path string) bool { _, ok := a.values[path]; return ok }

// Set answers path. An environment named in it comes to be; SetEnvironments alone takes one away.
func (a *Answers) Set(path, value string) {
	if path == "environments" {
		a.SetEnvironments(SplitNames(value))
		return
	}
	if env, _ := Split(path); env != "" {
		a.addEnvironment(env)
	}
	a.values[path] = value
}

func (a *Answers) addEnvironment(name string) {
	if !slices.Contains(a.environments, name) {
		a.environments = append(a.environments, name)
	}
}

// Unset takes the answer at path away.
func (a *Answers) Unset(path string) { delete(a.values, path) }

// Paths are the answered paths, sorted.
func (a *Answers) Paths() []string { return slices.Sorted(maps.Keys(a.values)) }

// Line is where path stands in the file that the answers were read from; 0 is nowhere.
func (a *Answers) Line(path string) int { return a.lines[path] }

// Environments are the names of the environments in the order they were given; none means one unnamed set of files.
func (a *Answers) Environments() []string { return a.environments }

// SetEnvironments keeps just these environments. Answers of a removed one stay, unused, in case it comes back.
func (a *Answers) SetEnvironments(names []string) { a.environments = names }

// SplitNames reads a list of names as people type it: apart by commas or blanks.
func SplitNames(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}

// Split takes path apart into the environment it is for, "" for all, and the rest.
func Split(path string) (env, rest string) {
	after, ok := strings.CutPrefix(path, "environments.")
	if !ok {
		return "", path
	}
	env, rest, _ = strings.Cut(after, ".")
	return env, rest
}

// SplitComponent takes a path without environment apart into the component it is for, "" for both, and the rest.
func SplitComponent(path string) (component, rest string) {
	after, ok := strings.CutPrefix(path, "components.")
	if !ok {
		return "", path
	}
	component, rest, _ = strings.Cut(after, ".")
	return component, rest
}
