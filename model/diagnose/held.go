package diagnose

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"conductor-registry/model/secret"
	"conductor-registry/model/shell"
)

// findSecret returns the secret of that name in the namespace; nil when it does not exist or could not be read.
func (d *diagnosis) findSecret(name string) *Secret {
	for i := range d.State.Secrets {
		if held := &d.State.Secrets[i]; held.Metadata.Name == name && d.isInNamespace(held.Metadata.Namespace) {
			return held
		}
	}
	return nil
}

// isPullSecret reports whether the secret has a type that a kubelet takes credentials from.
func (s *Secret) isPullSecret() bool {
	return s.Type == secret.DockerConfigType || s.Type == secret.LegacyType
}

// hasLoginFor reports whether a kubelet finds credentials for the image in the secret.
func (s *Secret) hasLoginFor(image string) bool {
	return s.isPullSecret() && s.Content.Wrong == "" && len(secret.Lookup(s.Content.Keys(), image)) > 0
}

// otherSecretFor returns the name of a pull secret in the namespace that has credentials for the image and is not among
// those named.
func (d *diagnosis) otherSecretFor(image string, named []string) string {
	for i := range d.State.Secrets {
		held := &d.State.Secrets[i]
		name := held.Metadata.Name
		if d.isInNamespace(held.Metadata.Namespace) && !slices.Contains(named, name) && held.hasLoginFor(image) {
			return name
		}
	}
	return ""
}

// describeKeys returns the keys of a secret, each with the reason why it does not match the image; at most five.
func (d *diagnosis) describeKeys(held *Secret, image string) string {
	if len(held.Content.Logins) == 0 {
		if held.Content.External {
			return "no entries: it is a copy of a docker configuration that keeps credentials in a helper (credsStore)"
		}
		return "no entries"
	}
	var out []string
	for _, key := range held.Content.Keys() {
		if len(out) == 5 {
			return strings.Join(out, ", ") + fmt.Sprintf(" and %d others", len(held.Content.Logins)-len(out))
		}
		out = append(out, fmt.Sprintf("%s (%s)", quoteKey(key), secret.Mismatch(key, image)))
	}
	return strings.Join(out, ", ")
}

// quoteKey returns a key in quotes if it has a space or another character that would not be seen.
func quoteKey(key string) string {
	if quoted := strconv.Quote(key); quoted != `"`+key+`"` || strings.ContainsFunc(key, unicode.IsSpace) {
		return quoted
	}
	return key
}

// keysCommand returns the command that prints the keys of a pull secret, and none of its credentials.
func keysCommand(name, namespace string) string {
	return "kubectl get secret " + shell.Quote(name) + " --namespace " + shell.Quote(namespace) +
		` -o jsonpath='{.data.\.dockerconfigjson}' | base64 -d | jq '.auths | keys'`
}
