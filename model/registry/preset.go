// Package registry describes container registries as data: which questions lead to an image name, how the credentials
// of the pull secret are created, and common mistakes. Everything about one registry service is in its Preset; no code
// names a provider. The package never contacts a registry, reads a file or holds a password.
package registry

import "conductor-registry/model"

// Entry is what lists show of a preset.
type Entry struct {
	ID       string   `doc:"id that answers files name, such as acr" required:"true"`
	Order    int      `doc:"position in lists, low numbers first"`
	Title    string   `doc:"name of the service, at most 28 characters" required:"true"`
	Summary  string   `doc:"form of its image names, such as NAME.azurecr.io" required:"true"`
	Keywords []string `doc:"other words to find it by, lower case"`
}

// Preset is one registry service in full.
type Preset struct {
	Entry       `yaml:",inline"`
	Fields      []Field      `doc:"the questions, in order"`
	Hosts       []HostRule   `doc:"the hosts that are recognised as this registry's"`
	Domains     []string     `doc:"its own domains: a host that is nearly below one is a misspelling"`
	OwnHosts    *Pattern     `yaml:"ownHosts" doc:"RE2 expression of hosts of the service: one that no host rule matches is refused"`
	Mistakes    []Mistake    `doc:"hosts and paths that people write for its images and that it does not have"`
	AnyHost     bool         `yaml:"anyHost" doc:"the field host also accepts hosts that no host rule matches"`
	DropPath    *Pattern     `yaml:"dropPath" doc:"RE2 expression of the start of a pasted path that is not part of image names"`
	Forms       []Form       `doc:"how host and path follow from the fields; the first that applies" required:"true"`
	AuthKey     string       `yaml:"authKey" doc:"template of the key under auths, {host} by default"`
	ImpliedHost bool         `yaml:"impliedHost" doc:"an image name without a host means this registry"`
	Repository  Repository   `doc:"the image path below host and path"`
	Login       Login        `doc:"credentials of the pull secret"`
	Push        Push         `doc:"what pushing images to it needs"`
	Cache       Cache        `doc:"how it works as a pull-through cache or proxy"`
	Secretless  []Secretless `doc:"ways to pull without a pull secret, the best first"`
	SecretName  string       `yaml:"secretName" doc:"default name of the pull secret"`
	ImageCheck  []string     `yaml:"imageCheck" doc:"templates of commands that show whether an image exists"`
	Notes       []Note       `doc:"what else a user should know"`
	Examples    []Example    `doc:"fields and what they lead to; checked by tests"`
	Refused     []Refusal    `doc:"answers that must be refused, and why; checked by tests"`

	File   string `yaml:"-"` // name of the file, for messages
	Source []byte `yaml:"-"` // its text
}

// HostRule recognises a host of the registry.
type HostRule struct {
	Pattern *Pattern          `doc:"RE2 expression of the host; a named group is the answer of that field" required:"true"`
	Fields  map[string]string `doc:"further answers that the host implies"`
	Keep    bool              `doc:"the fields do not lead back to this host, so host stays an answer"`
}

// Form makes host and path from the fields.
type Form struct {
	When When   `doc:"the fields' answers for which it applies"`
	Host string `doc:"template of host[:port]" required:"true"`
	Path string `doc:"template of the path between the host and the image's own path"`
}

// Repository describes an image path below the registry.
type Repository struct {
	Default string   `doc:"template with {component}"`
	Pattern *Pattern `doc:"RE2 expression of the registry's own rule, beside the grammar of image names"`
	Hint    string   `doc:"error for a path that does not match: the rule, without an example"`
	Traps   []Trap   `doc:"common mistakes with an error message of their own"`
}

// Login says where the user name and password of the pull secret come from.
type Login struct {
	Title           string       `doc:"what the credentials are for, if the preset's title does not say it"`
	None            bool         `doc:"no image needs credentials"`
	Anonymous       bool         `doc:"public images need no credentials"`
	Username        string       `doc:"the user name, if it is the same for everybody, such as AWS"`
	UsernameHelp    string       `yaml:"usernameHelp" doc:"what to enter as user name, at most 74 characters"`
	UsernameExample string       `yaml:"usernameExample" doc:"a valid user name"`
	AskUsername     bool         `yaml:"askUsername" doc:"most people need a user name of their own, such as a robot's"`
	Password        Password     `doc:"where the password comes from"`
	Credentials     []Credential `doc:"kinds of credentials, the best for a pull secret first"`
	Generator       Generator    `doc:"External Secrets generator that creates the credentials"`
	Lifetime        string       `doc:"how long the password works, at most 74 characters"`
	Expires         bool         `doc:"the password expires so soon that a pull secret created once stops working"`
}

