package lint

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/values"
)

// checkSecretNames looks at the names of pull secrets in pods and of the secrets that the chart creates.
func (c *checker) checkSecretNames() {
	for _, r := range c.components {
		for _, name := range r.PullSecrets {
			c.checkSecretName(name, r.Trace.PullSecrets.From)
		}
	}
	for _, s := range c.resolution.Secrets {
		c.checkSecretName(s.Name, s.From)
	}
}

func (c *checker) checkSecretName(name any, from string) {
	f := found{rule: "secret-name-retyped", path: from, why: "the API server rejects the Deployment",
		facts: facts{"type": "number", "name": fmt.Sprint(name)}}
	switch name := name.(type) {
	case string:
		if model.IsSubdomain(name) || values.Placeholder(name) != "" {
			return
		}
		f = found{rule: "secret-name-invalid", path: from, facts: facts{"name": quote(name)}}
		if name == "" {
			f.summary = "the name of the pull secret is empty"
			f.why = "Helm or the API server rejects it, or the pods pull without credentials"
		}
	case bool:
		f.facts["type"] = "boolean"
	}
	c.report(f)
}

// checkDuplicateSecrets reports the name that the values give, where two secrets have the same.
func (c *checker) checkDuplicateSecrets() {
	all := c.resolution.Secrets
	for i, secret := range all {
		same := func(s chart.MadeSecret) bool { return s.Name == secret.Name }
		if !slices.ContainsFunc(all[:i], same) {
			continue
		}
		f := found{rule: "secret-made-twice", facts: facts{"name": fmt.Sprint(secret.Name)}}
		for _, made := range all[:i+1] {
			if f.path == "" {
				f.path = keyOf(made.From)
			}
		}
		c.report(f)
	}
}

// checkPullSecret looks at the pull secret that the pods name.
func (c *checker) checkPullSecret() {
	hosts := c.imageHosts()
	isUnread := slices.ContainsFunc(c.traps, func(t chart.TriggeredTrap) bool { return t.Rule == pullSecretsIgnored })
	held := slices.ContainsFunc(c.logins, func(l chart.HeldLogin) bool { return l.Used && l.Given })
	if held || isUnread || len(hosts) == 0 {
		return
	}
	secret := c.components[len(c.components)-1].Trace.PullSecrets
	if secret.Value == "" || values.Placeholder(fmt.Sprint(secret.Value)) != "" {
		return
	}
	if c.isSet(secret.From) {
		c.checkOwnSecret(secret, hosts)
	} else if len(c.nameParts()) > 0 && c.refused == nil {
		c.report(found{rule: "secret-not-named", facts: secretFacts(secret, hosts)})
	}
}

// imageHosts returns the hosts that the images come from, each once; none for an image with a placeholder.
func (c *checker) imageHosts() []string {
	var hosts []string
	for _, r := range c.components {
		if host := image.Host(r.Image); host != "" && !r.hasPlaceholder() {
			hosts = model.AddNew(hosts, host)
		}
	}
	return hosts
}

// secretFacts returns what the findings about a pull secret and the hosts of the images say of them.
func secretFacts(secret chart.Origin, hosts []string) facts {
	return facts{"hosts": strings.Join(hosts, " and "), "secret": fmt.Sprint(secret.Value)}
}

// checkOwnSecret looks at a pull secret that the user's values name: whether it can hold the credentials for the hosts.
func (c *checker) checkOwnSecret(secret chart.Origin, hosts []string) {
	if c.isReserved(secret.Value) {
		c.report(found{rule: "secret-name-reserved", path: secret.From, facts: secretFacts(secret, hosts)})
	}
	if len(hosts) > 1 {
		c.report(found{rule: "two-registries", path: secret.From, facts: secretFacts(secret, hosts)})
	}
	for _, host := range hosts {
		if lifetime := c.shortLifetime(host); lifetime != "" {
			c.report(found{rule: "secret-must-be-renewed", path: secret.From,
				facts: facts{"host": host, "lifetime": lifetime}})
		}
	}
}

// namesAnotherSecret reports whether a key that the chart does not read names a pull secret, and no trap says so.
func (c *checker) namesAnotherSecret(path string) bool {
	isTrap := slices.ContainsFunc(c.Profile.Traps, func(t chart.Trap) bool {
		return t.Secret != "" && slices.Contains(t.Paths, path)
	})
	value, _ := c.values.Lookup(path)
	return isTrap && len(secretNames(value)) > 0 &&
		!slices.ContainsFunc(c.traps, func(t chart.TriggeredTrap) bool { return t.Path == path })
}

// isNamed reports whether the pods use the secret that a value names, by another key.
func (c *checker) isNamed(value any) bool {
	names := secretNames(value)
	return len(names) == 1 && len(c.components) > 0 && !slices.ContainsFunc(c.components, func(r component) bool {
		return !slices.Contains(r.PullSecrets, any(names[0]))
	})
}

// isReserved reports whether a chart gives that name to a secret of its own.
func (c *checker) isReserved(name any) bool {
	return slices.ContainsFunc(c.Charts, func(p *chart.Profile) bool { return p.OwnsSecret(fmt.Sprint(name)) })
}

// shortLifetime returns how long credentials for a host are valid if that is hours; "" if it is longer or not known.
func (c *checker) shortLifetime(host string) string {
	preset := c.Registries.ForHost(host)
	if preset == nil || !preset.MatchesHost(host) || !preset.Login.Expires {
		return ""
	}
	return preset.Login.Lifetime
}
