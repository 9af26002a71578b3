package diagnose

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"conductor-registry/model/keyring"
	"conductor-registry/model/secret"
)

// refusal is why a registry refuses, by the pull secrets that the pod names. The first that has a login is to blame;
// without one it is the first that is named.
func (s *subject) refusal(p *Pod, c Container, f facts) string {
	named := names(p.Spec.PullSecrets)
	f.set("named", strings.Join(named, ", "))
	for _, name := range named {
		if held := s.secret(name); held != nil && held.fits(c.Image) {
			return s.refused(held, c.Image, f)
		}
	}
	if other := s.fitting(c.Image, named); other != "" {
		return s.notNamed(named, other, f)
	}
	if len(named) == 0 {
		return s.noneNamed(p)
	}
	return s.lacking(named[0], c.Image, f)
}

// secret is the pull secret of that name in the namespace; nil when it is not there or could not be read.
func (s *subject) secret(name string) *Secret {
	for i := range s.state.Secrets {
		if held := &s.state.Secrets[i]; held.Metadata.Name == name && s.here(held.Metadata.Namespace) {
			return held
		}
	}
	return nil
}

// isPullSecret tells whether a kubelet takes logins from a secret.
func (s *Secret) isPullSecret() bool { return s.Type == dockerConfig || s.Type == legacyConfig }

// fits tells whether a kubelet finds a login for an image in a secret.
func (s *Secret) fits(image string) bool {
	return s.isPullSecret() && s.Content.Wrong == "" && len(keyring.Lookup(s.Content.Keys(), image)) > 0
}

// fitting is a pull secret of the namespace, other than those named, that has a login for an image.
func (s *subject) fitting(image string, named []string) string {
	for i := range s.state.Secrets {
		held := &s.state.Secrets[i]
		if s.here(held.Metadata.Namespace) && !slices.Contains(named, held.Metadata.Name) && held.fits(image) {
			return held.Metadata.Name
		}
	}
	return ""
}

// refused is about a login that was tried.
func (s *subject) refused(held *Secret, image string, f facts) string {
	matched := keyring.Lookup(held.Content.Keys(), image)
	f.set("secret", held.Metadata.Name)
	f.set("matched", matched[0])
	f.set("age", spoken(held.Hours))
	blank := !slices.ContainsFunc(held.Content.Logins, func(l Login) bool {
		return slices.Contains(matched, l.Key) && !l.Blank
	})
	lifetime, title := f.words["lifetime"], f.words["title"]
	f.set("own", s.aboutOwn(held.Metadata.Name))
	s.anew(held.Metadata.Name, f)
	switch hours := lifetimeHours(lifetime); {
	case blank:
		return "pull-secret-blank"
	case hours > 0 && held.Hours >= hours:
		return "pull-secret-expired"
	}
	if lifetime != "" {
		text := fmt.Sprintf(" (%s: %s", title, lifetime)
		if held.Hours != NoAge {
			text += "; this one was written " + spoken(held.Hours) + " ago"
		}
		f.set("lifetimes", text+")")
	} else {
		f.set("lifetimes", "")
	}
	return "pull-secret-refused"
}

// notNamed is about a login that is there, and that the pod does not name.
func (s *subject) notNamed(named []string, other string, f facts) string {
	f.set("other", other)
	if len(named) == 0 {
		f.set("named", "none")
	}
	f.set("own", "")
	if len(named) > 0 {
		f.set("own", s.aboutOwn(named[0]))
	}
	if _, key := s.whereSecretIsNamed(); key != "" {
		f.command("name it", f.replacer(secret.Quote).Replace("helm upgrade {release} {ref} --namespace {namespace} --reuse-values --set "+
			key+"={other}"))
	}
	return "pull-secret-not-named"
}

// noneNamed is about a pod without pull secrets.
func (s *subject) noneNamed(p *Pod) string {
	for _, a := range s.state.Accounts {
		if a.Metadata.Name == orDefault(p.Spec.Account) && len(names(a.PullSecrets)) > 0 {
			return "pull-secret-late"
		}
	}
	return "pull-secret-none"
}

func orDefault(account string) string {
	if account == "" {
		return "default"
	}
	return account
}

// lacking is about a secret that is named and has no login for the image.
func (s *subject) lacking(name, image string, f facts) string {
	f.set("secret", name)
	f.set("own", s.aboutOwn(name))
	f.command("keys of it", keysCommand(name, s.report.Namespace))
	s.anew(name, f)
	held := s.secret(name)
	if held == nil {
		return s.absent(name, f)
	}
	f.set("type", held.Type)
	f.set("wrong", held.Content.Wrong)
	switch {
	case !held.isPullSecret():
		return "pull-secret-type"
	case held.Content.Wrong != "":
		return "pull-secret-malformed"
	}
	f.set("has", s.passedBy(held, image))
	return "pull-secret-no-entry"
}

