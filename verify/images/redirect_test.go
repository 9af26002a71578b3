package images

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"conductor-registry/verify/images/registrytest"
)

const helmChart = `{"schemaVersion":2,"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","size":2,"digest":"sha256:` +
	`44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},"layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip"}]}`

// Only a manifest of a container image has a digest that can be used: what else stands under a tag is named, whether
// the digest alone is asked for or all.
func TestOnlyImages(t *testing.T) {
	page := start(t, registrytest.Answer("", 200, http.Header{"Content-Type": {"text/html"}}, "<html>"))
	kind := func(name string) http.Header { return http.Header{"Content-Type": {name}} }
	for name, test := range map[string]struct {
		door registrytest.Middleware
		rule string
		says string
	}{
		"a redirect to a web page": {registrytest.Answer("/manifests/", 302,
			http.Header{"Location": {"https://" + page.Host + "/login?next=x"}}, ""), notRegistry, page.Host + "/login is a web page"},
		"plain text": {registrytest.Answer("/manifests/", 200, kind("text/plain"), "welcome"), notRegistry, "not a manifest (text/plain)"},
		"no type":    {registrytest.Answer("/manifests/", 200, kind(""), ""), notRegistry, "without a Content-Type"},
		"other JSON": {registrytest.Answer("/manifests/", 200, kind("application/json"), `{"ok":true}`), notRegistry, "(application/json)"},
		"a Helm chart": {registrytest.Answer("/manifests/", 200, kind("application/vnd.oci.image.manifest.v1+json"), helmChart),
			notImage, "it is a Helm chart"},
		"an artifact": {registrytest.Answer("/manifests/", 200, kind("application/vnd.oci.image.manifest.v1+json"),
			strings.ReplaceAll(helmChart, "cncf.helm", "wasm")), notImage, "its content is application/vnd.wasm.config.v1+json"},
	} {
		s := start(t, test.door)
		o := trusting(s)
		o.RootCAs.AppendCertsFromPEM(page.CA)
		for _, o.DigestOnly = range []bool{false, true} {
			r := ask(t, s.Host+"/team/server:5.2.42", Nobody(), o)
			t.Run(name, func(t *testing.T) { wants(t, r, test.rule, test.says) })
			if r.Digest != "" {
				t.Errorf("%s has the digest %s", name, r.Digest)
			}
		}
	}
	untyped := start(t, func(next http.Handler) http.Handler { // a registry on a plain file server
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(untypedWriter{w}, r)
		})
	})
	if r := ask(t, untyped.Host+"/team/server:5.2.42", Nobody(), trusting(untyped)); r.Digest != registrytest.ServerDigest {
		t.Error(r.text())
	}
}

// untypedWriter answers as a file server that does not know the types of manifests.
type untypedWriter struct{ http.ResponseWriter }

func (w untypedWriter) WriteHeader(status int) {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.ResponseWriter.WriteHeader(status)
}

// redirect answers requests below a path with a redirect to what stands behind the address there.
func redirect(path, to string) registrytest.Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.URL.Path, path) {
				next.ServeHTTP(w, r)
				return
			}
			http.Redirect(w, r, strings.ReplaceAll(to, "HERE", r.Host)+r.URL.Path, http.StatusTemporaryRedirect)
		})
	}
}

func TestRedirects(t *testing.T) {
	storage := start(t)
	for name, test := range map[string]struct {
		door registrytest.Middleware
		rule string
		says string
	}{
		"to itself":        {redirect("/manifests/", "https://HERE"), redirectLoop, "and back"},
		"at once":          {redirect("/v2/", "https://HERE"), redirectLoop, "/v2/ and back"},
		"without end":      {redirect("/manifests/", "https://HERE/more"), redirectLoop, "/more/more"},
		"to HTTP":          {redirect("/manifests/", "http://HERE"), redirectedToHTTP, "redirects to http://127.0.0.1"},
		"to HTTP at once":  {redirect("/v2/", "http://HERE"), redirectedToHTTP, "redirects to http://127.0.0.1"},
		"to a cloud's own": {redirect("/blobs/", "https://169.254.169.254"), blobUnreachable, "169.254.169.254"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.door)
			wants(t, ask(t, s.Host+"/team/server:5.2.42", Nobody(), trusting(s)), test.rule, test.says)
		})
	}
	s := start(t, redirect("/blobs/", "https://"+storage.Host)) // another private address, as with a MinIO of one's own
	o := trusting(s)
	o.RootCAs.AppendCertsFromPEM(storage.CA)
	if r := ask(t, s.Host+"/team/server:5.2.42", Nobody(), o); !r.Found || len(r.Problems) > 0 {
		t.Error(r.text())
	}
}