// Cache says what a registry needs as a pull-through cache or proxy of another one.
type Cache struct {
	Login    string `doc:"where the credentials for the upstream belong, at most 120 characters"`
	TagsOnly bool   `yaml:"tagsOnly" doc:"it cannot fetch an image from the upstream by its digest"`
}

// Generator describes a generator of External Secrets (external-secrets.io, "Generators").
type Generator struct {
	Kind    string   `doc:"kind in generators.external-secrets.io/v1alpha1"`
	Spec    []Piece  `doc:"its spec as YAML; values that the reader fills in are in capitals"`
	Auth    string   `doc:"External Secrets template of the entry's auth; by default .username and .password"`
	Minutes int      `doc:"minutes between two refreshes"`
	Lives   int      `doc:"minutes that the credentials are valid"`
	Needs   []string `doc:"requirements"`
}

// Piece is a part of a text that some answers need.
type Piece struct {
	Text string `doc:"template" required:"true"`
	When When   `doc:"the fields' answers for which it is used"`
}

// Password says where the password comes from. It never contains one.
type Password struct {
	From    string `doc:"prompt asks for it, keyfile reads a file, command runs a command" enum:"prompt keyfile command"`
	Command string `doc:"template of the command that prints it"`
	Encode  string `doc:"base64: the key file is encoded as one line" enum:"base64"`
	Help    string `doc:"what to enter, at most 74 characters"`
}

// Credential is one kind of credentials.
type Credential struct {
	What     string   `doc:"its name, at most 22 characters, such as service principal" required:"true"`
	How      string   `doc:"how to create it and what it must be allowed to do, at most 90 characters"`
	Lifetime string   `doc:"how long it works, at most 90 characters"`
	Commands []string `doc:"templates of commands that create it, or the page that does"`
}

// Secretless is a way to pull without a pull secret.
type Secretless struct {
	Where       string   `doc:"the clusters it is for, at most 22 characters" required:"true"`
	How         string   `doc:"what to do, at most 90 characters" required:"true"`
	Commands    []string `doc:"templates of commands that set it up"`
	Check       []string `doc:"templates of commands that show whether it works"`
	Conditions  []string `doc:"requirements and limits, each at most 90 characters"`
	When        When     `doc:"the fields' answers for which it can work"`
	Recommended bool     `yaml:"better" doc:"better than a pull secret where it works"`
}

// Note is something that a user should know in advance.
type Note struct {
	Text     string         `doc:"one sentence, at most 120 characters" required:"true"`
	When     When           `doc:"the fields' answers for which it applies"`
	Severity model.Severity `doc:"warning or info" enum:"warning info" required:"true"`
}

// Example is a set of answers and the result. Tests check each.
type Example struct {
	Fields     map[string]string `doc:"the answers"`
	Repository string            `doc:"path of the image below the registry"`
	Tag        string            `doc:"tag of the image"`
	Registry   string            `doc:"host[/path]"`
	Image      string            `doc:"the whole image name"`
	AuthKey    string            `yaml:"authKey" doc:"the key under auths"`
}

// Refusal is an answer that must be refused. Tests check each.
type Refusal struct {
	Field      string            `doc:"id of the field"`
	Value      string            `doc:"the answer"`
	With       map[string]string `doc:"answers of the other fields"`
	Repository string            `doc:"an image path, instead of field and value"`
	Says       string            `doc:"words that the error must contain"`
}

// SecretlessFor returns the ways to pull without a pull secret that can work for fields, the best first.
func (p *Preset) SecretlessFor(fields map[string]string) []Secretless {
	return matching(p.Secretless, p.withDefaults(fields), func(s Secretless) When { return s.When })
}

// RecommendedSecretless returns the best way to pull without a pull secret, and false unless it is better than one.
func (p *Preset) RecommendedSecretless(fields map[string]string) (Secretless, bool) {
	ways := p.SecretlessFor(fields)
	if len(ways) == 0 || !ways[0].Recommended {
		return Secretless{}, false
	}
	return ways[0], true
}

// NotesFor returns the notes that apply to fields.
func (p *Preset) NotesFor(fields map[string]string) []Note {
	return matching(p.Notes, fields, func(n Note) When { return n.When })
}

// Schema returns the JSON Schema of preset files.
func Schema() ([]byte, error) {
	return model.JSONSchema("preset", "Registry preset of conductor-registry",
		"A container registry as data: --presets DIR adds the presets of a folder.", Preset{})
}
