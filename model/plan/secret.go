package plan

import (
	"cmp"
	"slices"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
	"conductor-registry/model/secret"
)

// Secret is the pull secret that the pods are to use.
type Secret struct {
	Method    string
	Name      string         // "" when the method has none to name
	Namespace string         //
	Logins    []secret.Login // one for each registry that wants one
	Script    string         // what makes the secret: kubectl, a values fragment, or "" nothing
}

func newSecret(e *Environment, here *answers.Answers, common registry.Location) Secret {
	method := here.Get("pullSecret.method")
	s := Secret{Method: method, Namespace: here.Get("pullSecret.namespace"), Script: e.Profile.Method(method).Script}
	if e.Profile.Writes("secret.name", method) {
		s.Name = here.Get("pullSecret.name")
	}
	var needs []need
	for _, c := range e.Components {
		needs = append(needs, need{c.Name, c.Preset, c.Location})
	}
	s.Logins = logins(needs, here.Get("pullSecret.username"), common.AuthKey)
	return s
}

// need is one component's need of a login.
type need struct {
	owner    string
	preset   *registry.Preset
	location registry.Location
}

// logins are the logins that components need: one for each auths key, in their order. The user name is that of the
// login with the key "of", or of the first one when no component needs that.
func logins(needs []need, username, of string) []secret.Login {
	var out []secret.Login
	var owners []string
	for _, n := range needs {
		known := slices.ContainsFunc(out, func(l secret.Login) bool { return l.AuthKey == n.location.AuthKey })
		if n.preset.Login.None || known {
			continue
		}
		out, owners = append(out, LoginFor(n.preset, n.location)), append(owners, n.owner)
	}
	named := max(0, slices.IndexFunc(out, func(l secret.Login) bool { return l.AuthKey == of }))
	if len(out) > 0 && out[named].Username == "" {
		out[named].Username = username
	}
	if len(out) > 1 { // each asks for its own: SERVER_REGISTRY_USERNAME, WORKERS_REGISTRY_USERNAME
		for i := range out {
			out[i].Prefix = strings.ToUpper(owners[i]) + "_"
		}
	}
	return out
}

// keys are the auths keys of the secret.
func (s Secret) keys() []string {
	var out []string
	for _, l := range s.Logins {
		out = append(out, l.AuthKey)
	}
	return out
}

func (s Secret) facts() map[string]string {
	facts := map[string]string{}
	if s.Name != "" {
		facts["secret.name"] = s.Name
	}
	if len(s.Logins) > 0 {
		facts["secret.registry"] = s.Logins[0].AuthKey
	}
	return facts
}

// Request is what the pull-secret commands are made from; without a Method there is no secret. One that exists already
// can be made in the same way as ours, since its name is known.
func (e *Environment) Request() secret.Request {
	method := e.Secret.Script
	if e.Secret.Name != "" {
		method = cmp.Or(method, secret.Kubectl)
	}
	return secret.Request{Name: e.Secret.Name, Namespaces: []string{e.Secret.Namespace}, Method: method,
		Logins: e.Secret.Logins, FileName: e.FileName("pull-secret"), ValuesFile: e.FileName("values"),
		Chart: reference(e.Profile)}
}

// HasScript tells whether there is a secret to make.
func (e *Environment) HasScript() bool { return e.Secret.Script != "" && len(e.Secret.Logins) > 0 }

// Script is pull-secret.sh; nil when there is no secret to make.
func (e *Environment) Script() []byte {
	if !e.HasScript() {
		return nil
	}
	return []byte(secret.Script(e.Request()))
}

// names are the pull secrets that a resolved component uses, as text.
func names(c *chart.ResolvedComponent) []string {
	var out []string
	for _, s := range c.PullSecrets {
		if name, ok := s.(string); ok {
			out = append(out, name)
		}
	}
	return out
}