// A registry in a private network can have its token service at another private address; credentials go only there.
func TestPrivateTokenService(t *testing.T) {
	service := start(t, registrytest.Tokens(user, canary, "team/"))
	elsewhere := func(realm string) registrytest.Middleware {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") == "Bearer token-of-the-test" {
					next.ServeHTTP(w, r)
					return
				}
				w.Header().Set("WWW-Authenticate", `Bearer realm="`+realm+`",service="test"`)
				w.WriteHeader(http.StatusUnauthorized)
			})
		}
	}
	s := start(t, elsewhere("https://"+service.Host+"/token"))
	o := trusting(s)
	o.RootCAs.AppendCertsFromPEM(service.CA)
	c := secretFor(t, s.Host+"="+user+":"+canary)
	if r := ask(t, s.Host+"/team/server:5.2.42", c, o); !r.Found || len(r.Problems) > 0 {
		t.Error(r.text())
	}
	wants(t, ask(t, s.Host+"/team/server:5.2.42", secretFor(t, s.Host+"="+user+":wrong"+canary), o), loginRefused)
	for realm, says := range map[string]string{"https://169.254.169.254/token": "169.254.169.254",
		"http://10.1.2.3/token": "use https"} {
		s := start(t, elsewhere(realm))
		wants(t, ask(t, s.Host+"/team/server:5.2.42", c, trusting(s)), addressUnsafe, says)
	}
	const secret = `{"refresh_token":"a-secret"}`
	for name, test := range map[string]struct {
		door registrytest.Middleware
		rule string
		says string
	}{
		"a page":   {registrytest.Answer("/token", 200, http.Header{"Content-Type": {"text/html"}}, "<html>"), notRegistry, "web page"},
		"a text":   {registrytest.Answer("/token", 200, nil, "welcome"), answerUnclear, "invalid character"},
		"no token": {registrytest.Answer("/token", 200, nil, secret), answerUnclear, "has no token"},
		"an address": {registrytest.Answer("/token", 403, nil, `{"errors":[{"code":"DENIED","message":"client with IP '1.2.3.4' is not `+
			`allowed access, refer to the firewall"}]}`), everyoneRefused, "not about the credentials"},
	} {
		service := start(t, test.door)
		s := start(t, elsewhere("https://"+service.Host+"/token"))
		o := trusting(s)
		o.RootCAs.AppendCertsFromPEM(service.CA)
		r := ask(t, s.Host+"/team/server:5.2.42", secretFor(t, s.Host+"="+user+":"+canary), o)
		t.Run(name, func(t *testing.T) { wants(t, r, test.rule, test.says) })
		if strings.Contains(r.text(), "a-secret") {
			t.Error(r.text())
		}
	}
	gone := start(t)
	gone.Close()
	s = start(t, elsewhere("https://"+gone.Host+"/token"))
	wants(t, ask(t, s.Host+"/team/server:5.2.42", c, trusting(s)), connectionRefused, "nothing answers at "+gone.Host)
}

// A server of another protocol is not said to speak HTTP.
func TestOtherProtocol(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(c, "SSH-2.0-OpenSSH_9.9\r\n")
			_ = c.Close()
		}
	}()
	host := listener.Addr().String()
	r := ask(t, host+"/team/server:5.2.42", Nobody(), Options{})
	wants(t, r, tlsFailed, "no TLS connection to "+host)
}

// Variants of an architecture are matched as containerd matches them.
func TestPlatforms(t *testing.T) {
	for _, test := range []struct {
		image, node string
		runs        bool
	}{
		{"linux/arm64", "linux/arm64/v8", true}, {"linux/arm64/v8", "linux/arm64", true}, {"linux/arm64", "linux/aarch64", true},
		{"linux/amd64", "linux/amd64/v2", true}, {"linux/amd64", "linux/amd64/v3", true}, {"linux/amd64/v2", "linux/amd64", false},
		{"linux/amd64/v2", "linux/amd64/v3", true}, {"linux/arm/v6", "linux/arm/v7", true}, {"linux/arm/v7", "linux/arm/v6", false},
		{"linux/arm64", "linux/amd64", false}, {"windows/amd64", "linux/amd64", false}, {"linux/s390x", "linux/s390x", true},
	} {
		wanted, err := ParsePlatform(test.node)
		if err != nil {
			t.Fatal(err)
		}
		missing := missingPlatforms([]Platform{{Name: test.image}}, nodes(test.node))
		if (len(missing) == 0) != test.runs {
			t.Errorf("an image for %s on a node of %s (%v): missing %v", test.image, test.node, wanted, missing)
		}
	}
	for _, text := range []string{"", "linux", "amd64", "linux/", "a/b/c/d", "linux/am d64"} {
		if p, err := ParsePlatform(text); err == nil {
			t.Errorf("%q is a platform: %v", text, p)
		}
	}
}

