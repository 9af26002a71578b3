package images

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"iter"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"conductor-registry/verify/trace"
)

const handshakePatience = 10 * time.Second

// transport returns a transport for one run; no connection is shared or kept.
func (o Options) transport() *http.Transport {
	return &http.Transport{
		Proxy: o.proxy(),
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

func (o Options) proxy() func(*http.Request) (*url.URL, error) {
	if o.Proxy != nil {
		return o.Proxy
	}
	return http.ProxyFromEnvironment
}

// proxyError is a proxy that refuses to connect.
type proxyError struct{ status string }

// Error returns the proxy's status.
func (e *proxyError) Error() string { return e.status }

// rateError is a registry that limits requests.
type rateError struct{ when string }

// Error returns when to ask again.
func (e *rateError) Error() string { return e.when }

// pageError is something else than a registry's answer.
type pageError struct{ what string }

// Error returns what was answered.
func (e *pageError) Error() string { return e.what }

// redirectError is a registry that redirects in a circle, or without end.
type redirectError struct{ what string }

// Error returns from where to where.
func (e *redirectError) Error() string { return e.what }

// plainRedirectError is a registry that redirects from HTTPS to HTTP.
type plainRedirectError struct{ to string }

// Error returns where to.
func (e *plainRedirectError) Error() string { return e.to }

// plainUnusedError says that HTTPS works, so that HTTP is not tried.
type plainUnusedError struct{}

// Error returns that.
func (plainUnusedError) Error() string { return "plain HTTP is only used with --insecure" }

// wire is the transport of one try: it insists on HTTPS, recognises answers that are not a registry's, and remembers
// what the library's errors leave out.
type wire struct {
	inner    http.RoundTripper
	insecure bool
	guessed  string // the scheme that the library guesses from the registry's host: http for private addresses
	private  *privateHosts

	mu     sync.Mutex
	sent   []string // what was sent as authorization, for redaction
	tokens bool     // the registry asked for a token
	token  bool     // and got one
	scheme string   // by which it answers; "" before it did
	failed string   // the host of the last request without an answer

	once  sync.Once
	first chan struct{} // closed when the first request over HTTPS is done
	err   error         // its error
}

func newWire(inner http.RoundTripper, o Options, guessed string) *wire {
	return &wire{inner: inner, insecure: o.Insecure, guessed: guessed, private: &privateHosts{proxy: o.proxy()},
		first: make(chan struct{})}
}

// RoundTrip sends a request.
func (w *wire) RoundTrip(request *http.Request) (*http.Response, error) {
	request = w.private.restore(request)
	if err := w.check(request); err != nil {
		return nil, err
	}
	if scheme, text, found := strings.Cut(request.Header.Get("Authorization"), " "); found {
		w.mu.Lock()
		if !slices.Contains(w.sent, text) {
			w.sent = append(w.sent, text)
		}
		w.token = w.token || strings.EqualFold(scheme, "bearer")
		w.mu.Unlock()
	}
	trace.Report(request.Context(), "asking %s", request.URL.Host)
	answer, err := w.inner.RoundTrip(w.private.watch(request))
	w.once.Do(func() { w.err = err; close(w.first) })
	if err != nil {
		w.mu.Lock()
		w.failed = request.URL.Host
		w.mu.Unlock()
		return nil, err
	}
	scheme, _, _ := strings.Cut(answer.Header.Get("WWW-Authenticate"), " ")
	w.mu.Lock()
	w.tokens = w.tokens || strings.EqualFold(scheme, "bearer")
	w.scheme = request.URL.Scheme
	w.mu.Unlock()
	w.private.hide(answer)
	w.fixLink(answer)
	switch {
	case answer.StatusCode == http.StatusTooManyRequests:
		err = &rateError{resets(answer.Header)}
	case isPage(answer) && isPlaceOfPages(request, answer.StatusCode):
		err = &pageError{fmt.Sprintf("%s is a web page (%s)", shortURL(request), answer.Status)}
	}
	if err != nil {
		_ = answer.Body.Close()
		return nil, err
	}
	return answer, nil
}

// fixLink gives the link to the next page of tags the scheme that the library guesses, without which it refuses the
// link. The request is sent by the scheme of the others all the same.
func (w *wire) fixLink(answer *http.Response) {
	rest, isLink := strings.CutPrefix(answer.Header.Get("Link"), "<")
	address, after, _ := strings.Cut(rest, ">")
	next, err := answer.Request.URL.Parse(address)
	if isLink && err == nil {
		next.Scheme = w.guessed
		answer.Header.Set("Link", "<"+next.String()+">"+after)
	}
}

// maxRedirects is how many redirects are followed, one less than by Go's own client, whose error has no type.
const maxRedirects = 9

// check refuses a request that a redirect led to in a circle, or over HTTP without --insecure. The library also tries
// HTTP for private addresses; then the error is that of the request over HTTPS.
func (w *wire) check(request *http.Request) error {
	redirects := 0
	if request.Response != nil && !w.insecure {
		if to, err := request.Response.Location(); err == nil && to.Scheme == "http" {
			return &plainRedirectError{sanitize("http://" + to.Host + to.Path)}
		}
	}
	for r := range redirected(request) {
		redirects++
		if redirects > maxRedirects || r.URL.String() == request.URL.String() && r.Method == request.Method {
			return &redirectError{fmt.Sprintf("%s leads to %s and back", shortURL(request), shortURL(request.Response.Request))}
		}
	}
	if request.URL.Scheme == "https" || w.insecure {
		return nil
	}
	select {
	case <-request.Context().Done():
		return request.Context().Err()
	case <-w.first:
		return cmp.Or[error](w.err, plainUnusedError{})
	}
}

// redirected returns the requests whose redirects led to this one, the last one first.
func redirected(request *http.Request) iter.Seq[*http.Request] {
	return func(yield func(*http.Request) bool) {
		for request.Response != nil && request.Response.Request != nil {
			if request = request.Response.Request; !yield(request) {
				return
			}
		}
	}
}

// firstPath returns the path of the request before all redirects.
func firstPath(request *http.Request) string {
	path := request.URL.Path
	for r := range redirected(request) {
		path = r.URL.Path
	}
	return path
}

// shortURL returns the URL without its query, which can contain a signature.
func shortURL(r *http.Request) string {
	return sanitize(r.URL.Scheme + "://" + r.URL.Host + r.URL.Path)
}

func isPage(answer *http.Response) bool {
	kind, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	return err == nil && (kind == "text/html" || kind == "application/xhtml+xml")
}

// isPlaceOfPages reports whether a page shows that there is no registry. At /v2/ Quay answers 200 with a page, and data
// can have any type.
func isPlaceOfPages(request *http.Request, status int) bool {
	first := firstPath(request)
	if first == "/v2/" {
		return status == http.StatusNotFound
	}
	return status == http.StatusOK && !strings.Contains(first, "/blobs/")
}

// secrets returns all that was sent as authorization.
func (w *wire) secrets() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string{}, w.sent...)
}

// failedHost returns the host that did not answer, when it is another one than the registry; else "".
func (w *wire) failedHost(registry string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed == registry {
		return ""
	}
	return w.failed
}

// login returns what is known about the registry's way of logging in: whether it asked for a token and got one, and
// the scheme by which it answers.
func (w *wire) login() (usesTokens, sentToken bool, scheme string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.tokens, w.token, w.scheme
}
