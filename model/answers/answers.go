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
	layers       map[string]map[string]string // by environment, "" for all: what is said of it, by the rest of the path
	environments []string
	lines        map[string]int
}

// New has no answers.
func New() *Answers { return &Answers{layers: map[string]map[string]string{"": {}}} }

// Clone is an independent copy.
func (a *Answers) Clone() *Answers {
	out := &Answers{map[string]map[string]string{}, slices.Clone(a.environments), maps.Clone(a.lines)}
	for env, layer := range a.layers {
		out.layers[env] = maps.Clone(layer)
	}
	return out
}

// Get is the answer at path, or "".
func (a *Answers) Get(path string) string {
	env, rest := Split(path)
	return a.layers[env][rest]
}

// Has tells whether path was answered, with "" too.
func (a *Answers) Has(path string) bool {
	env, rest := Split(path)
	_, ok := a.layers[env][rest]
	return ok
}

// Set answers path. An environment named in it comes to be; SetEnvironments alone takes one away.
func (a *Answers) Set(path, value string) {
	if path == "environments" {
		a.SetEnvironments(SplitNames(value))
		return
	}
	env, rest := Split(path)
	if env != "" {
		a.addEnvironment(env)
	}
	delete(a.lines, path) // it is no longer what the file says
	if a.layers[env] == nil {
		a.layers[env] = map[string]string{}
	}
	a.layers[env][rest] = value
}

func (a *Answers) addEnvironment(name string) {
	if a.layers[name] == nil {
		a.layers[name] = map[string]string{}
	}
	if !slices.Contains(a.environments, name) {
		a.environments = append(a.environments, name)
	}
}

// Unset takes the answer at path away.
func (a *Answers) Unset(path string) {
	env, rest := Split(path)
	delete(a.layers[env], rest)
}

// Paths are the answered paths, sorted; those of environments that were taken away are not among them.
func (a *Answers) Paths() []string {
	paths := slices.Collect(maps.Keys(a.layers[""]))
	for _, env := range a.environments {
		for rest := range a.layers[env] {
			paths = append(paths, "environments."+env+"."+rest)
		}
	}
	slices.Sort(paths)
	return paths
}

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
