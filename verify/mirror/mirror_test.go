package mirror

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/validate"
	specs "github.com/opencontainers/image-spec/specs-go/v1"

	"conductor-registry/verify/images"
	"conductor-registry/verify/images/registrytest"
)

const (
	robot  = "robot$ci"
	canary = "Zq7fromSource" // the password of the source
	theirs = "Zq8toTarget"   // the password of the target
)

// lab is two registries with TLS and different logins.
type lab struct {
	from, to *registrytest.Server
	Options
}

// newLab starts both; doors stand before the target.
func newLab(t *testing.T, doors ...registrytest.Middleware) *lab {
	t.Helper()
	return startLab(t, []registrytest.Middleware{registrytest.Basic(robot, canary)},
		append([]registrytest.Middleware{registrytest.Basic(robot, theirs)}, doors...))
}

func startLab(t *testing.T, source, target []registrytest.Middleware) *lab {
	t.Helper()
	from, err := registrytest.Start(source...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(from.Close)
	to := registrytest.StartEmpty(target...)
	t.Cleanup(to.Close)
	l := &lab{from: from, to: to}
	l.Network.RootCAs = x509.NewCertPool()
	l.Network.RootCAs.AppendCertsFromPEM(from.CA)
	l.Network.RootCAs.AppendCertsFromPEM(to.CA)
	l.From, l.To = images.Login(from.Host, robot, canary), images.Login(to.Host, robot, theirs)
	l.pause = func(context.Context, int) error { return nil }
	return l
}

// pairs returns the copies of both test images.
func (l *lab) pairs() []Image {
	return []Image{
		{Source: l.from.Host + "/team/server:5.2.42", Target: l.to.Host + "/copy/server:1"},
		{Source: l.from.Host + "/team/workers:5.2.42", Target: l.to.Host + "/copy/workers:1"},
	}
}

// copies copies and returns the results.
func (l *lab) copies(t *testing.T, list ...Image) []Result {
	t.Helper()
	found, err := Copy(t.Context(), list, l.Options)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range found {
		text, err := json.Marshal(r)
		if err != nil || strings.Contains(string(text), canary) || strings.Contains(string(text), theirs) {
			t.Errorf("a password is in the result: %s, %v", text, err)
		}
	}
	return found
}

// target returns the image at the target with everything that belongs to it, checked by go-containerregistry.
func (l *lab) target(t *testing.T, ref string) *remote.Descriptor {
	t.Helper()
	parsed, err := name.ParseReference(ref)
	if err != nil {
		t.Fatal(err)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig.RootCAs = l.Network.RootCAs
	found, err := remote.Get(parsed, remote.WithTransport(transport),
		remote.WithAuth(authn.FromConfig(authn.AuthConfig{Username: robot, Password: theirs})))
	if err != nil {
		t.Fatal(err)
	}
	if found.MediaType.IsIndex() {
		index, err := found.ImageIndex()
		if err == nil {
			err = validate.Index(index, validate.Fast)
		}
		if err != nil {
			t.Errorf("%s: %v", ref, err)
		}
	}
	return found
}

func states(results []Result) string {
	var out []string
	for _, r := range results {
		out = append(out, string(r.State))
	}
	return strings.Join(out, " ")
}

// An image arrives with all its platforms and its attestation, under the same digest, and is not sent again.
func TestCopyKeepsDigests(t *testing.T) {
	l := newLab(t)
	for i, r := range l.copies(t, l.pairs()...) {
		want := []string{registrytest.ServerDigest, registrytest.WorkersDigest}[i]
		if r.State != Copied || r.Digest != want || r.Sent == 0 || len(r.Problems) > 0 {
			t.Errorf("%+v", r)
		}
		if got := l.target(t, l.pairs()[i].Target).Digest.String(); got != want {
			t.Errorf("the target has %s, want %s", got, want)
		}
	}
	for _, r := range l.copies(t, l.pairs()...) {
		if r.State != Unchanged || r.Sent != 0 {
			t.Errorf("again: %+v", r)
		}
	}
	found, err := Inspect(t.Context(), l.pairs(), l.Options)
	if err != nil || states(found) != "unchanged unchanged" || strings.Join(found[0].Platforms, " ") != "linux/amd64 linux/arm64" ||
		found[0].Size == 0 {
		t.Errorf("inspect: %+v, %v", found, err)
	}
}

// What was copied before a failure is not sent again.
func TestCopyGoesOnWhereItEnded(t *testing.T) {
	var isBroken atomic.Bool
	l := newLab(t, registrytest.Gate(func(r *http.Request) bool {
		return isBroken.Load() && r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/manifests/")
	}, http.StatusForbidden))
	isBroken.Store(true)
	first := l.copies(t, l.pairs()[0])[0]
	if first.State != Failed || first.Problems[0].Rule != "push-denied" {
		t.Fatalf("%+v", first)
	}
	isBroken.Store(false)
	if again := l.copies(t, l.pairs()[0])[0]; again.State != Copied || again.Sent != 0 {
		t.Errorf("sent %d bytes again: %+v", again.Sent, again)
	}
}

// Errors that can pass are tried again, those of a refusal are not.
func TestTransientErrorsAreTriedAgain(t *testing.T) {
	var failures atomic.Int32
	l := newLab(t, registrytest.Gate(func(r *http.Request) bool {
		return r.Method == http.MethodPatch && failures.Add(1) <= 2
	}, http.StatusServiceUnavailable))
	if r := l.copies(t, l.pairs()[1])[0]; r.State != Copied {
		t.Errorf("%+v", r)
	}
	var asked atomic.Int32
	l = newLab(t, registrytest.Gate(func(r *http.Request) bool {
		return r.Method == http.MethodPost && asked.Add(1) > 0
	}, http.StatusForbidden))
	r := l.copies(t, Image{Source: l.from.Host + "/team/arm:5.2.42", Target: l.to.Host + "/x/arm:1"})[0]
	if r.State != Failed || r.Problems[0].Rule != "push-denied" || asked.Load() > 2 { // a layer and a configuration
		t.Errorf("%d requests, %+v", asked.Load(), r)
	}
}

// A tag that has another image stays, unless it is to be overwritten.
func TestAnotherImageStays(t *testing.T) {
	l := newLab(t)
	l.copies(t, Image{Source: l.from.Host + "/team/workers:5.2.42", Target: l.to.Host + "/team/workers:5.2.42"})
	other := Image{Source: l.from.Host + "/team/server:5.2.42", Target: l.to.Host + "/team/workers:5.2.42"}
	r := l.copies(t, other)[0]
	if r.State != Different || r.Was != registrytest.WorkersDigest || r.Sent != 0 {
		t.Errorf("%+v", r)
	}
	if got := l.target(t, other.Target).Digest.String(); got != registrytest.WorkersDigest {
		t.Errorf("overwritten with %s", got)
	}
	l.Overwrite = true
	if r = l.copies(t, other)[0]; r.State != Copied {
		t.Errorf("%+v", r)
	}
}

// One platform keeps the digest of its manifest; several get an index of their own, with their attestations.
func TestPlatforms(t *testing.T) {
	l := newLab(t)
	arm, amd := specs.Platform{OS: "linux", Architecture: "arm64"}, specs.Platform{OS: "linux", Architecture: "amd64"}
	l.Platforms = []specs.Platform{arm}
	one := l.copies(t, l.pairs()[0])[0]
	if one.State != Copied || strings.Join(one.Platforms, " ") != "linux/arm64" {
		t.Errorf("%+v", one)
	}
	if kind := l.target(t, l.pairs()[0].Target).MediaType; kind.IsIndex() {
		t.Errorf("the copy of one platform is %s", kind)
	}
	l.Platforms, l.Overwrite = []specs.Platform{amd, arm}, true
	two := l.copies(t, l.pairs()[0])[0]
	if two.State != Copied || len(two.Platforms) != 2 || two.Digest == registrytest.ServerDigest {
		t.Errorf("%+v", two)
	}
	l.target(t, l.pairs()[0].Target)
	l.Platforms = []specs.Platform{{OS: "linux", Architecture: "s390x"}}
	for _, r := range l.copies(t, l.pairs()...) {
		if r.State != Failed || r.Problems[0].Rule != "platform-missing" || !strings.Contains(r.Problems[0].Summary, "s390x") {
			t.Errorf("%+v", r)
		}
	}
	l.Platforms = []specs.Platform{arm}
	pinned := l.pairs()[0]
	pinned.Digest = registrytest.ServerDigest
	if r := l.copies(t, pinned)[0]; r.State != Failed || r.Problems[0].Rule != "digest-differs" {
		t.Errorf("%+v", r)
	}
}

// An archive holds the images as an OCI layout, and they arrive from it under the same digests. A changed file does not.
func TestArchive(t *testing.T) {
	l := newLab(t)
	folder := filepath.Join(t.TempDir(), "images")
	write, err := CreateArchive(folder)
	if err != nil {
		t.Fatal(err)
	}
	l.Archive = write
	if got := states(l.copies(t, l.pairs()...)); got != "copied copied" {
		t.Fatal(got)
	}
	if got := states(l.copies(t, l.pairs()...)); got != "unchanged unchanged" {
		t.Errorf("again: %s", got)
	}
	l.Archive = nil
	l.from.Close()
	if l.Read, err = OpenArchive(folder); err != nil {
		t.Fatal(err)
	}
	held := l.Read.Images()
	if len(held) != 2 || held[0].Digest != registrytest.ServerDigest || held[0].Target != l.pairs()[0].Target || held[0].Size == 0 {
		t.Errorf("%+v", held)
	}
	r := l.copies(t, append(l.pairs(), Image{Source: "docker.io/a/b:1", Target: l.to.Host + "/a/b:1"})...)
	if states(r) != "copied copied failed" || r[2].Problems[0].Rule != "archive-without-image" {
		t.Errorf("%+v", r)
	}
	if got := l.target(t, l.pairs()[0].Target).Digest.String(); got != registrytest.ServerDigest {
		t.Errorf("the target has %s", got)
	}
	names, err := filepath.Glob(folder + "/blobs/sha256/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range names {
		if err := os.WriteFile(file, []byte("changed"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	bad := l.pairs()[0]
	bad.Target = l.to.Host + "/damaged/server:1"
	if r := l.copies(t, bad)[0]; r.State != Failed || r.Problems[0].Rule != "archive-damaged" {
		t.Errorf("%+v", r)
	}
}

// An archive that was stopped half-way goes on, and never lists an image that is not complete.
func TestArchiveGoesOn(t *testing.T) {
	l := newLab(t)
	folder := t.TempDir()
	write, err := CreateArchive(folder)
	if err != nil {
		t.Fatal(err)
	}
	l.Archive = write
	if got := states(l.copies(t, l.pairs()[1])); got != "copied" {
		t.Fatal(got)
	}
	names, err := filepath.Glob(folder + "/blobs/sha256/*")
	if err != nil || len(names) < 2 {
		t.Fatal(names, err)
	}
	if err := errors.Join(os.Truncate(names[0], 1), os.Remove(folder+"/"+listFile), os.Remove(folder+"/"+indexFile)); err != nil {
		t.Fatal(err)
	}
	if l.Archive, err = CreateArchive(folder); err != nil || len(l.Archive.Images()) > 0 {
		t.Fatal(err)
	}
	again := l.copies(t, l.pairs()[1])[0]
	if again.State != Copied || again.Digest != registrytest.WorkersDigest {
		t.Errorf("%+v", again)
	}
	l.Archive, l.Read = nil, l.Archive
	if got := states(l.copies(t, l.pairs()[1])); got != "copied" {
		t.Errorf("from the archive: %s", got)
	}
}

// The image layout of another program keeps its file and its images.
func TestArchiveInAnotherLayout(t *testing.T) {
	l := newLab(t)
	folder := t.TempDir()
	layout, index := `{"imageLayoutVersion": "1.0.0", "by": "another"}`, `{"schemaVersion":2,"manifests":[{"mediaType":`+
		`"application/vnd.oci.image.manifest.v1+json","digest":"`+registrytest.ServerDigest+`","size":7}]}`
	for name, text := range map[string]string{layoutFile: layout, indexFile: index} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write, err := CreateArchive(folder)
	if err != nil {
		t.Fatal(err)
	}
	l.Archive = write
	if got := states(l.copies(t, l.pairs()[1])); got != "copied" {
		t.Fatal(got)
	}
	for name, want := range map[string]string{layoutFile: layout, indexFile: registrytest.ServerDigest} {
		if data, err := os.ReadFile(filepath.Join(folder, name)); err != nil || !strings.Contains(string(data), want) {
			t.Errorf("%s: %v\n%s", name, err, data)
		}
	}
}

// A folder that others have prepared neither blocks nor fills the memory.
func TestHostileArchives(t *testing.T) {
	l := newLab(t)
	write := func(folder, name, text string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(folder+"/"+name), 0o700), os.WriteFile(folder+"/"+name, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for name, list := range map[string]string{
		"no list": "", "no JSON": "[", "a path": `{"images":[{"source":"SOURCE","digest":"sha256:../../../../etc/passwd"}]}`,
		"no blob": `{"images":[{"source":"SOURCE","digest":"` + registrytest.ServerDigest + `"}]}`,
		"a large": strings.Repeat(" ", maxConfig+1),
	} {
		folder := t.TempDir()
		if list != "" {
			write(folder, listFile, strings.ReplaceAll(list, "SOURCE", l.pairs()[0].Source))
		}
		read, err := OpenArchive(folder)
		if err != nil {
			continue
		}
		l.Read = read
		if r := l.copies(t, l.pairs()[0])[0]; r.State != Failed || r.Problems[0].Rule != "archive-damaged" {
			t.Errorf("%s: %+v", name, r)
		}
	}
	folder := t.TempDir()
	if err := os.Mkdir(folder+"/"+listFile, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenArchive(folder); err == nil {
		t.Error("a folder is read as a list")
	}
}

// After ctrl+c there are no results.
func TestCancel(t *testing.T) {
	asked := make(chan string, 10)
	l := newLab(t, registrytest.Hang(asked))
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := Copy(ctx, l.pairs(), l.Options)
		ended <- err
	}()
	<-asked
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// What registries answer never makes it copy something else, run without end, or repeat a password.
func TestHostileSources(t *testing.T) {
	answer := func(kind, body string) []registrytest.Middleware {
		return []registrytest.Middleware{registrytest.Answer("/manifests/", http.StatusOK, http.Header{"Content-Type": {kind}}, body)}
	}
	index := "application/vnd.oci.image.index.v1+json"
	for text, doors := range map[string][]registrytest.Middleware{
		"not a manifest": answer("application/json", `{"a":1}`),
		"index is not":   answer(index, `[`),
		"of a chart": answer("application/vnd.oci.image.manifest.v1+json",
			`{"schemaVersion":2,"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json"},"layers":[]}`),
		"another digest": answer(index, `{"schemaVersion":2,"manifests":[{"mediaType":"`+index+`","size":1,"digest":"sha256:`+
			strings.Repeat("a", 64)+`"}]}`),
		"a password": {registrytest.Answer("", http.StatusForbidden, nil,
			`{"errors":[{"code":"DENIED","message":"`+canary+" "+theirs+`"}]}`)},
	} {
		l := startLab(t, doors, nil)
		r := l.copies(t, l.pairs()[0])[0]
		if r.State != Failed || len(r.Problems) != 1 {
			t.Errorf("%s: %+v", text, r)
		}
	}
}

// Progress is reported in order and in the end complete.
func TestProgress(t *testing.T) {
	l := newLab(t)
	var seen []string
	var last Progress
	l.Report = func(all []Progress) {
		if s := string(all[0].State); !slices.Contains(seen, s) {
			seen = append(seen, s)
		}
		last = all[0]
	}
	r := l.copies(t, l.pairs()[0])[0]
	if !slices.Contains(seen, "copying") || seen[len(seen)-1] != "copied" || last.Size != r.Size {
		t.Errorf("%v, %+v, %+v", seen, last, r)
	}
}
