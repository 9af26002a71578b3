// Package secret writes everything that creates an image pull secret, as text: the script to keep beside the values
// file, the familiar kubectl line, manifests for GitOps. It also reads pull secrets as the kubelet does and picks
// credentials by the kubelet's rules.
//
// It never holds, reads or prints a credential. A Login says where the user name and the password come from when the
// command runs, and the command hands the password to other programs on standard input only.
package secret

import (
	"fmt"
	"slices"
)

// The methods, as Request.Method.
const (
	// Kubectl creates the secret with kubectl, before Helm runs: for any number of registries, with any password.
	Kubectl = "kubectl"
	// ImageCredentials prints the chart's imageCredentials for Helm, which creates the secret: for one registry, and
	// without quotes, backslashes and control characters, since the chart builds its JSON with printf.
	ImageCredentials = "imageCredentials"
	// CustomImagePullSecrets prints customImagePullSecrets.registries for Helm, which creates the secret.
	CustomImagePullSecrets = "customImagePullSecrets"
)

// The sources of a password, as Login.From; "" means Prompt.
const (
	Prompt       = "prompt"       // the environment, else the terminal
	KeyFile      = "keyfile"      // the JSON key file of a Google service account
	Command      = "command"      // what Login.Command prints
	DockerConfig = "dockerconfig" // docker's configuration, user name included
)

// Base64 as Login.Encode makes the password the base64 of the key file, in one line: the user name _json_key_base64
// stands for that (Google, "Configure authentication to Artifact Registry for Docker").
const Base64 = "base64"

// Login says how one registry is logged in to: where the user name and the password come from, never what they are.
type Login struct {
	AuthKey      string // exact key under auths: "myacr.azurecr.io", "https://index.docker.io/v1/"
	Title        string // what people call it: "Azure Container Registry"
	Prefix       string // of the environment variables: "" alone, "SERVER_" and "WORKERS_" when there are two registries
	Username     string // the user name if known, which is no secret: "AWS", "robot$ci+puller"; "" is asked for at the run
	UsernameHelp string // what to type, in a few words
	From         string // Prompt, KeyFile or Command
	Command      string // From Command: prints the password, complete: "aws ecr get-login-password --region us-east-1"
	Encode       string // From KeyFile: Base64, or "" for the file as it is
	PasswordHelp string // what to type or which file it is, in a few words
	Lifetime     string // how long the password works: "12 hours"
	Expires      bool   // the script says that the login stops working after Lifetime
	Anonymous    bool   // an empty user name leaves this registry out: its images are public

	Instead   []string  // how nodes can pull without a secret where that is better: lines of a comment
	Generator Generator // how External Secrets makes the login; without a Kind it keeps one from a store
}

// Generator is what External Secrets makes credentials with (external-secrets.io, "Generators").
type Generator struct {
	Kind    string   // "ECRAuthorizationToken"; "" is none
	Spec    string   // its spec as YAML; what there is to fill in stands there in capitals, with a comment
	Auth    string   // a template of the entry's "auth"; "" makes it from .username and .password
	Minutes int      // between two logins, well inside their life
	Needs   []string // what must be there for it to work: lines of a comment
}

// Request is one pull secret: its name, where it goes and which registries it is for.
type Request struct {
	Name       string   // of the secret: "acr-credentials"
	Namespaces []string // where Conductor runs; none is "default"
	Method     string   // Kubectl, ImageCredentials or CustomImagePullSecrets
	Logins     []Login  // one, or one per component when their registries differ
	FileName   string   // the script's own name, for its messages: "pull-secret.sh"
	ValuesFile string   // the values file it belongs to, for the line that runs Helm: "values.yaml"
	Under      string   // the key of the subchart that its values are below: "platform.conductor"; "" for none
	Chart      string   // the chart as helm's command line names it: "./orkes-conductor"
}

// namespaces returns where the secret goes; "default" when nobody says otherwise.
func (r Request) namespaces() []string {
	if len(r.Namespaces) == 0 {
		return []string{"default"}
	}
	return r.Namespaces
}

// byHelm reports whether Helm creates the secret, from values that the script prints.
func (r Request) byHelm() bool {
	return r.Method == ImageCredentials || r.Method == CustomImagePullSecrets
}

// FromDockerConfig returns the request with all credentials taken from docker's configuration when the script runs: of
// each registry its own entry, and nothing else of the file.
func (r Request) FromDockerConfig() (Request, error) {
	if r.byHelm() {
		return r, fmt.Errorf("with the method %s Helm needs user name and password, which docker's configuration has in "+
			"one; choose a method where kubectl makes the secret", r.Method)
	}
	r.Logins = slices.Clone(r.Logins)
	for i := range r.Logins {
		r.Logins[i].From, r.Logins[i].Anonymous = DockerConfig, false
	}
	return r, nil
}

func (r Request) fromDocker() bool {
	return slices.ContainsFunc(r.Logins, func(l Login) bool { return l.From == DockerConfig })
}
