package plan

import (
	"cmp"
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
	"conductor-registry/model/secret"
)

// Secret is the pull secret that the pods use.
type Secret struct {
	Method    string
	Name      string         // "" when the method names none
	Namespace string         //
	Logins    []secret.Login // one for each registry that needs credentials
	Script    string         // what creates the secret: kubectl, a values fragment, or "" for nothing
}

func newSecret(e *Environment) Secret {
	from := e.effective.Secret
	s := Secret{Method: from.Method.Text, Namespace: from.Namespace.Text,
		Script: e.Profile.Method(from.Method.Text).Script}
	if e.Profile.Writes("secret.name", s.Method) {
		s.Name = from.Name.Text
	}
	var needs []need
	for _, c := range e.Components {
		needs = append(needs, need{c.Name, c.Preset, c.Location})
	}
	s.Logins = logins(needs, from.Username.Text, e.effective.Registry.AuthKey)
	return s
}

// need is one component's need of credentials.
type need struct {
	owner    string
	preset   *registry.Preset
	location registry.Location
}

// logins returns the credentials that components need: one for each auths key, in their order. The user name is set for
// the one with the given key, or for the first one when no component needs that.
func logins(needs []need, username, key string) []secret.Login {
	var out []secret.Login
	var owners []string
	for _, n := range needs {
		known := slices.ContainsFunc(out, func(l secret.Login) bool { return l.AuthKey == n.location.AuthKey })
		if n.preset.Login.None || known {
			continue
		}
		out, owners = append(out, LoginFor(n.preset, n.location)), append(owners, n.owner)
	}
	named := max(0, slices.IndexFunc(out, func(l secret.Login) bool { return l.AuthKey == key }))
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

// authKeys returns the keys under auths of the secret.
func (s Secret) authKeys() []string {
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

// Request returns what the pull-secret commands are made from; without a Method there is no secret. A secret that
// exists already can be created in the same way, since its name is known.
func (e *Environment) Request() secret.Request {
	method := e.Secret.Script
	if e.Secret.Name != "" {
		method = cmp.Or(method, secret.Kubectl)
	}
	return secret.Request{Name: e.Secret.Name, Namespaces: []string{e.Secret.Namespace}, Method: method,
		Logins: e.Secret.Logins, FileName: e.FileName("pull-secret"), ValuesFile: e.FileName("values"),
		Under: e.Under, Chart: e.reference()}
}

// HasScript reports whether there is a secret to create.
func (e *Environment) HasScript() bool { return e.Secret.Script != "" && len(e.Secret.Logins) > 0 }

// Script returns pull-secret.sh, or nil when there is no secret to create.
func (e *Environment) Script() []byte {
	if !e.HasScript() {
		return nil
	}
	script, err := secret.Script(e.Request())
	if err != nil { // a problem of the plan says so
		return nil
	}
	return []byte(script)
}

// secretNames returns the pull secrets that a resolved component uses.
func secretNames(c *chart.ResolvedComponent) []string {
	var out []string
	for _, s := range c.PullSecrets {
		if name, ok := s.(string); ok {
			out = append(out, name)
		}
	}
	return out
}
