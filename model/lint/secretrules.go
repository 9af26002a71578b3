package lint

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
)

// secretRules are about the pull secret that the pods name.
func secretRules() []Rule {
	return []Rule{
		{
			ID: "secret-not-named", Severity: model.Info, Title: "your own registry, and no pull secret named",
			Why: "the pods use the chart's own, which has no login for it: nodes must pull by their own identity",
			Fix: "name a secret, unless the nodes may pull without",
		},
		{
			ID: "two-registries", Severity: model.Info, Title: "images of two registries and one pull secret",
			Why: "the chart gives both pods the same secret", Fix: "make sure that it has a login for each",
		},
		{
			ID: "secret-must-be-renewed", Severity: model.Info,
			Title: "a pull secret for a registry whose logins work for hours only",
			Why:   "made once, it stops working the same day",
			Fix:   "let the nodes pull by their own identity, or have the secret renewed",
		},
		{
			ID: "secret-name-reserved", Severity: model.Warning, Title: "your pull secret has the name of the chart's own",
			Why: "where a release made that secret before, an upgrade deletes it; where you did, Helm refuses to take it over",
			Fix: "give it another name, for example registry-credentials", find: (*subject).named,
		},
		{
			ID: "secret-name-invalid", Severity: model.Error, Title: "a name that no Secret can have",
			Why: "the API server refuses it", Fix: "write lower-case letters, digits, dashes and dots",
		},
		{
			ID: "secret-name-retyped", Severity: model.Error, Title: "a secret's name that YAML takes for something else",
			Why: "the chart prints it without quotes, so 123 becomes a number and no a truth value: the API server " +
				"refuses the Deployment",
			Fix: "choose a name that is only text",
		},
		{
			ID: "secret-made-twice", Severity: model.Error, Title: "two secrets of one name",
			Why: "Helm 3 stops because one exists already, Helm 4 keeps the last, which may be blank",
			Fix: "give yours another name",
		},
	}
}

// named looks at the pull secret that the pods name.
func (s *subject) named() {
	var hosts []string
	var secret chart.Origin
	for _, name := range s.components() {
		c := s.resolution.Components[name]
		secret = c.Trace.PullSecrets
		if host := image.Host(c.Image); host != "" && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	ignored := slices.ContainsFunc(s.found, func(f Finding) bool { return f.Rule == "pull-secrets-ignored" })
	_, byUser := s.values.Lookup(secret.From)
	held := slices.ContainsFunc(s.Profile.HeldLogins(s.values), func(l chart.HeldLogin) bool { return l.Used && l.Given })
	switch {
	case held, ignored, secret.Value == "", len(hosts) == 0:
	case !byUser && len(s.parts()) > 0:
		s.say("secret-not-named", "", "no pull secret is named, and images come from "+strings.Join(hosts, " and "))
	case byUser:
		s.judgeNamed(secret, hosts)
	}
}

func (s *subject) judgeNamed(secret chart.Origin, hosts []string) {
	if slices.Contains(s.chartSecrets(), fmt.Sprint(secret.Value)) {
		s.say("secret-name-reserved", secret.From, fmt.Sprintf("%v is what the charts call the secret that they "+
			"make", secret.Value))
	}
	if len(hosts) > 1 {
		s.say("two-registries", secret.From, fmt.Sprintf("images come from %s, and %v must have a login for each",
			strings.Join(hosts, " and "), secret.Value))
	}
	for _, host := range hosts {
		if lifetime := s.shortLived(host); lifetime != "" {
			s.say("secret-must-be-renewed", secret.From, fmt.Sprintf("a login for %s works for %s", host, lifetime))
		}
	}
}

// chartSecrets are the names that some chart gives the secret that it makes.
func (s *subject) chartSecrets() []string {
	var out []string
	for _, profile := range s.Charts {
		for _, made := range profile.Secrets {
			if made.Literal != "" {
				out = append(out, made.Literal)
			}
		}
	}
	return out
}
