package secret

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/redact"
)

// check returns an error for names that Kubernetes does not accept, and for user names that a terminal does not show as
// they are. They would become arguments of kubectl: one that begins with a dash is read as a flag.
func (r Request) check() error {
	if !r.byHelm() && !model.IsSubdomain(r.Name) {
		return fmt.Errorf("%q is not a valid Secret name; use lower-case letters, digits, - and ., for example "+
			"acr-credentials", r.Name)
	}
	for _, namespace := range r.namespaces() {
		if !model.IsLabel(namespace) {
			return fmt.Errorf("%q is not a valid namespace; use lower-case letters, digits and -, for example conductor",
				namespace)
		}
	}
	for _, l := range r.Logins {
		if strings.ContainsFunc(l.Username, redact.IsHidden) {
			return fmt.Errorf("the user name %q has a control character or line break; type it again", l.Username)
		}
	}
	return nil
}
