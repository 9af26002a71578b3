package images

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	specs "github.com/opencontainers/image-spec/specs-go/v1"

	"conductor-registry/verify/images/registrytest"
)

// canary is a password that no output may contain.
var canary = rand.Text()

const user = "robot$ci"

func start(t *testing.T, doors ...registrytest.Middleware) *registrytest.Server {
	t.Helper()
	s, err := registrytest.Start(doors...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func trusting(s *registrytest.Server) Options {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(s.CA)
	return Options{RootCAs: roots, Platforms: nodes("linux/amd64")}
}

func nodes(names ...string) []specs.Platform {
	var out []specs.Platform
	for _, name := range names {
		p, _ := ParsePlatform(name)
		out = append(out, p)
	}
	return out
}

// secretFor returns a pull secret with entries KEY=USER:PASSWORD.
func secretFor(t *testing.T, entries ...string) Credential {
	t.Helper()
	auths := map[string]any{}
	for _, e := range entries {
		key, login, _ := strings.Cut(e, "=")
		auths[key] = map[string]string{"auth": base64.StdEncoding.EncodeToString([]byte(login))}
	}
	data, err := json.Marshal(map[string]any{"auths": auths})
	if err != nil {
		t.Fatal(err)
	}
	c, problems := PullSecret("secret.json", data)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

// ask asks for one image, and checks that the result does not contain the password.
func ask(t *testing.T, image string, c Credential, o Options) Result {
	t.Helper()
	results, err := Run(t.Context(), []string{image}, c, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{canary, base64.StdEncoding.EncodeToString([]byte(user + ":" + canary)),
		base64.StdEncoding.EncodeToString([]byte(canary))} {
		if text := fmt.Sprintf("%+v %#v %v", results, results, c); strings.Contains(text, form) {
			t.Errorf("the password is in %s", text)
		}
	}
	return results[0]
}

func (r Result) text() string {
	if len(r.Problems) == 0 {
		return fmt.Sprintf("found %v %s %v by %q", r.Found, r.Digest, r.Platforms, r.Entry)
	}
	var out []string
	for _, p := range r.Problems {
		out = append(out, fmt.Sprintf("%s %s: %s | %s | %s", p.Severity, p.Rule, p.Summary, p.Why, p.Fix))
	}
	return strings.Join(out, "\n")
}

// wants reports an error unless the result has exactly one problem, of that rule and with these texts.
func wants(t *testing.T, r Result, rule string, says ...string) {
	t.Helper()
	text := r.text()
	if len(r.Problems) != 1 || r.Problems[0].Rule != rule || r.Found && rule != platformMissing {
		t.Errorf("want %s, got %s", rule, text)
	}
	for _, s := range says {
		if !strings.Contains(text, s) {
			t.Errorf("want %q in %s", s, text)
		}
	}
	for _, place := range []string{"{", "}", "  ", "%!"} {
		if strings.Contains(text, place) {
			t.Errorf("%q is left in %s", place, text)
		}
	}
}

func TestWhatIsThere(t *testing.T) {
	basic := start(t, registrytest.Basic(user, canary))
	tokens := start(t, registrytest.Tokens(user, canary, "team/"))
	open := start(t)
	for name, s := range map[string]*registrytest.Server{"basic": basic, "tokens": tokens, "open": open} {
		key := s.Host
		c := secretFor(t, key+"="+user+":"+canary, "other.io=x:y")
		server := ask(t, s.Host+"/team/server:5.2.42", c, trusting(s))
		if !server.Found || server.Digest != registrytest.ServerDigest || server.Entry != key || len(server.Problems) > 0 {
			t.Errorf("%s: %s", name, server.text())
		}
		if len(server.Platforms) != 2 || server.Platforms[0].Name != "linux/amd64" || server.Platforms[0].Size < 1000 ||
			server.Platforms[1] != (Platform{Name: "linux/arm64/v8"}) {
			t.Errorf("%s: %v", name, server.Platforms)
		}
		workers := ask(t, s.Host+"/team/workers:5.2.42@"+registrytest.WorkersDigest, c, trusting(s))
		if !workers.Found || workers.Digest != registrytest.WorkersDigest || len(workers.Platforms) != 1 {
			t.Errorf("%s: %s", name, workers.text())
		}
		short := trusting(s)
		short.DigestOnly = true
		if r := ask(t, s.Host+"/team/server:5.2.42", c, short); !r.Found || r.Digest != registrytest.ServerDigest {
			t.Errorf("%s: %s", name, r.text())
		}
	}
}

// Each cause, by what a registry or the network really does.
func TestCauses(t *testing.T) {
	basic := start(t, registrytest.Basic(user, canary))
	rights := start(t, registrytest.Basic(user, canary), registrytest.Only("team/"))
	tokens := start(t, registrytest.Tokens(user, canary, "team/"))
	right := user + ":" + canary
	for _, test := range []struct {
		name, image, entry string
		server             *registrytest.Server
		rule               string
		says               []string
	}{
		{"wrong password", "team/server:5.2.42", user + ":wrong" + canary, basic, loginRefused, []string{"authentication required", "expired"}},
		{"wrong password for tokens", "team/server:5.2.42", user + ":wrong" + canary, tokens, loginRefused, []string{"it says: incorrect username"}},
		{"no right", "other/server:5.2.42", right, rights, accessDenied, []string{"Azure/acr/issues/359", "other/server"}},
		{"no right by token", "other/server:5.2.42", right, tokens, accessDenied, []string{"the credentials are valid"}},
		{"no such repository", "team/nothing:5.2.42", right, basic, repositoryUnknown, nil},
		{"no such tag", "team/server:5.2.43", right, basic, tagUnknown, []string{"not the tag 5.2.43", "nearest existing tag: 5.2.42"}},
		{"no such digest", "team/server:5.2.42@sha256:" + strings.Repeat("0", 64), right, basic, tagUnknown, []string{"not the digest sha256:0000"}},
		{"an empty entry", "team/server:5.2.42", ":", basic, loginEmpty, []string{"credsStore"}},
		{"not for amd64", "team/arm:5.2.42", right, basic, platformMissing, []string{"warning", "not built for linux/amd64"}},
		{"no image name", "Team/Server:5.2.42", right, basic, imageUnparsable, []string{"InvalidImageName"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := secretFor(t, test.server.Host+"="+test.entry)
			wants(t, ask(t, test.server.Host+"/"+test.image, c, trusting(test.server)), test.rule, test.says...)
		})
	}
}

// What a registry answers, whoever asks.
func TestAnswers(t *testing.T) {
	page := http.Header{"Content-Type": {"text/html; charset=utf-8"}}
	for _, test := range []struct {
		name string
		door registrytest.Middleware
		rule string
		says []string
	}{
		{"forbidden", registrytest.Answer("/v2/", 403, nil, `{"errors":[{"code":"DENIED","message":"client with IP \u001b[31m10.0.0.1 is not allowed"}]}`), everyoneRefused, []string{"it says: client with IP [31m10.0.0.1 is not allowed"}},
		{"no page at all", registrytest.Answer("", 404, page, "<html>"), notRegistry, []string{"web page"}},
		{"a page for everything", registrytest.Answer("", 200, page, "<html>"), notRegistry, []string{"web page (200 OK)"}},
		{"nothing at v2", registrytest.Answer("", 404, nil, "not here"), notRegistry, []string{"/v2/"}},
		{"404 without a code", registrytest.Answer("/manifests/", 404, nil, ""), imageNotFound, []string{"team/server with the tag 5.2.42"}},
		{"too many", registrytest.Answer("", 429, http.Header{"Retry-After": {"90"}}, ""), rateLimited, []string{"ask again in 1m30s"}},
		{"too many, with a date", registrytest.Answer("", 429, http.Header{"Retry-After": {"Fri, 31 Dec 1999 23:59:59 GMT"}}, ""), rateLimited, []string{"1999-12-31 23:59:59 UTC"}},
		{"too many, as GitHub says it", registrytest.Answer("/manifests/", 429, http.Header{"X-Ratelimit-Reset": {"946684799"}}, ""), rateLimited, []string{"1999-12-31 23:59:59 UTC"}},
		{"too many, as Docker Hub says it", registrytest.Answer("/manifests/", 429, http.Header{"Ratelimit-Limit": {"100;w=21600"}}, ""), rateLimited, []string{"limit is per 6h"}},
		{"too many, without a word", registrytest.Answer("", 429, nil, ""), rateLimited, []string{"does not say"}},
		{"failing", registrytest.Answer("/manifests/", 502, nil, ""), registryFails, []string{"502 Bad Gateway"}},
		{"cut off", registrytest.Cut("/manifests/"), connectionBroken, nil},
		{"cut off in the data", registrytest.Cut("/blobs/"), blobUnreachable, []string{"firewall"}},
		{"data refused", registrytest.Answer("/blobs/", 403, nil, ""), blobUnreachable, []string{"403"}},
		{"no sense", registrytest.Answer("/manifests/", 200, http.Header{"Content-Type": {"application/vnd.oci.image.index.v1+json"}}, `{"manifests": 3}`), answerUnclear, nil},
		{"schema 1", registrytest.Answer("/manifests/", 200, http.Header{"Content-Type": {"application/vnd.docker.distribution.manifest.v1+prettyjws"}}, `{}`), formatOld, nil},
		{"a realm without https", registrytest.Answer("/v2/", 401, http.Header{"Www-Authenticate": {`Bearer realm="ftp://x"`}}, ""), addressUnsafe, []string{"realm", "ftp"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, test.door)
			r := ask(t, s.Host+"/team/server:5.2.42", secretFor(t, s.Host+"="+user+":"+canary), trusting(s))
			if test.rule == formatOld {
				r.Found = false // it is there, and no node can use it
			}
			wants(t, r, test.rule, test.says...)
		})
	}
}

// Some registries have one code for a missing tag and a missing repository: the list of tags shows which it is.
func TestTagOrRepository(t *testing.T) {
	unknown := registrytest.Answer("/manifests/", 404, nil, `{"errors":[{"code":"MANIFEST_UNKNOWN","message":"unknown"}]}`)
	for status, want := range map[int]string{200: tagUnknown, 404: repositoryUnknown, 403: imageNotFound} {
		s := start(t, unknown, registrytest.Answer("/tags/list", status, nil, `{"tags":["5.2.41"]}`))
		wants(t, ask(t, s.Host+"/team/server:5.2.42", Nobody(), trusting(s)), want)
	}
	s := start(t, unknown, registrytest.Answer("/tags/list", 200, nil, `{`))
	wants(t, ask(t, s.Host+"/team/server:5.2.42", Nobody(), trusting(s)), imageNotFound)
}

// A manifest or data with other bytes than its digest says is not taken.
func TestOtherBytes(t *testing.T) {
	s := start(t, registrytest.Answer("/blobs/", 200, nil, `{"os":"linux","architecture":"amd64"}`))
	wants(t, ask(t, s.Host+"/team/workers:5.2.42", Nobody(), trusting(s)), blobUnreachable, "does not match expected size")
	s = start(t, registrytest.Answer("/manifests/", 200, nil, `{}`))
	wants(t, ask(t, s.Host+"/team/workers@"+registrytest.WorkersDigest, Nobody(), trusting(s)), answerUnclear, "does not match requested digest")
}

// A registry that repeats what it was sent must not make us repeat it.
func TestEcho(t *testing.T) {
	s := start(t, func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/v2/" {
				w.Header().Set("WWW-Authenticate", "Basic")
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			u, p, _ := r.BasicAuth()
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprintf(w, `{"errors":[{"code":"UNKNOWN","message":"%s %s:%s %s"}]}`, r.Header.Get("Authorization"), u, p,
				url.QueryEscape(p))
		})
	})
	r := ask(t, s.Host+"/team/server:5.2.42", secretFor(t, s.Host+"="+user+":"+canary), trusting(s))
	wants(t, r, registryFails, "Basic *** robot$ci:*** ***")
}

