package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/secret"
	"conductor-registry/model/shell"
)

// secret is the pull secret of that name in the namespace; nil when it is not there or could not be read.
func (d *diagnosis) findSecret(name string) *Secret {
	for i := range d.state.Secrets {
		if held := &d.state.Secrets[i]; held.Metadata.Name == name && d.isInNamespace(held.Metadata.Namespace) {
			return held
		}
	}
	return nil
}

// isPullSecret tells whether a kubelet takes logins from a secret.
func (s *Secret) isPullSecret() bool {
	return s.Type == secret.DockerConfigType || s.Type == secret.LegacyType
}

// fits tells whether a kubelet finds a login for an image in a secret.
func (s *Secret) hasLoginFor(image string) bool {
	return s.isPullSecret() && s.Content.Wrong == "" && len(secret.Lookup(s.Content.Keys(), image)) > 0
}

// fitting is a pull secret of the namespace, other than those named, that has a login for an image.
func (d *diagnosis) otherSecretFor(image string, named []string) string {
	for i := range d.state.Secrets {
		held := &d.state.Secrets[i]
		if d.isInNamespace(held.Metadata.Namespace) && !slices.Contains(named, held.Metadata.Name) && held.hasLoginFor(image) {
			return held.Metadata.Name
		}
	}
	return ""
}

// passedBy says why each key of a secret is none for an image.
func (d *diagnosis) describeKeys(held *Secret, image string) string {
	if len(held.Content.Logins) == 0 {
		if held.Content.External {
			return "no logins: it is a copy of a Docker configuration that keeps them elsewhere (credsStore)"
		}
		return "no logins at all"
	}
	var out []string
	for _, key := range held.Content.Keys() {
		if len(out) == 5 {
			return strings.Join(out, ", ") + fmt.Sprintf(" and %deployment others", len(held.Content.Logins)-len(out))
		}
		out = append(out, fmt.Sprintf("%s (%s)", key, secret.Why(key, image)))
	}
	return strings.Join(out, ", ")
}

// aboutOwn says what it means that pods name the chart's own secret.
func (d *diagnosis) chartSecretNote(name string) string {
	if !d.isChartSecret(name) {
		return ""
	}
	return ". " + name + " is the chart's own, which pods name when the values name no other where the chart looks"
}

// keysCommand prints the keys of a pull secret, and nothing of its logins.
func keysCommand(name, namespace string) string {
	return "kubectl get secret " + shell.Quote(name) + " --namespace " + shell.Quote(namespace) +
		` -o jsonpath='{.data.\.dockerconfigjson}' | base64 -d | jq '.auths | keys'`
}
