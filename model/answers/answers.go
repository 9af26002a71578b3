// Package answers holds what a person decided: the answers file, the one list of questions that the wizard, the line
// prompts, the flags and the file's JSON schema share, and what holds for each environment and component once defaults
// and inheritance are worked out (Effective). It never asks, and no type in it can hold a password.
package answers

import (
	"maps"
	"slices"
	"strings"
)

// Version is the version of the answers file that this program reads and writes.
const Version = "1"

// PresetsLeaf is the path of the folder with registry presets of the user's own.
const PresetsLeaf = "presets"

// Answers maps paths such as "registry.provider", "components.server.tag" or "environments.dev.tag" to values. A path
// that is absent was not answered.
type Answers struct {
	values       map[Path]map[string]string // by scope, which is a Path without a leaf, then by leaf
	environments []string
	listed       map[string]bool // the environments, for lookup
	lines        map[Path]int
}

// New returns empty answers.
func New() *Answers {
	return &Answers{values: map[Path]map[string]string{}, listed: map[string]bool{}, lines: map[Path]int{}}
}

// Clone returns an independent copy.
func (a *Answers) Clone() *Answers {
	out := &Answers{map[Path]map[string]string{}, slices.Clone(a.environments), maps.Clone(a.listed), maps.Clone(a.lines)}
	for scope, values := range a.values {
		out.values[scope] = maps.Clone(values)
	}
	return out
}

// Get returns the answer at exactly this path, or "". Lookup returns the one in force.
func (a *Answers) Get(path string) string {
	p := ParsePath(path)
	return a.values[p.scope()][p.Leaf]
}

// Has reports whether this path was answered, even with "".
func (a *Answers) Has(path string) bool {
	p := ParsePath(path)
	_, ok := a.values[p.scope()][p.Leaf]
	return ok
}

// Set answers a path. It adds the environment that the path names; only SetEnvironments removes one.
func (a *Answers) Set(path, value string) {
	if path == environmentsKey {
		a.SetEnvironments(SplitNames(value))
		return
	}
	p := ParsePath(path)
	if p.Environment != "" {
		a.addEnvironment(p.Environment)
	}
	delete(a.lines, p) // the line of the file no longer applies
	if a.values[p.scope()] == nil {
		a.values[p.scope()] = map[string]string{}
	}
	a.values[p.scope()][p.Leaf] = value
}

func (a *Answers) addEnvironment(name string) {
	if !a.listed[name] {
		a.listed[name] = true
		a.environments = append(a.environments, name)
	}
}

// Unset removes the answer at a path.
func (a *Answers) Unset(path string) {
	p := ParsePath(path)
	delete(a.values[p.scope()], p.Leaf)
}

// Paths returns the answered paths, sorted, without those of removed environments.
func (a *Answers) Paths() []string {
	var paths []string
	for scope, values := range a.values {
		if scope.Environment != "" && !a.listed[scope.Environment] {
			continue
		}
		for leaf := range values {
			paths = append(paths, scope.with(leaf).String())
		}
	}
	slices.Sort(paths)
	return paths
}

// Line returns the line of a path in the answers file, or 0.
func (a *Answers) Line(path string) int { return a.lines[ParsePath(path)] }

// Environments returns the names of the environments in the order they were given. Without any there is one unnamed set
// of files.
func (a *Answers) Environments() []string { return a.environments }

// EnvironmentNames returns the environments to make files for: just "" where none is named.
func (a *Answers) EnvironmentNames() []string {
	if len(a.environments) > 0 {
		return a.environments
	}
	return []string{""}
}

// SetEnvironments replaces the list of environments. Answers of a removed one are kept, unused, in case it comes back.
func (a *Answers) SetEnvironments(names []string) {
	a.environments, a.listed = names, map[string]bool{}
	for _, name := range names {
		a.listed[name] = true
	}
}

// SplitNames splits a list of names at commas and spaces.
func SplitNames(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}
