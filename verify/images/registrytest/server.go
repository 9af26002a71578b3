// Package registrytest runs container registries in this process for tests: the registry of go-containerregistry, with
// TLS and a CA of its own, behind middleware that asks for credentials or fails.
package registrytest

import (
	"encoding/pem"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/registry"
)

// Server is a running registry.
type Server struct {
	Host string // 127.0.0.1:PORT, to stand in image names
	CA   []byte // PEM of the certificate that its own is signed by

	server  *httptest.Server
	content http.Handler
}

// Middleware is a handler before a registry, or in its place.
type Middleware func(http.Handler) http.Handler

// Start runs a registry with the images of Push behind the middleware, the first one outermost.
func Start(before ...Middleware) (*Server, error) { return start((*httptest.Server).StartTLS, before) }

// StartPlain is Start without TLS.
func StartPlain(before ...Middleware) (*Server, error) {
	return start((*httptest.Server).Start, before)
}

// StartEmpty is Start without images.
func StartEmpty(before ...Middleware) *Server {
	return serve((*httptest.Server).StartTLS, newRegistry(), before)
}

func start(run func(*httptest.Server), before []Middleware) (*Server, error) {
	content := newRegistry()
	if err := behind(content, func(host string) error { return Push(host) }); err != nil {
		return nil, err
	}
	return serve(run, content, before), nil
}

func newRegistry() http.Handler { return registry.New(registry.Logger(silent())) }

func silent() *log.Logger { //nolint:forbidigo // the libraries want a logger to be silent with
	return log.New(io.Discard, "", 0) //nolint:forbidigo // see above
}

func serve(run func(*httptest.Server), content http.Handler, before []Middleware) *Server {
	handler := content
	for _, wrap := range slices.Backward(before) {
		handler = wrap(handler)
	}
	s := &Server{server: httptest.NewUnstartedServer(handler), content: content}
	s.server.Config.ErrorLog = silent() // of handshakes that tests let fail
	s.server.EnableHTTP2 = true         // as registries do; without TLS it stays HTTP/1.1
	run(s.server)
	s.Host = s.server.Listener.Addr().String()
	if certificate := s.server.Certificate(); certificate != nil {
		s.CA = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})
	}
	return s
}

// Close stops the server and cancels the requests in progress.
func (s *Server) Close() {
	s.server.CloseClientConnections()
	s.server.Close()
}

// Move points the tag of the server's image to another build.
func (s *Server) Move() error {
	return behind(s.content, func(host string) error { return push(host, "team/server", build("moved", "linux/amd64")) })
}

// first returns middleware that calls handle with each request, and the registry when handle returns false.
func first(handle func(http.ResponseWriter, *http.Request) (isDone bool)) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !handle(w, r) {
				next.ServeHTTP(w, r)
			}
		})
	}
}

// Basic requires this login for each request.
func Basic(user, password string) Middleware {
	return first(func(w http.ResponseWriter, r *http.Request) bool {
		u, p, _ := r.BasicAuth()
		if u == user && p == password {
			return false
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="test"`)
		refuse(w, "authentication required")
		return true
	})
}

// Only refuses requests outside a path, as registries with permissions do.
func Only(path string) Middleware {
	return first(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/v2/" || strings.HasPrefix(r.URL.Path, "/v2/"+path) {
			return false
		}
		refuse(w, "authentication required")
		return true
	})
}

// Answer returns the same response to each request whose path contains a text.
func Answer(in string, status int, header http.Header, body string) Middleware {
	return first(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.Path, in) {
			return false
		}
		maps.Copy(w.Header(), header)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
		return true
	})
}

// Gate returns a status for the requests that isRefused reports.
func Gate(isRefused func(*http.Request) bool, status int) Middleware {
	return first(func(w http.ResponseWriter, r *http.Request) bool {
		if !isRefused(r) {
			return false
		}
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(status)
		return true
	})
}

// Hang sends the path of each request to the channel and does not answer until the client leaves.
func Hang(asked chan<- string) Middleware {
	return first(func(_ http.ResponseWriter, r *http.Request) bool {
		asked <- r.URL.Path
		<-r.Context().Done()
		return true
	})
}

// Cut ends the response early to requests whose path contains a text.
func Cut(in string) Middleware {
	return Answer(in, http.StatusOK, http.Header{"Content-Length": {"1000"}}, `{"schema`)
}

// Note calls see with each request.
func Note(see func(*http.Request)) Middleware {
	return first(func(_ http.ResponseWriter, r *http.Request) bool { see(r); return false })
}

// refuse responds as registries do (distribution-spec, error codes).
func refuse(w http.ResponseWriter, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = io.WriteString(w, `{"errors":[{"code":"UNAUTHORIZED","message":"`+message+`"}]}`)
}

// Proxy starts a proxy that responds to each CONNECT with a status, and appends the host to asked.
func Proxy(status int, asked *[]string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.Host)
		w.WriteHeader(status)
	}))
}
