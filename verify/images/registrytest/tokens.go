package registrytest

import (
	"io"
	"net/http"
	"strings"
)

// Tokens asks for a token, which the registry gives itself to this login, at /token. A token is good for the
// repositories below a path only, whatever was asked for (distribution/distribution, docs/spec/auth/token.md).
func Tokens(user, password, path string) Door {
	const good = "token-of-the-test"
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/token" {
				give(w, r, user, password, good)
				return
			}
			if r.Header.Get("Authorization") != "Bearer "+good || r.URL.Path != "/v2/" &&
				!strings.HasPrefix(r.URL.Path, "/v2/"+path) {
				w.Header().Set("WWW-Authenticate", `Bearer realm="https://`+r.Host+`/token",service="test"`)
				refuse(w, "authentication required")
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func give(w http.ResponseWriter, r *http.Request, user, password, token string) {
	u, p, given := r.BasicAuth()
	switch {
	case given && (u != user || p != password):
		refuse(w, "incorrect username or password")
	case !given:
		token = "token-of-nobody"
		fallthrough
	default:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"token":"`+token+`"}`)
	}
}
