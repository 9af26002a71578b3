package answers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/registry"
)

// question is one entry of the list of questions: what is the same in every place, and functions for what depends
// on the place and the answers.
type question struct {
	leaf           string
	scope          scope
	page           Page
	label          string // of one or two words; "" is not asked by the wizard
	help           string
	example        string
	flag           string                             // help of its command-line flag; "" has none
	advanced       bool                               // few need it
	perEnvironment bool                               // often differs between environments: asked for each
	componentsPage func(at place) Page                // the page for components; nil: the same page
	when           func(at place) bool                // whether it is asked; nil: always
	choices        func(at place) []Choice            // nil: free text
	fallback       func(at place) string              // the default; nil: none
	check          func(at place, value string) error // never nil
	normalise      func(value string) registry.Normalised
	adapt          func(at place, f *Field) // sets what else depends on the place; may be nil
}

// scope says where a question may be answered.
type scope struct {
	common      bool // for all components
	component   bool // for one component
	environment bool // in an environment too
}

func (s scope) allows(at Path) bool {
	return (at.Environment == "" || s.environment) && (at.Component == "" && s.common || at.Component != "" && s.component)
}

// place holds some answers, and the environment and component that questions are asked for.
type place struct {
	catalog   *Catalog
	questions []question
	answers   *Answers
	env       string // "" for all
	component string // "" for all
}

func (c *Catalog) place(a *Answers) place {
	return place{catalog: c, questions: questions(), answers: a}
}

func (at place) in(env, component string) place {
	at.env, at.component = env, component
	return at
}

// common returns the place for all components of the same environment.
func (at place) common() place { return at.in(at.env, "") }

func (at place) path(leaf string) Path { return Path{at.env, at.component, leaf} }

// text returns the answer in force, or "".
func (at place) text(leaf string) string { return at.answers.Lookup(at.path(leaf)).Text }

// value returns the answer in force, or the default.
func (at place) value(leaf string) Value {
	for _, q := range at.questions {
		if q.leaf == leaf {
			return at.valueOf(q)
		}
	}
	return at.answers.Lookup(at.path(leaf))
}

func (at place) valueOf(q question) Value {
	v := at.answers.Lookup(at.path(q.leaf))
	if v.Answered {
		return v
	}
	if q.fallback != nil {
		v.Text = q.fallback(at)
	}
	if !q.scope.common { // it belongs to each component
		v.Path = Path{Component: at.component, Leaf: q.leaf}
	}
	return v
}

func (at place) profile() *chart.Profile { return at.catalog.Profile(at.answers, at.env) }

// preset returns the registry that is in force here, or nil while it is not known.
func (at place) preset() *registry.Preset {
	p, ok := at.catalog.Registries.Preset(at.text(ProviderLeaf))
	if !ok {
		return nil
	}
	return p
}

// find returns the question for a path. Its error names the key that was probably meant.
func (at place) find(path Path) (question, place, error) {
	at = at.in(path.Environment, path.Component)
	if at.component != "" {
		components := at.profile().ComponentNames()
		if !slices.Contains(components, at.component) {
			name := componentsKey + "." + at.component
			return question{}, at, at.unknown(strings.TrimSuffix(name+"."+path.Leaf, "."),
				componentsKey+"."+strings.Join(components, ", "+componentsKey+"."))
		}
	}
	if path.IsRegistryField() {
		q, err := at.registryField(strings.TrimPrefix(path.Leaf, registryPrefix))
		return q, at, err
	}
	for _, q := range at.questions {
		if q.leaf == path.Leaf && q.scope.allows(path) {
			return q, at, nil
		}
	}
	return question{}, at, at.unknown(path.Leaf, at.suggested(path)...)
}

// suggested returns the leaves that the wizard asks for beside a path.
func (at place) suggested(path Path) []string {
	var out []string
	for _, q := range at.questions {
		if q.label != "" && q.scope.allows(path) {
			out = append(out, q.leaf)
		}
	}
	return out
}

// unknown returns the error for a path that no question has.
func (at place) unknown(word string, known ...string) error {
	if near := model.Nearest(word, known); near != "" {
		return fmt.Errorf("is not known; did you mean %s?", near)
	}
	root, _, _ := strings.Cut(word, ".")
	if near := model.Nearest(root, append(sections(), "version")); near != "" && near != root {
		return fmt.Errorf("is not known; did you mean %s?", near)
	}
	return fmt.Errorf("is not known here; known are %s", strings.Join(known, ", "))
}

// isAsked reports whether the wizard and the line prompts ask the question at a place.
func (q question) isAsked(at place) bool { return q.label != "" && (q.when == nil || q.when(at)) }

// pageFor returns the page where the question is asked for a component, or for all.
func (q question) pageFor(at place) Page {
	if at.component == "" || q.componentsPage == nil {
		return q.page
	}
	return q.componentsPage(at)
}

// validate returns what is wrong with an answer. An answer with a login in it is refused without repeating it.
func (q question) validate(at place, value string) error {
	if q.leaf != usernameLeaf && q.leaf != "tag" && image.HasLogin(value) {
		return image.ErrLogin
	}
	return q.check(at, value)
}

// defaultFor returns the default for a place, or "" where there is none or another answer decides.
func (q question) defaultFor(at place) string {
	if q.fallback == nil || at.component != "" && q.scope.common {
		return ""
	}
	return q.fallback(at)
}

// field returns the question as front ends ask it at a place.
func (q question) field(at place) Field {
	f := Field{Path: at.path(q.leaf).String(), Page: q.pageFor(at), Label: q.label, Help: q.help, Example: q.example,
		Advanced: q.advanced, Normalise: q.normalise,
		Check: func(value string) error { return q.validate(at, value) }}
	if q.choices != nil {
		f.Choices = q.choices(at)
	}
	f.Default = q.defaultFor(at)
	if q.adapt != nil {
		q.adapt(at, &f)
	}
	if at.component != "" && f.Label != "" {
		f.Label = capitalized(at.component) + " " + uncapitalized(f.Label)
		if q.scope.common && q.leaf != ProviderLeaf { // what holds for all holds for this one
			f.Inherits = at.common().valueOf(q).Text
			f.Required = f.Required && f.Inherits == ""
		}
	}
	if at.env != "" && f.Label != "" { // an answer is only needed where it differs
		f.Label += " in " + at.env
		inherited := at.text(q.leaf)
		if q.leaf == ProviderLeaf && at.component != "" && !at.answers.answered(at.path(q.leaf)) {
			inherited = "" // the same registry as the other components
		}
		f.Default, f.Inherits, f.Required = "", cmp.Or(inherited, f.Default, f.Inherits), false
	}
	return f
}

// capitalized returns the text with its first letter in upper case.
func capitalized(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// uncapitalized returns a label as it is written inside a sentence: abbreviations stay in upper case.
func uncapitalized(label string) string {
	if len(label) > 1 && label[1:2] == strings.ToUpper(label[1:2]) && label[1] != ' ' {
		return label
	}
	return strings.ToLower(label[:min(1, len(label))]) + label[min(1, len(label)):]
}
