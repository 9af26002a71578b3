package images

import (
	"cmp"
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/go-containerregistry/pkg/authn"
)

// login holds the credentials of one request. They are in a function, so that printing or encoding a login cannot show
// them.
type login struct {
	entry  string // the key under auths, redacted; "" for none
	config func() authn.AuthConfig
}

func nobody() login { return login{config: func() authn.AuthConfig { return authn.AuthConfig{} }} }

func newLogin(entry, username, password string) login {
	config := authn.AuthConfig{Username: username, Password: password}
	return login{entry, func() authn.AuthConfig { return config }}
}

// isEmpty reports whether requests with it are anonymous. Without a user name the container runtimes send no password
// either (containerd, internal/cri/server/images: ParseAuth).
func (l login) isEmpty() bool {
	c := l.config()
	return c.Username == "" && c.IdentityToken == "" && c.RegistryToken == ""
}

// authenticator returns the login for go-containerregistry.
func (l login) authenticator() authn.Authenticator {
	if l.isEmpty() {
		return authn.Anonymous
	}
	return authn.FromConfig(l.config())
}

// secrets returns the forms in which a registry could repeat the password or token.
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

// redact replaces every secret in a text, the longest first, since one can contain another.
func redact(text string, secrets []string) string {
	secrets = slices.SortedFunc(slices.Values(secrets), func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "***")
		}
	}
	return text
}

// visible returns a name that others chose; one that contains spaces, control characters or marks is quoted, so that it
// cannot look like more than a name.
func visible(name string) string {
	if quoted := strconv.QuoteToASCII(name); quoted != `"`+name+`"` || strings.Contains(name, " ") {
		return quoted
	}
	return name
}

// maxSaid is how many characters of a registry's text are repeated.
const maxSaid = 200

// sanitize returns a registry's text on one short line without control characters.
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