func TestNoLogin(t *testing.T) {
	s := start(t, registrytest.Basic(user, canary))
	_, port, _ := net.SplitHostPort(s.Host)
	image := s.Host + "/team/server:5.2.42"
	wants(t, ask(t, image, secretFor(t, "a.io=x:y", "b.io=x:y"), trusting(s)), loginMissing,
		"the pull secret has none for it", "its entries are for a.io and b.io", "add an entry "+s.Host+" under auths")
	wants(t, ask(t, image, secretFor(t, "127.0.0.1="+user+":"+canary), trusting(s)), loginPassedBy,
		"credentials for 127.0.0.1", "the ports differ (none, "+port+")", "write the entry as "+s.Host)
	wants(t, ask(t, image, Nobody(), trusting(s)), loginMissing, "give a login")
	open := start(t)
	if r := ask(t, open.Host+"/team/server:5.2.42", secretFor(t, "a.io=x:y"), trusting(open)); !r.Found || r.Entry != "" {
		t.Errorf("an open registry: %s", r.text())
	}
}

// All entries that match are tried, as the kubelet does, and one that pulls is enough.
func TestEveryEntry(t *testing.T) {
	s := start(t, registrytest.Basic(user, canary))
	c := secretFor(t, s.Host+"/team="+user+":old"+canary, s.Host+"="+user+":"+canary)
	if r := ask(t, s.Host+"/team/server:5.2.42", c, trusting(s)); !r.Found || r.Entry != s.Host {
		t.Error(r.text())
	}
	c = secretFor(t, s.Host+"/team="+user+":"+canary, s.Host+"="+user+":old"+canary)
	wants(t, ask(t, s.Host+"/team/none:1", c, trusting(s)), repositoryUnknown)
	wants(t, ask(t, s.Host+"/other/none:1", c, trusting(s)), loginRefused, "the entry "+s.Host)
}

