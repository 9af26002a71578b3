package images

import (
	"cmp"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/authn"
)

// login is what one request logs in with. The secret is kept in a function, so that whatever prints or encodes a login
// shows an address or fails, and never the secret.
type login struct {
	entry  string // the key under auths that it stands at, fit to be shown; "" for none
	config func() authn.AuthConfig
}

func nobody() login { return login{config: func() authn.AuthConfig { return authn.AuthConfig{} }} }

func newLogin(entry, username, password string) login {
	config := authn.AuthConfig{Username: username, Password: password}
	return login{entry, func() authn.AuthConfig { return config }}
}

// isEmpty tells a login that logs nobody in. Without a user name the container runtimes send no password either
// (containerd, internal/cri/server/images: ParseAuth).
func (l login) isEmpty() bool {
	c := l.config()
	return c.Username == "" && c.IdentityToken == "" && c.RegistryToken == ""
}

// authenticator is the login as the library wants it.
func (l login) authenticator() authn.Authenticator {
	if l.isEmpty() {
		return authn.Anonymous
	}
	return authn.FromConfig(l.config())
}

// secrets are the forms in which the login's secret could come back in what a registry says.
func (l login) secrets() []string {
	c := l.config()
	out := []string{c.Password, url.QueryEscape(c.Password), c.IdentityToken, c.RegistryToken, c.Auth}
	if c.Password == "" {
		return out
	}
	for _, text := range []string{c.Password, c.Username + ":" + c.Password} {
		for _, e := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding,
			base64.RawURLEncoding} {
			out = append(out, e.EncodeToString([]byte(text)))
		}
	}
	return out
}

// without is a text with every secret in it left out, the longest first: one may be a part of another.
func without(text string, secrets []string) string {
	secrets = slices.SortedFunc(slices.Values(secrets), func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "***")
		}
	}
	return text
}

// maxSaid is how much of a foreign text is repeated, in characters.
const maxSaid = 200

// sanitize makes a foreign text fit for a terminal: one line, no control characters, not long.
func sanitize(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxSaid {
		text = string(runes[:maxSaid]) + "..."
	}
	return text
}
