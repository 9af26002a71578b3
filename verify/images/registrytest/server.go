// Package registrytest runs container registries in this process for tests: the registry of go-containerregistry, with
// TLS and a CA of its own, behind the doors and troubles that tests want..
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

// Door stands before a registry, or in its place.
type Door func(http.Handler) http.Handler

// Start runs a registry with the images of Images behind the doors, the first one outermost.
func Start(doors ...Door) (*Server, error) { return start((*httptest.Server).StartTLS, doors) }

// StartPlain is Start without TLS.
func StartPlain(doors ...Door) (*Server, error) { return start((*httptest.Server).Start, doors) }

func start(run func(*httptest.Server), doors []Door) (*Server, error) {
	silent := log.New(io.Discard, "", 0) //nolint:forbidigo // the libraries want a logger to be silent with
	content := registry.New(registry.Logger(silent))
	if err := behind(content, func(host string) error { return Push(host) }); err != nil {
		return nil, err
	}
	handler := content
	for _, door := range slices.Backward(doors) {
		handler = door(handler)
	}
	s := &Server{server: httptest.NewUnstartedServer(handler), content: content}
	s.server.Config.ErrorLog = silent // of handshakes that tests let fail
	s.server.EnableHTTP2 = true       // as registries do; without TLS it stays HTTP/1.1
	run(s.server)
	s.Host = s.server.Listener.Addr().String()
	if certificate := s.server.Certificate(); certificate != nil {
		s.CA = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})
	}
	return s, nil
}

// Close ends it, and requests that are under way.
func (s *Server) Close() {
	s.server.CloseClientConnections()
	s.server.Close()
}

// Move lets the tag of the server's image mean another build.
func (s *Server) Move() error {
	return behind(s.content, func(host string) error { return push(host, "team/server", build("moved", "linux/amd64")) })
}

// Basic asks every request for this login.
func Basic(user, password string) Door {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if u, p, _ := r.BasicAuth(); u != user || p != password {
				w.Header().Set("WWW-Authenticate", `Basic realm="test"`)
				refuse(w, "authentication required")
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// Only lets nobody have what is not below a path, as registries with rights do.
func Only(path string) Door {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/v2/" && !strings.HasPrefix(r.URL.Path, "/v2/"+path) {
				refuse(w, "authentication required")
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// Answer gives the same answer to every request that holds a text in its path.
func Answer(in string, status int, header http.Header, body string) Door {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.URL.Path, in) {
				next.ServeHTTP(w, r)
				return
			}
			maps.Copy(w.Header(), header)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		})
	}
}

// Hang answers nothing until the client goes. Each request is told on the channel first.
func Hang(asked chan<- string) Door {
	return func(http.Handler) http.Handler {
		return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			asked <- r.URL.Path
			<-r.Context().Done()
		})
	}
}

// Cut breaks off in the middle of answers to requests that hold a text in their path.
func Cut(in string) Door {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.URL.Path, in) {
				next.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"schema`)
		})
	}
}

// Note tells of every request.
func Note(told func(*http.Request)) Door {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			told(r)
			next.ServeHTTP(w, r)
		})
	}
}

// refuse answers as registries do (distribution-spec, error codes).
func refuse(w http.ResponseWriter, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = io.WriteString(w, `{"errors":[{"code":"UNAUTHORIZED","message":"`+message+`"}]}`)
}

// Proxy is a proxy that answers to every CONNECT with a status, and notes what for.
func Proxy(status int, asked *[]string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.Host)
		w.WriteHeader(status)
	}))
}
