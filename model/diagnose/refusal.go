package diagnose

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/secret"
)

// causeOfRefusal returns why a registry refuses, judged by the pull secrets that the pod names: the first with
// credentials for the image, or else the first.
func (d *diagnosis) causeOfRefusal(p *Pod, c Container, said Message, f facts) string {
	named := secretNames(p.Spec.PullSecrets)
	f.set("named", strings.Join(named, ", "))
	for _, name := range named {
		if held := d.findSecret(name); held != nil && held.hasLoginFor(c.Image) {
			return d.causeOfTried(held, c.Image, said, f)
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
func (d *diagnosis) causeOfTried(held *Secret, image string, said Message, f facts) string {
	matched := secret.Lookup(held.Content.Keys(), image)
	f.set("secret", held.Metadata.Name)
	f.set("matched", matched[0])
	f.set("age", formatAge(held.Hours))
	blank := !slices.ContainsFunc(held.Content.Logins, func(l Login) bool {
		return slices.Contains(matched, l.Key) && !l.Blank
	})
	lifetime, title := f.words["lifetime"], f.words["title"]
	f.set("own", d.chartSecretNote(held.Metadata.Name))
	d.setRecreateAdvice(held.Metadata.Name, f)
	switch hours := lifetimeHours(lifetime); {
	case blank:
		return "pull-secret-blank"
	case strings.Contains(string(said), "fetch anonymous token"): // containerd prints this without credentials
		return "pull-secret-untried"
	case hours > 0 && held.Hours >= hours:
		return "pull-secret-expired"
	}
	if lifetime != "" {
		text := fmt.Sprintf(" (%s: %s", title, lifetime)
		if held.Hours != NoAge {
			text += "; these were written " + formatAge(held.Hours) + " ago"
		}
		f.set("lifetimes", text+")")
	}
	return "pull-secret-refused"
}

// causeOfNotNamed returns the cause of credentials that exist in a secret which the pod does not name.
func (d *diagnosis) causeOfNotNamed(named []string, other string, f facts) string {
	f.set("other", other)
	if len(named) == 0 {
		f.set("named", "none")
	} else {
		f.set("own", d.chartSecretNote(named[0]))
	}
	if _, key := d.secretSettings(); key != "" {
		f.command("nameCommand", f.fillCommand(
			"helm upgrade {release} {ref} --namespace {namespace} --reuse-values --set "+key+"={other}"))
	}
	return "pull-secret-not-named"
}

// causeOfNone returns the cause for a pod without pull secrets.
func (d *diagnosis) causeOfNone(p *Pod) string {
	for _, a := range d.State.Accounts {
		if a.Metadata.Name == cmp.Or(p.Spec.Account, "default") && len(secretNames(a.PullSecrets)) > 0 {
			return "pull-secret-late"
		}
	}
	return "pull-secret-none"
}

// causeOfUnusable returns why a secret that the pod names has no credentials for the image.
func (d *diagnosis) causeOfUnusable(name, image string, f facts) string {
	f.set("secret", name)
	f.set("own", d.chartSecretNote(name))
	f.command("keysCommand", keysCommand(name, d.report.Namespace))
	d.setRecreateAdvice(name, f)
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
		return "pull-secret-malformed"
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
	if !d.isChartSecret(name) {
		f.set("again", "create it here; the script asks for the credentials")
	}
	var elsewhere []string
	for i := range d.State.Secrets {
		if at := d.State.Secrets[i].Metadata; at.Name == name { // none of them is here
			elsewhere = append(elsewhere, at.Namespace)
		}
	}
	if len(elsewhere) > 0 {
		f.set("elsewhere", strings.Join(elsewhere, ", "))
		return "pull-secret-elsewhere"
	}
	return "pull-secret-missing"
}

// setRecreateAdvice sets how a secret is fixed: by creating it again, or by another one when the chart creates it.
func (d *diagnosis) setRecreateAdvice(name string, f facts) {
	f.set("again", "create it again; the script asks for the credentials")
	if where, _ := d.secretSettings(); d.isChartSecret(name) {
		f.set("again", "create one of your own under another name; the script asks for the credentials")
		f.set("instead", "set its name in the value that the chart reads: "+where)
	}
}

// causeOfMalformed returns the cause for a secret that the kubelet could not decode.
func (d *diagnosis) causeOfMalformed(p *Pod, f facts) string {
	for _, name := range secretNames(p.Spec.PullSecrets) {
		if held := d.findSecret(name); held != nil && held.isPullSecret() && held.Content.Wrong != "" {
			f.set("secret", name)
			f.set("wrong", held.Content.Wrong)
			return "pull-secret-malformed"
		}
	}
	return "pull-failed"
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
