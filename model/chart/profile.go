// Package chart says what a version of the Orkes Conductor chart makes of a values file: the image, pull policy and
// pull secrets of each component's pod, the key that decided each, and the chart's refusal.
//
// A chart version is a Profile, which is data; the code below knows Helm's rules (how values merge, how templates
// print, how YAML types what they print) and no key of any chart. It never runs Helm, and reads no files, network or
// environment.
package chart

import "slices"

// Profile is one chart version as data.
type Profile struct {
	ID         string       `yaml:"id"`         // what people write: "2.8"
	Title      string       `yaml:"title"`      // for choice lists
	Summary    string       `yaml:"summary"`    // one line more
	Name       string       `yaml:"name"`       // the chart's name: orkes-conductor
	Version    string       `yaml:"version"`    // 2.8.0, the newest release that the profile is for
	AppVersion string       `yaml:"appVersion"` // 5.2.42: the last resort for tags
	Releases   Releases     `yaml:"releases"`   // all releases that the profile is for; empty: Version only
	Refused    Releases     `yaml:"refused"`    // releases that can't be used, and why
	Components []Component  `yaml:"components"` // in the order they are shown
	Pulls      []PullSecret `yaml:"pullSecrets"`
	Secrets    []Secret     `yaml:"secrets"`
	Install    Install      `yaml:"install"`  // what helm needs to be told beside the values
	Patterns   []Option     `yaml:"patterns"` // the ways to write a registry, the recommended one first
	Methods    []Option     `yaml:"methods"`  // the ways to name a pull secret, the recommended one first
	Settings   []Setting    `yaml:"settings"` // what to write, in the order of the file

	Defaults map[string]any `yaml:"defaults"` // the chart's own values, as far as anything here reads or types them
	Keys     []string       `yaml:"keys"`     // all keys of the tables that images are set in, and of the top
	Schema   Schema         `yaml:"schema"`
	Steps    []Step         `yaml:"steps"` // what the templates do and that can fail, in Helm's order
	Logins   []Login        `yaml:"logins"`
	Traps    []Trap         `yaml:"traps"`
	Advice   []Trap         `yaml:"advice"` // reported by lint only: about an installation, not what the values give the pods
}

// Component is one program of the chart, and where its pod's image and policy come from.
type Component struct {
	Name       string `yaml:"name"`
	Registry   Chain  `yaml:"registry"` // empty: the chart knows no registry apart from the repository
	Repository Chain  `yaml:"repository"`
	Tag        Chain  `yaml:"tag"`
	PullPolicy Chain  `yaml:"pullPolicy"`
	Pod        Pod    `yaml:"pod"`
}

// Pod tells a component's pod from the others of a rendered chart: by the name of its container, or by how its own name
// ends. Without either it is the pod that is left when the others are found.
type Pod struct {
	Container string `yaml:"container"`
	Suffix    string `yaml:"suffix"`
}

// Chain is a pipeline of the template function default: the first value that is not empty wins. If none is, Else is
// taken, or without Else the last value as it is, even empty (https://masterminds.github.io/sprig/defaults.html).
type Chain struct {
	Paths []string `yaml:"paths"`
	Else  string   `yaml:"else"` // a literal, or Chart.AppVersion
	Text  bool     `yaml:"text"` // the template wants text: a number that is not empty is a template error
	Tpl   bool     `yaml:"tpl"`  // the text is run as a template itself before it is looked at
}

// PullSecret is a rule for imagePullSecrets: when its condition holds, pods name the value of Path, or Literal. Only
// the first rule that holds counts, so a later one's keys are not even read.
type PullSecret struct {
	When    []Condition `yaml:"when"`
	Path    string      `yaml:"path"`
	Literal string      `yaml:"literal"`
}

// Secret is a pull secret that the chart itself makes, of type kubernetes.io/dockerconfigjson.
type Secret struct {
	When    []Condition `yaml:"when"`
	Path    string      `yaml:"path"` // where its name is, or Literal
	Literal string      `yaml:"literal"`
}