// absent is about a secret that is not there, or could not be read.
func (s *subject) absent(name string, f facts) string {
	if why, refused := s.state.Asked.Refused["secrets"]; refused {
		f.set("unread", why)
		return "pull-secret-unread"
	}
	if !s.chartsOwn(name) {
		f.set("again", "make it here; this asks for the login")
	}
	var elsewhere []string
	for i := range s.state.Secrets {
		if at := s.state.Secrets[i].Metadata; at.Name == name && !s.here(at.Namespace) {
			elsewhere = append(elsewhere, at.Namespace)
		}
	}
	if len(elsewhere) > 0 {
		f.set("elsewhere", strings.Join(elsewhere, ", "))
		return "pull-secret-elsewhere"
	}
	return "pull-secret-missing"
}

// passedBy says why each key of a secret is none for an image.
func (s *subject) passedBy(held *Secret, image string) string {
	if len(held.Content.Logins) == 0 {
		if held.Content.External {
			return "no logins: it is a copy of a Docker configuration that keeps them elsewhere (credsStore)"
		}
		return "no logins at all"
	}
	var out []string
	for _, key := range held.Content.Keys() {
		if len(out) == 5 {
			return strings.Join(out, ", ") + fmt.Sprintf(" and %d others", len(held.Content.Logins)-len(out))
		}
		out = append(out, fmt.Sprintf("%s (%s)", key, keyring.Why(key, image)))
	}
	return strings.Join(out, ", ")
}

// aboutOwn says what it means that pods name the chart's own secret.
func (s *subject) aboutOwn(name string) string {
	if !s.chartsOwn(name) {
		return ""
	}
	return ". " + name + " is the chart's own, which pods name when the values name no other where the chart looks"
}

// anew says how a secret comes to be right: made again, or left to the chart that made it.
func (s *subject) anew(name string, f facts) {
	f.set("again", "make it anew; this asks for the login")
	f.set("instead", "")
	if where, _ := s.whereSecretIsNamed(); s.chartsOwn(name) {
		f.set("again", "make one of your own, under another name; this asks for the login")
		f.set("instead", "name it where the chart looks: "+where)
	}
}

// unreadable is about a secret that the kubelet could not decode.
func (s *subject) unreadable(p *Pod, f facts) string {
	for _, name := range names(p.Spec.PullSecrets) {
		if held := s.secret(name); held != nil && held.isPullSecret() && held.Content.Wrong != "" {
			f.set("secret", name)
			f.set("wrong", held.Content.Wrong)
			return "pull-secret-malformed"
		}
	}
	return "pull-failed"
}

// secretForNothing is about a secret that a pod names in vain and does without.
func (s *subject) secretForNothing(p *Pod) {
	for _, name := range names(p.Spec.PullSecrets) {
		if s.secret(name) != nil || s.state.Asked.Refused["secrets"] != "" {
			continue
		}
		f := s.factsOf(p)
		f.set("secret", name)
		f.set("own", s.aboutOwn(name))
		s.anew(name, f)
		before := len(s.report.Findings)
		s.find(s.absent(name, f), object(p), "", "", f)
		if len(s.report.Findings) > before {
			last := &s.report.Findings[before]
			last.Severity, last.Why = "info", "the pods run without it: the node has the images, or may pull without a secret"
		}
	}
}

// lifetimeHours is a lifetime such as "12 hours" as a number; 0 when it is not told in hours.
func lifetimeHours(lifetime string) int {
	number, unit, _ := strings.Cut(lifetime, " ")
	n, err := strconv.Atoi(number)
	if err != nil || !strings.HasPrefix(unit, "hour") {
		return 0
	}
	return n
}

// spoken is an age as people say it.
func spoken(hours int) string {
	switch {
	case hours < 0:
		return "some time"
	case hours == 0:
		return "less than an hour"
	case hours == 1:
		return "an hour"
	case hours < 48:
		return fmt.Sprintf("%d hours", hours)
	}
	return fmt.Sprintf("%d days", hours/24)
}

// keysCommand prints the keys of a pull secret, and nothing of its logins.
func keysCommand(name, namespace string) string {
	return "kubectl get secret " + secret.Quote(name) + " --namespace " + secret.Quote(namespace) +
		` -o jsonpath='{.data.\.dockerconfigjson}' | base64 -d | jq '.auths | keys'`
}
