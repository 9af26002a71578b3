package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/secret"
	"conductor-registry/model/shell"
)

// refusal is why a registry refuses, by the pull secrets that the pod names. The first that has a login is to blame;
// without one it is the first that is named.
func (s *subject) refusal(p *Pod, c Container, said Message, f facts) string {
	named := names(p.Spec.PullSecrets)
	f.set("named", strings.Join(named, ", "))
	for _, name := range named {
		if held := s.secret(name); held != nil && held.fits(c.Image) {
			return s.refused(held, c.Image, said, f)
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

// refused is about a login that was tried.
func (s *subject) refused(held *Secret, image string, said Message, f facts) string {
	matched := secret.Lookup(held.Content.Keys(), image)
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
	case strings.Contains(string(said), "fetch anonymous token"): // containerd's word for no login
		return "pull-secret-untried"
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
		f.command("name it", f.replacer(shell.Quote).Replace(
			"helm upgrade {release} {ref} --namespace {namespace} --reuse-values --set "+key+"={other}"))
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
		if at := s.state.Secrets[i].Metadata; at.Name == name { // none of them is here
			elsewhere = append(elsewhere, at.Namespace)
		}
	}
	if len(elsewhere) > 0 {
		f.set("elsewhere", strings.Join(elsewhere, ", "))
		return "pull-secret-elsewhere"
	}
	return "pull-secret-missing"
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
		if s.secret(name) == nil && s.state.Asked.Refused["secrets"] == "" {
			f := s.factsOf(p)
			f.set("secret", name)
			s.find("pull-secret-not-needed", object(p), "", "", f)
		}
	}
}