// Trap is a key that people write and this chart does not read. It is sprung when the values have one of the Paths with
// something in it, and When holds while Unless does not; without Paths the conditions are all. In its texts {path}
// stands for the key.
type Trap struct {
	Paths    []string    `yaml:"paths"`
	When     []Condition `yaml:"when"`
	Unless   []Condition `yaml:"unless"`
	Rule     string      `yaml:"rule"`
	Severity string      `yaml:"severity"`
	Summary  string      `yaml:"summary"`
	Why      string      `yaml:"why"`
	Fix      string      `yaml:"fix"`
	Secret   string      `yaml:"secret"` // the key that does name a pull secret, where a Path names one in vain
	Drop     bool        `yaml:"drop"`   // the key can go, since nothing would change without it
}

// Install is what an installation needs beside the image and secret values to come up.
type Install struct {
	Chart  string        `yaml:"chart"`  // what helm is told to install; {version} is the release
	Get    string        `yaml:"get"`    // a line for the shell that brings Chart here; "" where helm finds it
	Path   string        `yaml:"-"`      // the folder or archive of a chart at hand, which helm is told instead
	Note   string        `yaml:"note"`   // one sentence; "" is the usual case
	Unless string        `yaml:"unless"` // the key that makes the note needless; "" is none
	Files  []InstallFile `yaml:"files"`  // values that the chart requires and that come from files of their own
}

// InstallFile is a file that helm must be given with --set-file.
type InstallFile struct {
	Path string `yaml:"path"` // the value it becomes, such as conductor.properties
	Name string `yaml:"name"` // what it is called in the commands
	What string `yaml:"what"` // what is in it
}

// Option is a way of writing values that a person can choose.
type Option struct {
	ID          string `yaml:"id"`
	Title       string `yaml:"title"`
	Summary     string `yaml:"summary"`     // its trade-off
	Note        string `yaml:"note"`        // what to know once it is chosen
	Missing     string `yaml:"missing"`     // why this chart cannot do it; empty when it can
	As          string `yaml:"as"`          // of a missing one: the option that gives the pods the same, if there is one
	OneRegistry bool   `yaml:"oneRegistry"` // holds the login of one registry only
	Script      string `yaml:"script"`      // what makes the secret: kubectl, or a values fragment by name; "" nothing
}

// Setting is one key to write. It is written when the pattern and the method are among those listed (an empty list is
// all of them) and the fact that Value names is known.
type Setting struct {
	Path     string   `yaml:"path"`
	Value    string   `yaml:"value"`   // a fact of the plan: tag, server.repository, secret.name
	Literal  any      `yaml:"literal"` // instead of Value, such as true
	As       string   `yaml:"as"`      // empty: a scalar; nameList: a list of one map, name: "x"
	Patterns []string `yaml:"patterns"`
	Methods  []string `yaml:"methods"`
	Comment  string   `yaml:"comment"` // without the hash
}

// Applies tells whether the setting belongs to a pattern and a pull-secret method.
func (s Setting) Applies(pattern, method string) bool {
	return (len(s.Patterns) == 0 || slices.Contains(s.Patterns, pattern)) &&
		(len(s.Methods) == 0 || slices.Contains(s.Methods, method))
}

// Pattern is the way of writing a registry with that id; the zero Option when there is none.
func (p *Profile) Pattern(id string) Option { return option(p.Patterns, id) }

// Method is the way of naming a pull secret with that id; the zero Option when there is none.
func (p *Profile) Method(id string) Option { return option(p.Methods, id) }

func option(options []Option, id string) Option {
	for _, o := range options {
		if o.ID == id {
			return o
		}
	}
	return Option{}
}

// Chosen is the pattern that is written for the one with that id: itself, or what stands in for it where the chart has
// no keys for it.
func (p *Profile) Chosen(id string) string {
	if as := p.Pattern(id).As; as != "" {
		return as
	}
	return id
}

// WritesIn tells whether a pattern writes a fact of the plan, such as registry; "" stands for any pattern.
func (p *Profile) WritesIn(fact, pattern string) bool {
	return slices.ContainsFunc(p.Settings, func(s Setting) bool {
		return s.Value == fact && (len(s.Patterns) == 0 || pattern == "" || slices.Contains(s.Patterns, pattern))
	})
}

// Writes tells whether a pull-secret method writes a fact of the plan, such as secret.name, into the values: a fact
// that is never written need not be asked for.
func (p *Profile) Writes(fact, method string) bool {
	return slices.ContainsFunc(p.Settings, func(s Setting) bool {
		return s.Value == fact && (len(s.Methods) == 0 || slices.Contains(s.Methods, method))
	})
}
