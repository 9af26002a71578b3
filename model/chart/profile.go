// Package chart returns what a version of the Orkes Conductor chart makes of a values file: the image, pull policy and
// pull secrets of each component's pod, the key that decided each, and the error when Helm refuses the values.
//
// A chart version is a Profile, which is data. The code knows Helm's rules (how values merge, how templates print, how
// YAML types what they print) and no key of any chart. It never runs Helm, and reads no files, network or environment.
package chart

import "conductor-registry/model"

// Profile is one chart version as data. DecodeProfile reads it from a file.
type Profile struct {
	Entry      `yaml:",inline"`
	Name       string         `yaml:"name" required:"true" doc:"the chart's name, such as orkes-conductor"`
	Version    string         `yaml:"version" required:"true" doc:"the newest release that the profile is for"`
	AppVersion string         `yaml:"appVersion" doc:"of that release; the tag where values set none"`
	Releases   Releases       `yaml:"releases" doc:"all releases that the profile is for, with their appVersion"`
	Refused    Releases       `yaml:"refused" doc:"releases that cannot be used, with the reason"`
	Components []Component    `yaml:"components" required:"true" doc:"the programs of the chart, in the order shown"`
	Pulls      []PullSecret   `yaml:"pullSecrets" doc:"what pods name as pull secret: the first entry that holds"`
	Secrets    []Secret       `yaml:"secrets" doc:"the pull secrets that the chart creates"`
	Source     Source         `yaml:"source" doc:"where the images that the chart names by default come from"`
	Install    Install        `yaml:"install" doc:"what an installation needs beside the values"`
	Patterns   []Option       `yaml:"patterns" doc:"where values.yaml can put the registry, the recommended one first"`
	Methods    []Option       `yaml:"methods" doc:"how values can name a pull secret, the recommended one first"`
	Settings   []Setting      `yaml:"settings" doc:"the keys to write, in the order of the file"`
	Defaults   map[string]any `yaml:"defaults" doc:"of the chart's values.yaml: what is read or typed here"`
	Keys       []string       `yaml:"keys" doc:"all top-level keys, and all keys of the mappings that set images"`
	Schema     Schema         `yaml:"schema" doc:"the rules of the chart's values.schema.json"`
	Steps      []Step         `yaml:"steps" doc:"what the templates do and that can fail, in Helm's order"`
	Shapes     Shapes         `yaml:"shapes" doc:"what the templates range over: paths by type, mapping or list"`
	Logins     []Login        `yaml:"logins" doc:"where values hold registry credentials"`
	Traps      []Trap         `yaml:"traps" doc:"keys that people set and this chart does not read"`
	Advice     []Trap         `yaml:"advice" doc:"what lint reports of an installation beside its images"`

	ValuesSchemaURL string `yaml:"-"` // the web address of ValuesSchema, or "" when it is not published
}

// DecodeProfile decodes a profile file, built in or the user's own. The error names the file and line of each mistake.
func DecodeProfile(name string, data []byte) (*Profile, error) {
	p := new(Profile)
	if err := model.DecodeFile(name, data, p); err != nil {
		return nil, err
	}
	return p, nil
}

// ProfileSchema returns the JSON Schema of profile files.
func ProfileSchema() ([]byte, error) {
	return model.JSONSchema("profile", "Chart profile of conductor-registry",
		"What a version of the Orkes Conductor chart makes of a values file, as data; --profile FILE takes it.", Profile{})
}

// Source says what reading the chart's own images needs.
type Source struct {
	Username string `yaml:"username" doc:"the user name to log in with"`
	Password string `yaml:"password" doc:"what the password is and who issues it"`
}

// Component is one program of the chart, and where its pod's image and policy come from.
type Component struct {
	Name       string   `yaml:"name" required:"true" doc:"such as server"`
	Aliases    []string `yaml:"aliases" doc:"other names that people write for it in keys, such as conductor"`
	Registry   Chain    `yaml:"registry" doc:"left out where the chart reads no registry apart from the repository"`
	Repository Chain    `yaml:"repository" required:"true"`
	Tag        Chain    `yaml:"tag" required:"true"`
	PullPolicy Chain    `yaml:"pullPolicy"`
	Pod        Pod      `yaml:"pod" doc:"how to find the pod among the rendered ones; one component may leave it out"`
}

// ComponentNames returns the names of the chart's components, in their order.
func (p *Profile) ComponentNames() []string {
	return model.Map(p.Components, func(c Component) string { return c.Name })
}

