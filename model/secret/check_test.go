package secret

import (
	"strings"
	"testing"
)

// Names that kubectl would take as flags, or that Kubernetes does not accept, are refused in every form.
func TestNamesAreRefused(t *testing.T) {
	bad := func(change func(*Request)) Request {
		r := request(Kubectl, acr)
		change(&r)
		return r
	}
	for name, r := range map[string]Request{
		"a flag":      bad(func(r *Request) { r.Name = "--kubeconfig=/tmp/evil" }),
		"help":        bad(func(r *Request) { r.Name = "-h" }),
		"shell":       bad(func(r *Request) { r.Name = "a b;x" }),
		"upper case":  bad(func(r *Request) { r.Name = "UPPER" }),
		"empty":       bad(func(r *Request) { r.Name = "" }),
		"two lines":   bad(func(r *Request) { r.Name = "a\nb" }),
		"namespace":   bad(func(r *Request) { r.Namespaces = []string{"good", "--all-namespaces"} }),
		"next line":   bad(func(r *Request) { r.Logins[0].Username = "me\u0085" }),
		"C1":          bad(func(r *Request) { r.Logins[0].Username = "me\u009b31m" }),
		"escape":      bad(func(r *Request) { r.Logins[0].Username = "\x1b[31mme" }),
		"right-left":  bad(func(r *Request) { r.Logins[0].Username = "me\u202e" }),
		"line breaks": bad(func(r *Request) { r.Logins[0].Username = "me\u2028you" }),
	} {
		for _, format := range Formats() {
			text, err := format.Text(r)
			if err == nil || text != "" || strings.ContainsAny(err.Error(), "\x1b\n\u0085\u009b\u202e\u2028") {
				t.Errorf("%s as %s: %q, %v", name, format.ID, text, err)
			}
		}
	}
}