func TestNetwork(t *testing.T) {
	s := start(t)
	image := s.Host + "/team/server:5.2.42"
	wants(t, ask(t, image, Nobody(), Options{}), certificateUnknown, "--ca-file")
	_, port, _ := net.SplitHostPort(s.Host)
	wants(t, ask(t, "localhost:"+port+"/team/server:5.2.42", Nobody(), trusting(s)), certificateHost, "localhost")
	if r := ask(t, image, Nobody(), Options{Insecure: true}); !r.Found {
		t.Error(r.text())
	}
	plain, err := registrytest.StartPlain()
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	wants(t, ask(t, plain.Host+"/team/server:5.2.42", Nobody(), trusting(s)), plainHTTP, "--insecure")
	if r := ask(t, plain.Host+"/team/server:5.2.42", Nobody(), Options{Insecure: true}); !r.Found {
		t.Error(r.text())
	}
	gone := start(t)
	gone.Close()
	wants(t, ask(t, gone.Host+"/team/server:5.2.42", Nobody(), trusting(s)), connectionRefused, gone.Host)
}

func TestProxy(t *testing.T) {
	through := func(answer int, asked *[]string) Options {
		proxy := registrytest.Proxy(answer, asked)
		t.Cleanup(proxy.Close)
		at, _ := url.Parse("http://someone:" + canary + "@" + proxy.Listener.Addr().String())
		return Options{Proxy: func(*http.Request) (*url.URL, error) { return at, nil }}
	}
	var asked []string
	wants(t, ask(t, "r.example.com/a/b:1", Nobody(), through(407, &asked)), proxyRefused, "407", "HTTPS_PROXY")
	if !slices.Equal(asked, []string{"r.example.com:443"}) {
		t.Errorf("the proxy was asked for %q", asked)
	}
	away := through(200, &asked)
	away.Proxy = func(*http.Request) (*url.URL, error) {
		return url.Parse("http://someone:" + canary + "@127.0.0.1:1")
	}
	wants(t, ask(t, "r.example.com/a/b:1", Nobody(), away), proxyFailed, "NO_PROXY")
}

