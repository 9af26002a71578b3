// Package registry knows container registries as data: which questions lead to an image name, how the pull secret's
// login comes about, and what goes wrong. A Preset holds all that is known of one registry; no provider is named in
// code. The package never asks a registry, reads a file or holds a password.
package registry

import "conductor-registry/model"

// Entry is what a list shows of a preset. It is small, so that lists come up before the rest is read.
type Entry struct {
	ID       string   // what answers files name, such as acr
	Title    string   // "Azure Container Registry"
	Summary  string   // the form of its image names: "NAME.azurecr.io"
	Keywords []string // other words to find it by, lower case
}

// Preset is one registry service in full.
type Preset struct {
	Entry       `yaml:"-"`
	Fields      []Field      // the questions, in order; those with an Advanced mark are passed by
	Hosts       []HostRule   // the hosts that are recognised as this registry's
	Domains     []string     // its own domains: a host below or nearly below one must fit Hosts
	AnyHost     bool         `yaml:"anyHost"`  // the field host also takes hosts that Hosts does not know
	DropPath    *Pattern     `yaml:"dropPath"` // the start of a pasted path that is no part of image names
	Forms       []Form       // how host and path come from the fields; the first that applies
	AuthKey     string       `yaml:"authKey"`     // the key under auths, a template; "" is "{host}"
	ImpliedHost bool         `yaml:"impliedHost"` // an image name without a host means this registry
	Repository  Repository   // the image path below host and path
	Login       Login        // how a pull secret is made
	Secretless  []Secretless // how to pull without a secret
	SecretName  string       `yaml:"secretName"` // the default name of the pull secret
	ImageCheck  []string     `yaml:"imageCheck"` // commands that show whether an image exists; templates
	Notes       []Note       // what is worth knowing
	Examples    []Example    // fields and what they must give
	Refused     []Refusal    // answers that must be refused, and why
}

// HostRule recognises a host of the registry. Named groups of the pattern, and Fields, say what that host answers.
type HostRule struct {
	Pattern *Pattern
	Fields  map[string]string
	Keep    bool // the host can't be made again from those fields, so it stays an answer itself
}

// Form makes host and path from the fields. Both are templates.
type Form struct {
	When When
	Host string
	Path string
}

// Repository says what an image path looks like below the registry.
type Repository struct {
	Default string   // a template with {component}
	Pattern *Pattern // the registry's own rule, beside the grammar of image names
	Hint    string   // what to say when it is broken
	Traps   []Trap
}

// Login says where the pull secret's user name and password come from.
type Login struct {
	Title           string       // what the login is to, if the preset's title does not say it
	None            bool         // nothing here needs a login
	Anonymous       bool         // public images need none
	Username        string       // the same for everybody, such as AWS; "" is asked for
	UsernameHelp    string       `yaml:"usernameHelp"`
	UsernameExample string       `yaml:"usernameExample"`
	Password        Password     //
	Credentials     []Credential // the kinds of login that there are, the best for a pull secret first
	Generator       Generator    // how External Secrets makes a login by itself; without a kind it can't
	Lifetime        string       // how long the password works, as people say it
	Expires         bool         // so short that a secret made once soon stops working
}

// Generator is what External Secrets makes a login with (external-secrets.io, "Generators").
type Generator struct {
	Kind    string   // of generators.external-secrets.io/v1alpha1
	Spec    []Piece  // its spec as YAML; what the reader fills in stands there in capitals
	Auth    string   // a template of External Secrets, of the entry's "auth"; "" joins .username and .password
	Minutes int      // between two logins
	Lives   int      // minutes that a login works
	Needs   []string // what must be there for it to work
}

// Piece is some lines of a text, for some fields. Its text is a template.
type Piece struct {
	Text string
	When When
}

// Password says where the password comes from, never what it is.
type Password struct {
	From    string // prompt, keyfile or command
	Command string // a template; prints the password
	Encode  string // base64: the key file goes in as one line of base64
	Help    string // what to type
}

// Credential is one kind of login: how to get it, and how long it lives.
type Credential struct {
	What     string   // what people call it: "service principal"
	How      string   // what to do, and what it must be allowed
	Lifetime string   // as people say it
	Commands []string // commands that make one, or a page where it is made; templates
}

// Secretless is a way to pull without a secret.
type Secretless struct {
	Where      string   // on which clusters, such as EKS
	How        string   //
	Commands   []string // that set it up; templates
	Check      []string // that show whether it works; templates
	Conditions []string // what must hold, and where it does not work
	When       When     // the fields for which it can work at all
	Better     bool     // better than a secret wherever it can be had
}

// SecretlessFor are the ways that can work for fields, in order.
func (p *Preset) SecretlessFor(fields map[string]string) []Secretless {
	var out []Secretless
	all := p.complete(fields)
	for _, s := range p.Secretless {
		if s.When.Holds(all) {
			out = append(out, s)
		}
	}
	return out
}

// Better is the first way without a secret, if it is better than one for fields.
func (p *Preset) Better(fields map[string]string) (Secretless, bool) {
	ways := p.SecretlessFor(fields)
	if len(ways) == 0 || !ways[0].Better {
		return Secretless{}, false
	}
	return ways[0], true
}

// Note is something worth knowing before it hurts.
type Note struct {
	Text     string
	When     When
	Severity model.Severity // warning or info
}

// NotesFor are the notes that apply to fields.
func (p *Preset) NotesFor(fields map[string]string) []Note {
	var out []Note
	for _, n := range p.Notes {
		if n.When.Holds(fields) {
			out = append(out, n)
		}
	}
	return out
}

// Example is fields and what they must give. Tests check each.
type Example struct {
	Fields          map[string]string
	Repository, Tag string
	Registry        string // host[/path]
	Image           string
	AuthKey         string `yaml:"authKey"`
}

// Refusal is an answer that must be refused. Tests check each.
type Refusal struct {
	Field      string            // its id
	Value      string            // the answer
	With       map[string]string // the other fields
	Repository string            // instead of a field: an image path
	Says       string            // words that the message must hold
}