func TestNearestTag(t *testing.T) {
	tags := []string{"latest", "5.2.40", "5.2.38", "5.3.0", "v6.0.1", "5.2.42-arm64", "main"}
	for wanted, want := range map[string]string{"5.2.42": "5.2.40", "v5.2.39": "5.2.38", "6.0.0": "v6.0.1", "5.2.43-arm64": "5.2.42-arm64",
		"lastest": "latest", "something": "", "5.2.99999999999999999999": "5.2.40"} {
		if got := nearestTag(wanted, tags); got != want {
			t.Errorf("%s: got %q, want %q", wanted, got, want)
		}
	}
}

// Suggestions come from all pages of tags, and where a registry answers 404 without a code too.
func TestSuggestions(t *testing.T) {
	pages := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, "/tags/list") {
				next.ServeHTTP(w, r)
				return
			}
			if r.URL.Query().Get("last") == "" {
				w.Header().Set("Link", `</v2/team/server/tags/list?last=a>; rel="next"`)
				fmt.Fprint(w, `{"tags":["4.0.0"]}`)
				return
			}
			fmt.Fprint(w, `{"tags":["5.2.40"]}`)
		})
	}
	for _, body := range []string{"", `{"errors":[{"code":"MANIFEST_UNKNOWN","message":"unknown"}]}`} {
		s := start(t, registrytest.Answer("/manifests/", 404, nil, body), pages)
		for _, digestOnly := range []bool{false, true} {
			o := trusting(s)
			o.DigestOnly = digestOnly
			wants(t, ask(t, s.Host+"/team/server:5.2.42", Nobody(), o), tagUnknown, "nearest existing tag: 5.2.40")
		}
	}
}

// Names that a registry chose cannot look like lines of our own.
func TestForgedNames(t *testing.T) {
	const index = `{"schemaVersion":2,"manifests":[{"digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","platform":{"os":"lin\n  digest: x\u001b]0;","architecture":"amd64"}}]}`
	s := start(t, registrytest.Answer("/manifests/", 200,
		http.Header{"Content-Type": {"application/vnd.oci.image.index.v1+json"}}, index))
	r := ask(t, s.Host+"/team/server:5.2.42", Nobody(), Options{RootCAs: trusting(s).RootCAs})
	if text := fmt.Sprint(r.Platforms); strings.ContainsAny(text, "\n\x1b") || !strings.Contains(text, `lin\n  digest`) {
		t.Errorf("%q", text)
	}
}

// FuzzManifest checks that no response of a registry makes a panic, or a line of its own in a name.
func FuzzManifest(f *testing.F) {
	f.Add("application/vnd.oci.image.manifest.v1+json", []byte(helmChart))
	f.Add("application/vnd.oci.image.index.v1+json; charset=utf-8", []byte(`{"manifests":[{"platform":{"os":"linux"}}]}`))
	f.Add("application/json", []byte(`{"schemaVersion":1,"fsLayers":[]}`))
	f.Add("text/plain", []byte("welcome"))
	f.Add("", []byte(`{"config":{},"layers":[]}`))
	f.Fuzz(func(t *testing.T, header string, body []byte) {
		kind := ManifestType(types.MediaType(header), body)
		if kind != "" && !kind.IsImage() && !kind.IsIndex() && !kind.IsSchema1() {
			t.Errorf("%q is the type of a manifest", kind)
		}
		d := &remote.Descriptor{Manifest: body}
		d.MediaType = kind
		if err := checkContent(d); err != nil && strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Errorf("%q", err)
		}
		found := &remote.Descriptor{Descriptor: v1.Descriptor{MediaType: types.OCIImageIndex}, Manifest: body}
		list, _ := indexPlatforms(found, nil)
		for _, p := range list {
			if strings.ContainsAny(p.Name, "\n\x1b") {
				t.Errorf("%q", p.Name)
			}
		}
	})
}
