package images

import (
	"bufio"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/v1/remote"

	"conductor-registry/verify/images/registrytest"
)

// distribution runs the registry that make builds from tools/registry, with the images of the tests in it.
func distribution(t *testing.T) (host string, o Options) {
	t.Helper()
	program := os.Getenv("REGISTRY")
	if program == "" {
		t.Skip("REGISTRY is not set: make test builds the registry of distribution and names it")
	}
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close() // it ends with it
		_ = cmd.Wait()
	})
	fmt.Fprintf(in, "%s:%s\n", user, canary)
	printed := bufio.NewReader(out)
	address, err := printed.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	host = strings.TrimSpace(address)
	certificate, err := io.ReadAll(printed)
	if err != nil {
		t.Fatal(err)
	}
	o = Options{RootCAs: x509.NewCertPool(), Platforms: nodes("linux/amd64")}
	o.RootCAs.AppendCertsFromPEM(certificate)
	login := authn.FromConfig(authn.AuthConfig{Username: user, Password: canary})
	if err := registrytest.Push(host, remote.WithAuth(login), remote.WithTransport(http.RoundTripper(o.transport()))); err != nil {
		t.Fatal(err)
	}
	return host, o
}

// The registry that most others follow answers as the tests' own does.
func TestAgainstDistribution(t *testing.T) {
	host, o := distribution(t)
	good := secretFor(t, host+"="+user+":"+canary)
	r := ask(t, host+"/team/server:5.2.42", good, o)
	if !r.Found || r.Digest != registrytest.ServerDigest || len(r.Platforms) != 2 {
		t.Error(r.text())
	}
	o.DigestOnly = true
	if r = ask(t, host+"/team/workers:5.2.42", good, o); !r.Found || r.Digest != registrytest.WorkersDigest {
		t.Error(r.text())
	}
	o.DigestOnly = false
	wants(t, ask(t, host+"/team/server:5.2.43", good, o), tagUnknown)
	wants(t, ask(t, host+"/team/arm:5.2.42", good, o), platformMissing)
	wants(t, ask(t, host+"/team/server:5.2.42", secretFor(t, host+"="+user+":"+canary+"x"), o), loginRefused, "authentication required")
	wants(t, ask(t, host+"/team/server:5.2.42", secretFor(t, "r.io=x:y"), o), loginMissing)
	r = ask(t, host+"/team/nothing:5.2.42", good, o)
	if rule := r.rule(); rule != repositoryUnknown && rule != tagUnknown { // distribution says MANIFEST_UNKNOWN of both
		t.Error(r.text())
	}
}
