package image

import (
	_ "crypto/sha256" // the digest algorithms that the kubelet accepts (k8s.io/kubernetes/pkg/util/parsers);
	_ "crypto/sha512" // distribution/reference rejects an algorithm that is not linked
	"errors"
	"slices"
	"strings"

	"github.com/distribution/reference"
)

// Reference is an image name split into its parts.
type Reference struct {
	Host       string // docker.io where the name has none
	Repository string // the path below the host, with library/ where Docker Hub implies it
	Tag        string // may be "": the kubelet then pulls latest, or the digest
	Digest     string // sha256:…, or ""
}

// Parse splits ref as the kubelet does, and returns an error for a name that the kubelet rejects.
func Parse(ref string) (Reference, error) {
	named, err := reference.ParseNormalizedNamed(ref)
	if err != nil {
		return Reference{}, err
	}
	r := Reference{Host: reference.Domain(named), Repository: reference.Path(named)}
	if r.Host == "" { // a first part with a dot that is no domain, as in a.b_c/d: nodes take it as the host nevertheless
		r.Host, r.Repository, _ = strings.Cut(r.Repository, "/")
	}
	if tagged, ok := named.(reference.Tagged); ok {
		r.Tag = tagged.Tag()
	}
	if pinned, ok := named.(reference.Digested); ok {
		r.Digest = pinned.Digest().String()
	}
	return r, nil
}

// Host returns the registry that ref is pulled from: its first part if that has a dot, a colon or an upper-case letter
// or is localhost, else docker.io. It returns "" for a name that cannot be parsed.
func Host(ref string) string {
	r, _ := Parse(ref)
	return r.Host
}

// IsDockerHub reports whether a host is one of the two names of Docker Hub in image names.
func IsDockerHub(host string) bool { return host == "docker.io" || host == "index.docker.io" }

// MeansDockerHub reports whether people take a host for Docker Hub's registry, such as hub.docker.com.
func MeansDockerHub(host string) bool {
	return host == "docker.com" || strings.HasSuffix(host, ".docker.com") || host == "docker.io" ||
		strings.HasSuffix(host, ".docker.io")
}

// WithHost returns ref with its host written out: docker.io/orkesio/server for orkesio/server.
func WithHost(ref string) string {
	host := Host(ref)
	return host + "/" + strings.TrimPrefix(ref, host+"/")
}

// HasLogin reports whether a text contains a user name or password before an @, as in user:password@host. The @ of a
// digest is not one.
func HasLogin(text string) bool {
	_, after, found := strings.Cut(text, "@")
	algorithm, _, _ := strings.Cut(after, ":")
	return found && !slices.Contains([]string{"sha256", "sha384", "sha512"}, algorithm)
}

// ErrLogin is the error for a text with a login in it. It does not repeat the text.
var ErrLogin = errors.New("contains a login: remove everything up to the @; pull-secret.sh asks for credentials")

// SplitTag splits a name before its tag or digest: suffix is ":5.2.42", "@sha256:…", both, or "". A port is part of the
// name. The name need not be valid.
func SplitTag(name string) (repository, suffix string) {
	end := len(name)
	if at := strings.IndexByte(name, '@'); at >= 0 {
		end = at
	}
	if colon := strings.LastIndexByte(name[:end], ':'); colon > strings.LastIndexByte(name[:end], '/') {
		end = colon
	}
	return name[:end], name[end:]
}

// SplitHostPort splits host[:port] and reports whether there is a colon before a port. The colons of an IPv6 address in
// brackets are part of the name.
func SplitHostPort(host string) (name, port string, hasPort bool) {
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		return host[:i], host[i+1:], true
	}
	return host, "", false
}
