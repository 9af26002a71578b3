package images

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const handshakePatience = 10 * time.Second

// transport returns a transport for one run; no connection is shared or kept.
func (o Options) transport() *http.Transport {
	proxy := o.Proxy
	if proxy == nil {
		proxy = http.ProxyFromEnvironment
	}
	return &http.Transport{
		Proxy: proxy,
		TLSClientConfig: &tls.Config{
			MinVersion: tls.VersionTLS12, RootCAs: o.RootCAs,
			InsecureSkipVerify: o.Insecure, //nolint:gosec // only with --insecure
		},
		TLSHandshakeTimeout: handshakePatience,
		ForceAttemptHTTP2:   true,
		OnProxyConnectResponse: func(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
			if answer.StatusCode != http.StatusOK {
				return &proxyError{answer.Status}
			}
			return nil
		},
	}
}

// proxyError is a proxy that refuses to connect.
type proxyError struct{ status string }

// Error returns the proxy's status.
func (e *proxyError) Error() string { return e.status }

// rateError is a registry that limits requests.
type rateError struct{ when string }

// Error returns when to ask again.
func (e *rateError) Error() string { return e.when }

// pageError is a web page where a registry should answer.
type pageError struct{ what string }

// Error returns what was answered.
func (e *pageError) Error() string { return e.what }

// wire is the transport of one try: it insists on HTTPS, recognises answers that are not a registry's, and remembers
// what the library's errors leave out.
type wire struct {
	inner    http.RoundTripper
	insecure bool

	mu     sync.Mutex
	sent   []string // what was sent as authorization, for redaction
	tokens bool     // the registry asked for a token
	token  bool     // and got one
	scheme string   // by which it answers; "" before it did

	once  sync.Once
	first chan struct{} // closed when the first request over HTTPS is done
	err   error         // its error
}

func newWire(inner http.RoundTripper, insecure bool) *wire {
	return &wire{inner: inner, insecure: insecure, first: make(chan struct{})}
}

// RoundTrip sends a request.
func (w *wire) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Scheme != "https" && !w.insecure {
		return nil, w.plain(request.Context())
	}
	if scheme, text, found := strings.Cut(request.Header.Get("Authorization"), " "); found {
		w.mu.Lock()
		w.sent = append(w.sent, text)
		w.token = w.token || strings.EqualFold(scheme, "bearer")
		w.mu.Unlock()
	}
	answer, err := w.inner.RoundTrip(request)
	w.once.Do(func() { w.err = err; close(w.first) })
	if err != nil {
		return nil, err
	}
	scheme, _, _ := strings.Cut(answer.Header.Get("WWW-Authenticate"), " ")
	w.mu.Lock()
	w.tokens = w.tokens || strings.EqualFold(scheme, "bearer")
	w.scheme = request.URL.Scheme
	w.mu.Unlock()
	switch {
	case answer.StatusCode == http.StatusTooManyRequests:
		err = &rateError{resets(answer.Header)}
	case isPage(answer) && (answer.StatusCode == http.StatusOK && strings.Contains(request.URL.Path, "/manifests/") ||
		answer.StatusCode == http.StatusNotFound && request.URL.Path == "/v2/"):
		err = &pageError{fmt.Sprintf("%s is a web page (%s)", request.URL.Path, answer.Status)}
	}
	if err != nil {
		_ = answer.Body.Close()
		return nil, err
	}
	return answer, nil
}

// plain refuses a request over HTTP without --insecure: the library tries HTTP for private addresses, and a registry
// can name a token service without TLS. It returns the error of the request over HTTPS.
func (w *wire) plain(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-w.first:
		return cmp.Or(w.err, http.ErrSchemeMismatch)
	}
}

func isPage(answer *http.Response) bool {
	kind, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	return err == nil && kind == "text/html"
}

// secrets returns all that was sent as authorization.
func (w *wire) secrets() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string{}, w.sent...)
}

// login returns what is known about the registry's way of logging in: whether it asked for a token and got one, and
// the scheme by which it answers.
func (w *wire) login() (usesTokens, sentToken bool, scheme string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.tokens, w.token, w.scheme
}
