package chart

// Resolution holds what the pods get from a chart with values: its components, or the error when Helm refuses the values.
type Resolution struct {
	FormatVersion string                        `json:"formatVersion"`
	Chart         Identity                      `json:"chart"`
	Components    map[string]*ResolvedComponent `json:"components,omitempty"`
	Secrets       []MadeSecret                  `json:"secrets"`
	Error         *Refusal                      `json:"error,omitempty"`
	Templates     []Template                    `json:"-"` // values whose outcome only Helm knows
}

// Template is a value that the chart runs as a template and that only Helm can evaluate: its text stays as it is.
type Template struct{ Path, Text string }

// Identity is the chart that was resolved.
type Identity struct {
	Name       string `json:"name"`
	Version    string `json:"version"`
	AppVersion string `json:"appVersion"`
}

// Identity returns the chart's name and versions.
func (p *Profile) Identity() Identity { return Identity{p.Name, p.Version, p.AppVersion} }

// ResolvedComponent holds what the pod of one component gets. Policy and secrets are unquoted in the charts, so they have
// the type that YAML gives them: a secret named 123 is a number, which the API server rejects.
type ResolvedComponent struct {
	Image       string `json:"image"`      // as rendered, even where no kubelet could parse it
	PullPolicy  any    `json:"pullPolicy"` // "" when it renders to nothing
	PullSecrets []any  `json:"pullSecrets"`
	Trace       Trace  `json:"trace"`
}

// Trace is the key that decided each part.
type Trace struct {
	Registry    Origin `json:"registry,omitzero"` // absent where the chart reads no registry
	Repository  Origin `json:"repository"`
	Tag         Origin `json:"tag"`
	PullPolicy  Origin `json:"pullPolicy"`
	PullSecrets Origin `json:"pullSecrets"`
}

// Origins returns the origins of registry, repository, tag and pull policy, in the order of Component.Chains.
func (t Trace) Origins() [4]Origin {
	return [4]Origin{t.Registry, t.Repository, t.Tag, t.PullPolicy}
}

// Origin is a value and where it comes from: a value path, "chart default PATH", "chart default" for what is fixed in
// the templates, or Chart.AppVersion.
type Origin struct {
	Value any    `json:"value"`
	From  string `json:"from"`
}

// MadeSecret is a pull secret that the chart itself creates.
type MadeSecret struct {
	Name any    `json:"name"`
	Type string `json:"type"`
	From string `json:"-"` // as in Origin; "" for a name that is fixed in the templates
}

// secretType is the type of every pull secret.
const secretType = "kubernetes.io/dockerconfigjson"