// A deadline is a cause; a cancelled request is not.
func TestDeadlineAndCancel(t *testing.T) {
	asked := make(chan string, 10)
	s := start(t, registrytest.Hang(asked))
	late, stop := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer stop()
	results, err := Run(late, []string{s.Host + "/team/server:1"}, Nobody(), trusting(s))
	if err != nil {
		t.Fatal(err)
	}
	wants(t, results[0], timedOut, "--timeout")

	cancelled, cancel := context.WithCancel(t.Context())
	go func() { <-asked; cancel() }()
	if _, err := Run(cancelled, []string{s.Host + "/team/server:1"}, Nobody(), trusting(s)); err == nil {
		t.Error("no error after a cancel")
	}
}

// Each image is asked for once, at the same time as the others, and each answer is reported.
func TestManyImages(t *testing.T) {
	var mu sync.Mutex
	asked, protocols := map[string]int{}, map[string]bool{}
	s := start(t, registrytest.Note(func(r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked[r.Method+" "+r.URL.Path]++
		protocols[r.Proto] = true
	}))
	o := trusting(s)
	var reported []string
	o.Answered = func(done, all int) { reported = append(reported, fmt.Sprintf("%d/%d", done, all)) }
	images := []string{s.Host + "/team/server:5.2.42", s.Host + "/team/workers:5.2.42", s.Host + "/team/server:5.2.42"}
	results, err := Run(t.Context(), images, Nobody(), o)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range results {
		if r.Image != images[i] || !r.Found {
			t.Errorf("%d: %s", i, r.text())
		}
	}
	if n := asked["GET /v2/team/server/manifests/5.2.42"]; n != 1 {
		t.Errorf("the same image was asked for %d times", n)
	}
	if len(protocols) != 1 || !protocols["HTTP/2.0"] {
		t.Errorf("asked by %v, want HTTP/2.0", protocols)
	}
	if !slices.Equal(reported, []string{"1/2", "2/2"}) {
		t.Errorf("reported %q", reported)
	}
}
