package registrytest

import (
	"io"
	"net/http"
	"strings"
)

// Tokens requires a token, which the registry gives for this login at /token. It is valid below a path only, whatever
// was asked for (distribution/distribution, docs/spec/auth/token.md).
func Tokens(user, password, path string) Middleware {
	const valid = "token-of-the-test"
	return first(func(w http.ResponseWriter, r *http.Request) bool {
		isAllowed := r.URL.Path == "/v2/" || strings.HasPrefix(r.URL.Path, "/v2/"+path)
		switch {
		case r.URL.Path == "/token":
			give(w, r, user, password, valid)
		case r.Header.Get("Authorization") == "Bearer "+valid && isAllowed:
			return false
		default:
			w.Header().Set("WWW-Authenticate", `Bearer realm="https://`+r.Host+`/token",service="test"`)
			refuse(w, "authentication required")
		}
		return true
	})
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