// Chains returns where registry, repository, tag and pull policy come from, in this order.
func (c Component) Chains() [4]Chain {
	return [4]Chain{c.Registry, c.Repository, c.Tag, c.PullPolicy}
}

// Pod finds a component's pod among those of a rendered chart. The component without one has the pod that is left.
type Pod struct {
	Container string `yaml:"container" doc:"the name of its container"`
	Suffix    string `yaml:"suffix" doc:"how the name of the pod's owner ends"`
	Alias     string `yaml:"-"` // another name of the container: that of a subchart whose templates use .Chart.Name
}

// Chain is a pipeline of the template function default: the first value that is not empty wins. If none is, Else is
// taken, or without Else the last value as it is, even empty (https://masterminds.github.io/sprig/defaults.html).
type Chain struct {
	Paths []string `yaml:"paths" doc:"value paths, the first that is not empty wins"`
	Else  string   `yaml:"else" doc:"when all are empty: a literal, or Chart.AppVersion"`
	Text  bool     `yaml:"text" doc:"a number that is not empty is a template error"`
	Tpl   bool     `yaml:"tpl" doc:"the text is run as a template itself before it is tested"`
}

// PullSecret is a rule for imagePullSecrets. Only the first rule that holds counts, with those that stand beside it:
// later ones are not even read.
type PullSecret struct {
	When    []Condition `yaml:"when" doc:"all must hold"`
	Path    string      `yaml:"path" doc:"pods name the value of this path"`
	List    bool        `yaml:"list" doc:"the value is a list of names, or of mappings with a name"`
	Literal string      `yaml:"literal" doc:"or this name"`
	Beside  bool        `yaml:"beside" doc:"pods also name what the next rule gives"`
}

// Secret is a pull secret that the chart itself creates, of type kubernetes.io/dockerconfigjson.
type Secret struct {
	When    []Condition `yaml:"when" doc:"all must hold"`
	Path    string      `yaml:"path" doc:"the path of its name"`
	Literal string      `yaml:"literal" doc:"or its name"`
}

// Trap is a key that people set and this chart does not read. It is reported when the values set one of its Paths, and
// When holds and Unless does not; without Paths the conditions alone decide. {path} in its texts is the key.
type Trap struct {
	Paths    []string    `yaml:"paths" doc:"the keys; without any, the conditions alone decide"`
	When     []Condition `yaml:"when" doc:"all must hold"`
	Unless   []Condition `yaml:"unless" doc:"not all may hold"`
	Rule     string      `yaml:"rule" required:"true" doc:"the id of the lint rule"`
	Severity string      `yaml:"severity" required:"true" enum:"error warning info"`
	Summary  string      `yaml:"summary" required:"true" doc:"what is wrong; {path} is the key"`
	Why      string      `yaml:"why" required:"true" doc:"what it leads to; {path} is the key"`
	Fix      string      `yaml:"fix" required:"true" doc:"what to do; {path} is the key"`
	Secret   string      `yaml:"secret" doc:"the key that does name a pull secret, where Paths name one"`
	Drop     bool        `yaml:"drop" doc:"the key can be removed: it changes nothing"`
}

// Option is a pattern or a method: one way to write values that a person can choose.
type Option struct {
	ID          string `yaml:"id" required:"true"`
	Title       string `yaml:"title" required:"true"`
	Summary     string `yaml:"summary" doc:"what speaks for it and against it"`
	Note        string `yaml:"note" doc:"what to know once it is chosen"`
	Missing     string `yaml:"missing" doc:"why this chart cannot do it; left out where it can"`
	As          string `yaml:"as" doc:"of a missing one: the option that gives the pods the same"`
	OneRegistry bool   `yaml:"oneRegistry" doc:"holds the credentials of one registry only"`
	Script      string `yaml:"script" enum:"kubectl imageCredentials customImagePullSecrets" doc:"what creates the secret"`
}

// Setting is one key to write. It is written when pattern and method are among those listed and its fact is known.
type Setting struct {
	Path     string   `yaml:"path" required:"true"`
	Value    string   `yaml:"value" doc:"a fact: registry, tag, pullPolicy, secret.name, server.repository and the like"`
	Literal  any      `yaml:"literal" doc:"a value instead of a fact, such as true"`
	As       string   `yaml:"as" enum:"nameList" doc:"a list of one mapping, name: VALUE; else a scalar"`
	Patterns []string `yaml:"patterns" doc:"the patterns that write it; without any, all"`
	Methods  []string `yaml:"methods" doc:"the methods that write it; without any, all"`
	Comment  string   `yaml:"comment" doc:"for the line above, without #"`
}
