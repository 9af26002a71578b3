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

	"conductor-registry/model/shell"

	"sigs.k8s.io/yaml"
)

// inFolderOf writes the manifest where its commands look for it, and lets them run there.
func inFolderOf(t *testing.T, r Request) string {
	t.Helper()
	manifest := scriptOf(t, Manifest, r)
	path := filepath.Join(t.TempDir(), r.Name+".yaml")
	if err := os.WriteFile(path, []byte(manifest), 0o600); err != nil {
		t.Fatal(err)
	}
	return "cd " + shell.Quote(filepath.Dir(path)) + "\n" + commandsOf(manifest)
}

func TestManifestIsFilledInByItsCommands(t *testing.T) {
	script := inFolderOf(t, request(Kubectl, acr))
	for name, password := range nasty {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &run{env: map[string]string{"REGISTRY_USERNAME": "app-id", "REGISTRY_PASSWORD": password}}
			r.do(t, script).stdout = "" // kubectl's own word
			wantLogins(t, r, map[string][2]string{"myacr.azurecr.io": {"app-id", password}})
			for _, c := range r.calls { // their environment holds what the user has exported
				if strings.Contains(strings.Join(c.Args, "\n"), "s3cret") {
					t.Errorf("%s %q was given the password", c.Name, c.Args)
				}
			}
		})
	}
}

func TestManifestTakesCommandsAndKeyFiles(t *testing.T) {
	script := inFolderOf(t, request(Kubectl, ecr, gar))
	script = strings.Replace(script, "\n", "\nprintf key >key.json\n", 1)
	env := map[string]string{fakePassword: passwordFile(t, "t0ken\n")}
	r := (&run{env: env}).do(t, script)
	r.stdout = "" // kubectl's own word
	wantLogins(t, r, map[string][2]string{
		ecr.AuthKey: {"AWS", "t0ken"},
		gar.AuthKey: {"_json_key_base64", base64.StdEncoding.EncodeToString([]byte("key"))},
	})
	r.keeps(t, "t0ken")
}

func TestManifestIsNotAppliedWithoutALogin(t *testing.T) {
	for name, c := range map[string]struct {
		request Request
		env     map[string]string
		said    string
	}{
		"no password":   {request(Kubectl, acr), map[string]string{"REGISTRY_USERNAME": "u"}, `no password for "myacr.azurecr.io"`},
		"no user":       {request(Kubectl, acr), map[string]string{"REGISTRY_PASSWORD": "s3cret"}, `no user name for "myacr.azurecr.io"`},
		"colon":         {request(Kubectl, acr), map[string]string{"REGISTRY_USERNAME": "u:s3cret", "REGISTRY_PASSWORD": "p"}, "with a colon"},
		"aws fails":     {request(Kubectl, ecr), nil, "no password for"},
		"second failed": {request(Kubectl, harbor, acr), map[string]string{"SERVER_REGISTRY_PASSWORD": "s3cret"}, "no user name for"},
	} {
		r := (&run{env: c.env}).do(t, inFolderOf(t, c.request))
		if r.code == 0 || !strings.Contains(r.stderr, c.said) || len(r.all("kubectl", "")) > 0 {
			t.Errorf("%s: exit code %d, kubectl ran %d times, said %q, want %q", name, r.code, len(r.all("kubectl", "")), r.stderr, c.said)
		}
		if strings.Contains(r.stderr, "s3cret") {
			t.Errorf("%s: shows the password: %s", name, r.stderr)
		}
	}
}

// A manifest is one Secret for each namespace, which kubectl reads, and all that stands in it for the login is a
// placeholder.
func TestManifestIsASecret(t *testing.T) {
	request := request(Kubectl, acr)
	request.Name, request.Namespaces = "on", []string{"conductor", "123"}
	manifest := scriptOf(t, Manifest, request)
	var got []string
	for d := range strings.SplitSeq(manifest, "---\n") {
		var s struct {
			APIVersion string
			Kind, Type string
			Metadata   struct{ Name, Namespace string }
			Data       map[string]string
		}
		if err := yaml.UnmarshalStrict([]byte(d), &s); err != nil {
			t.Fatalf("%v\n%s", err, manifest)
		}
		if s.APIVersion != "v1" || s.Kind != "Secret" || s.Type != "kubernetes.io/dockerconfigjson" || s.Metadata.Name != "on" ||
			!maps.Equal(s.Data, map[string]string{".dockerconfigjson": "${DOCKERCONFIGJSON}"}) {
			t.Errorf("got %+v", s)
		}
		got = append(got, s.Metadata.Namespace)
	}
	if !slices.Equal(got, request.Namespaces) {
		t.Errorf("for the namespaces %q, want %q", got, request.Namespaces)
	}
	label := "kubectl label --local -f - from=test --output jsonpath='{.metadata.namespace}={.data.\\.dockerconfigjson} ' <<'END'\n" +
		manifest + "END\n"
	r := (&run{kubectl: true}).do(t, label)
	r.want(t, 0)
	if r.stdout != "conductor=${DOCKERCONFIGJSON} 123=${DOCKERCONFIGJSON} " {
		t.Errorf("kubectl reads %q", r.stdout)
	}
}

// Every form but the script leaves a secret that Helm makes to the script.
func TestOnlyTheScriptHandsHelmTheLogins(t *testing.T) {
	for _, f := range Formats() {
		for _, method := range []string{ImageCredentials, CustomImagePullSecrets} {
			_, err := f.Text(request(method, acr))
			if f.ID == "script" && err != nil || f.ID != "script" && (err == nil || !strings.Contains(err.Error(), "run the script: bash pull-secret.sh | helm")) {
				t.Errorf("%s with %s: %v", f.ID, method, err)
			}
			several := request(method, acr)
			several.Namespaces = []string{"a", "b"}
			if _, err := f.Text(several); err == nil {
				t.Errorf("%s with %s: Helm can't make a secret in two namespaces", f.ID, method)
			}
		}
	}
}
