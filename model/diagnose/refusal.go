package diagnose

import (
	"cmp"
	"slices"
	"strings"

	"conductor-registry/model/secret"
)

// causeOfRefusal returns why a registry refuses, judged by the pull secrets that the pod names: the first with
// credentials for the image, or else the first. Refused is the cause when the registry refuses good-looking ones.
func (d *diagnosis) causeOfRefusal(p *Pod, c Container, said Message, f facts, refused string) string {
	named := secretNames(p.Spec.PullSecrets)
	f.set("named", strings.Join(named, ", "))
	for _, name := range named {
		if held := d.findSecret(name); held != nil && held.hasLoginFor(c.Image) {
			return d.causeOfTried(held, c.Image, said, f, refused)
		}
	}
	if other := d.otherSecretFor(c.Image, named); other != "" {
		return d.causeOfNotNamed(named, other, f)
	}
	if len(named) == 0 {
		return d.causeOfNone(p)
	}
	return d.causeOfUnusable(named[0], c.Image, f)
}

// causeOfTried returns why credentials that the kubelet tried do not work.
func (d *diagnosis) causeOfTried(held *Secret, image string, said Message, f facts, refused string) string {
	matched := secret.Lookup(held.Content.Keys(), image)
	logins := slices.DeleteFunc(slices.Clone(held.Content.Logins), func(l Login) bool {
		return !slices.Contains(matched, l.Key)
	})
	d.setSecretFacts(held.Metadata.Name, f)
	f.set("matched", quoteKey(matched[0]))
	if held.Hours != NoAge {
		f.set("age", formatAge(held.Hours))
	}
	switch hours := lifetimeHours(f.words["lifetime"]); {
	case !slices.ContainsFunc(logins, func(l Login) bool { return !l.Blank }):
		return "pull-secret-blank"
	case strings.Contains(string(said), "fetch anonymous token"): // containerd prints this without credentials
		return "pull-secret-untried"
	case slices.ContainsFunc(logins, func(l Login) bool { return l.Cut }):
		return "pull-secret-cut"
	case hours > 0 && held.Hours >= hours:
		return "pull-secret-expired"
	}
	return refused
}

// causeOfNotNamed returns the cause of credentials that exist in a secret which the pod does not name.
func (d *diagnosis) causeOfNotNamed(named []string, other string, f facts) string {
	f.set("other", other)
	if len(named) == 0 {
		f.set("named", "none")
	} else {
		d.setSecretFacts(named[0], f)
	}
	if _, key := d.secretSettings(); key != "" {
		f.command("nameCommand", f.fillCommand(
			"helm upgrade {release} {chartRef} --namespace {namespace} --reuse-values --set "+key+"={other}"))
	}
	return "pull-secret-not-named"
}

// causeOfNone returns the cause for a pod without pull secrets.
func (d *diagnosis) causeOfNone(p *Pod) string {
	for _, a := range d.State.Accounts {
		isOwn := a.Metadata.Name == cmp.Or(p.Spec.Account, "default") && a.Metadata.isBeside(p.Metadata)
		if isOwn && len(secretNames(a.PullSecrets)) > 0 {
			return "pull-secret-late"
		}
	}
	return "pull-secret-none"
}

// causeOfUnusable returns why a secret that the pod names has no credentials for the image.
func (d *diagnosis) causeOfUnusable(name, image string, f facts) string {
	d.setSecretFacts(name, f)
	f.command("keysCommand", keysCommand(name, d.namespace))
	held := d.findSecret(name)
	if held == nil {
		return d.causeOfMissing(name, f)
	}
	f.set("type", held.Type)
	f.set("wrong", held.Content.Wrong)
	switch {
	case !held.isPullSecret():
		return "pull-secret-type"
	case held.Content.Wrong != "":
		return malformedRule
	}
	f.set("has", d.describeKeys(held, image))
	return "pull-secret-no-entry"
}

// causeOfMissing returns the cause for a secret that does not exist, or could not be read.
func (d *diagnosis) causeOfMissing(name string, f facts) string {
	if why, refused := d.State.Asked.Refused["secrets"]; refused {
		f.set("unread", why)
		return "pull-secret-unread"
	}
	var elsewhere []string
	for i := range d.State.Secrets {
		held := &d.State.Secrets[i]
		if held.Metadata.Name == name && held.isPullSecret() { // none of them is here
			elsewhere = append(elsewhere, held.Metadata.Namespace)
		}
	}
	if len(elsewhere) > 0 {
		f.set("elsewhere", strings.Join(elsewhere, ", "))
		return "pull-secret-elsewhere"
	}
	return "pull-secret-missing"
}

// setSecretFacts names a secret. It is the user's own, or one that the chart creates from credentials in the values.
func (d *diagnosis) setSecretFacts(name string, f facts) {
	f.set("secret", name)
	if !d.isChartSecret(name) {
		f.set("ownSecret", name)
		return
	}
	f.set("chartSecret", name)
	f.set("credentials", d.credentialsTable(name))
	if keys, key := d.secretSettings(); keys != "" {
		f.set("ownKeys", cmp.Or(key, keys))
	} else {
		f.set("onlyCredentials", f.words["credentials"])
	}
}

// causeOfMalformed returns the cause for a secret that the kubelet could not decode. When none is found to be so, the
// secrets may have changed since, or were not read.
func (d *diagnosis) causeOfMalformed(p *Pod, said Message, f facts) string {
	named := secretNames(p.Spec.PullSecrets)
	for _, name := range named {
		if held := d.findSecret(name); held != nil && held.isPullSecret() && held.Content.Wrong != "" {
			d.setSecretFacts(name, f)
			f.set("wrong", held.Content.Wrong)
			return malformedRule
		}
	}
	isAuth := strings.Contains(string(said), "base64") || strings.Contains(string(said), "auth field")
	if len(named) == 0 || !isAuth {
		return unknownCause
	}
	f.set("named", strings.Join(named, ", "))
	f.command("keysCommand", keysCommand(named[0], d.namespace))
	return "pull-secret-malformed-once"
}

// reportUnneededSecrets reports secrets that a running pod names and that do not exist.
func (d *diagnosis) reportUnneededSecrets(p *Pod) {
	for _, name := range secretNames(p.Spec.PullSecrets) {
		if d.findSecret(name) == nil && d.State.Asked.Refused["secrets"] == "" {
			f := d.factsOf(p)
			f.set("secret", name)
			d.add("pull-secret-not-needed", podObject(p), "", "", f)
		}
	}
}
