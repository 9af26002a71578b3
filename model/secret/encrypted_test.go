//go:build unix

package secret

import (
	"encoding/base64"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// encrypters are the forms that hand the secret to a program, and what that must be told.
var encrypters = []struct {
	name string
	text func(Request) (string, error)
	args []string
}{
	{"kubeseal", SealedSecret, []string{"--scope", "strict", "--namespace", "conductor", "--format", "yaml"}},
	{"sops", SOPS, []string{"encrypt", "--encrypted-regex", "^(data|stringData)$", "--filename-override", "pull.sops.yaml", "/dev/stdin"}},
}

// passwordFile is a file for the fake aws to print.
func passwordFile(t *testing.T, password string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(path, []byte(password), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The secret goes from kubectl to the program that encrypts it and nowhere else: nothing is asked of the cluster.
func TestEncryptedSecretKeepsEveryPassword(t *testing.T) {
	for _, e := range encrypters {
		script := scriptOf(t, e.text, request(Kubectl, acr))
		for _, name := range []string{"quotes", "last newline", "utf-8", "key"} {
			password := nasty[name]
			r := &run{env: map[string]string{"REGISTRY_USERNAME": "app-id", "REGISTRY_PASSWORD": password, "secrets": "x"}}
			r.do(t, script).want(t, 0, "pull", "myacr.azurecr.io as app-id")
			calls := r.all(e.name, "")
			if len(calls) != 1 || !slices.Equal(calls[0].Args, e.args) {
				t.Fatalf("%s: %s is called with %q, want %q", name, e.name, calls, e.args)
			}
			if _, got := readSecret(t, calls[0].Stdin); !maps.Equal(got, map[string][2]string{"myacr.azurecr.io": {"app-id", password}}) {
				t.Errorf("%s: %s is given %q", name, e.name, got)
			}
			if want := "encrypted by " + e.name + "\n"; r.stdout != want {
				t.Errorf("%s: printed %q, want %q", name, r.stdout, want)
			}
			if n := len(r.all("kubectl", "")); n != 1 {
				t.Errorf("%s: kubectl ran %d times, want only to make the secret", name, n)
			}
			r.keeps(t, "s3cret", password, base64.StdEncoding.EncodeToString([]byte("app-id:"+password)))
		}
	}
}

func TestEncryptedSecretForSeveralNamespacesAndRegistries(t *testing.T) {
	request := request(Kubectl, ecr, harbor)
	request.Namespaces = []string{"conductor", "staging"}
	env := map[string]string{"WORKERS_REGISTRY_PASSWORD": "s3cret", fakePassword: passwordFile(t, "t0ken")}
	want := map[string][2]string{ecr.AuthKey: {"AWS", "t0ken"}, harbor.AuthKey: {harbor.Username, "s3cret"}}
	for _, e := range encrypters {
		r := (&run{env: env}).do(t, scriptOf(t, e.text, request))
		r.want(t, 0, "expire after 12 hours")
		r.keeps(t, "s3cret", "t0ken")
		var documents []string
		for _, c := range r.all(e.name, "") {
			documents = append(documents, strings.Split(c.Stdin, "\n---\n")...)
		}
		var namespaces []string
		for _, d := range documents {
			namespace, got := readSecret(t, d)
			if namespaces = append(namespaces, namespace); !maps.Equal(got, want) {
				t.Errorf("%s: %q, want %q", e.name, got, want)
			}
		}
		slices.Sort(namespaces)
		if !slices.Equal(namespaces, []string{"conductor", "staging"}) {
			t.Errorf("%s: made for %q", e.name, namespaces)
		}
	}
}

func TestEncryptedSecretSaysWhatFailed(t *testing.T) {
	for _, e := range encrypters {
		script := scriptOf(t, e.text, request(Kubectl, acr))
		env := map[string]string{"REGISTRY_USERNAME": "u", "REGISTRY_PASSWORD": "s3cret"}
		(&run{env: env, without: []string{e.name}}).do(t, script).want(t, 1, "cannot find "+e.name)
		env[fakeFail] = strings.Join(e.args[:2], " ")
		r := (&run{env: env}).do(t, script)
		r.want(t, 1, e.name+" could not encrypt the secret")
		r.keeps(t, "s3cret")
		if r.stdout != "" {
			t.Errorf("%s failed, and the script printed %q", e.name, r.stdout)
		}
		env[fakeFail] = "create secret"
		r = (&run{env: env}).do(t, script)
		r.want(t, 1, "could not make the secret")
		if len(r.all(e.name, "")) > 0 {
			t.Errorf("%s ran without a secret", e.name)
		}
	}
}
