//go:build unix

package secret

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// logins are the user names and passwords in the secret that reached kubectl apply, as the kubelet would read them.
func logins(t *testing.T, r *run) map[string][2]string {
	t.Helper()
	_, found := readSecret(t, r.call(t, "apply --server-side --force-conflicts").Stdin)
	return found
}

// readSecret is the namespace and the logins of a manifest of the secret "pull".
func readSecret(t *testing.T, manifest string) (namespace string, found map[string][2]string) {
	t.Helper()
	var s struct {
		Type     string
		Metadata struct{ Name, Namespace string }
		Data     map[string][]byte
	}
	if err := yaml.Unmarshal([]byte(manifest), &s); err != nil {
		t.Fatal(err)
	}
	if s.Type != "kubernetes.io/dockerconfigjson" || s.Metadata.Name != "pull" {
		t.Errorf("secret %s of type %s", s.Metadata.Name, s.Type)
	}
	var config struct {
		Auths map[string]map[string]string
	}
	if err := json.Unmarshal(s.Data[".dockerconfigjson"], &config); err != nil {
		t.Fatalf("%v in %s", err, s.Data[".dockerconfigjson"])
	}
	found = map[string][2]string{}
	for key, entry := range config.Auths {
		auth, err := base64.StdEncoding.DecodeString(entry["auth"])
		if err != nil || len(entry) != 1 {
			t.Errorf("entry %s holds %v: %v", key, entry, err)
		}
		user, password, _ := strings.Cut(string(auth), ":")
		found[key] = [2]string{user, password}
	}
	return s.Metadata.Namespace, found
}

func wantLogins(t *testing.T, r *run, want map[string][2]string) {
	t.Helper()
	r.want(t, 0)
	if got := logins(t, r); !maps.Equal(got, want) {
		t.Errorf("the secret logs in with %q, want %q", got, want)
	}
	if r.stdout != "" {
		t.Errorf("standard output is not empty: %q", r.stdout)
	}
}

func TestScriptKeepsEveryPassword(t *testing.T) {
	script := scriptOf(t, Script, request(Kubectl, acr))
	for name, password := range nasty {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Variables of the script's own names: assigned to, they would stay exported.
			r := &run{kubectl: name == "quotes" || name == "key", env: map[string]string{"REGISTRY_USERNAME": "app-id", "REGISTRY_PASSWORD": password,
				"password": "x", "auth": "x", "auths": "x", "secret": "x"}}
			wantLogins(t, r.do(t, script), map[string][2]string{"myacr.azurecr.io": {"app-id", password}})
			r.keeps(t, "s3cret", password, base64.StdEncoding.EncodeToString([]byte("app-id:"+password)))
		})
	}
}

func TestScriptShowsNothingWhenTraced(t *testing.T) {
	r := &run{flags: []string{"-x", "-v", "-a"}, env: map[string]string{"REGISTRY_USERNAME": "u", "REGISTRY_PASSWORD": "s3cret"}}
	wantLogins(t, r.do(t, scriptOf(t, Script, request(Kubectl, acr))), map[string][2]string{"myacr.azurecr.io": {"u", "s3cret"}})
	r.keeps(t, "s3cret", base64.StdEncoding.EncodeToString([]byte("u:s3cret")))
}

func TestScriptTakesUserNamesAsTheyAre(t *testing.T) {
	for _, user := range []string{"robot$ci+puller", "it's", `"a\b"`, "$(id)", "-n", "a}b", "ns/oracle/a@b.c", "ü"} {
		fixed := harbor
		fixed.Username = user
		r := (&run{env: map[string]string{"REGISTRY_PASSWORD": "p"}}).do(t, scriptOf(t, Script, request(Kubectl, fixed)))
		wantLogins(t, r, map[string][2]string{harbor.AuthKey: {user, "p"}})
		r.want(t, 0, harbor.AuthKey+" as "+user)
		r = (&run{env: map[string]string{"REGISTRY_PASSWORD": "p", "REGISTRY_USERNAME": user}}).do(t, scriptOf(t, Script, request(Kubectl, harbor)))
		wantLogins(t, r, map[string][2]string{harbor.AuthKey: {user, "p"}})
	}
}

func TestScriptRefusesAColonInTheUserName(t *testing.T) {
	for _, method := range []string{Kubectl, ImageCredentials, CustomImagePullSecrets} {
		r := &run{env: map[string]string{"REGISTRY_USERNAME": "me:s3cret", "REGISTRY_PASSWORD": "p"}}
		r.do(t, scriptOf(t, Script, request(method, acr))).want(t, 2, "colon")
		if strings.Contains(r.stderr, "s3cret") {
			t.Errorf("shows what may be a password: %s", r.stderr)
		}
	}
}

func TestScriptReadsAKeyFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "-my key.json")
	if err := os.WriteFile(file, []byte(jsonKey), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"REGISTRY_KEY_FILE": file, "server_password": "x", "password": "x"}
	r := (&run{env: env}).do(t, scriptOf(t, Script, request(Kubectl, gar)))
	encoded := base64.StdEncoding.EncodeToString([]byte(jsonKey))
	wantLogins(t, r, map[string][2]string{gar.AuthKey: {"_json_key_base64", encoded}})
	r.keeps(t, "s3cret", encoded)
	r = (&run{env: env}).do(t, scriptOf(t, Script, request(Kubectl, rawKey)))
	wantLogins(t, r, map[string][2]string{"gcr.io": {"_json_key", strings.TrimRight(jsonKey, "\n")}})
	r.keeps(t, "s3cret")

	(&run{env: map[string]string{"REGISTRY_KEY_FILE": file + "x"}}).do(t, scriptOf(t, Script, request(Kubectl, gar))).
		want(t, 2, "cannot read the key file "+file+"x", "REGISTRY_KEY_FILE")
	(&run{env: map[string]string{"REGISTRY_KEY_FILE": "/dev/null"}}).do(t, scriptOf(t, Script, request(Kubectl, gar))).
		want(t, 2, "no private_key")
	r = (&run{env: map[string]string{"REGISTRY_KEY_FILE": "~/k"}}).do(t, scriptOf(t, Script, request(Kubectl, gar)))
	r.want(t, 2)
	if strings.Contains(r.stderr, "~") {
		t.Errorf("~ is not the home folder: %s", r.stderr)
	}
}

func TestScriptRunsACommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("s3cret-token\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := (&run{env: map[string]string{fakePassword: file, "password": "x"}}).do(t, scriptOf(t, Script, request(Kubectl, ecr)))
	wantLogins(t, r, map[string][2]string{ecr.AuthKey: {"AWS", "s3cret-token"}})
	r.want(t, 0, "12 hours", "run this again")
	r.keeps(t, "s3cret")
	i := slices.IndexFunc(r.calls, func(c call) bool { return c.Name == "aws" })
	if i < 0 || strings.Join(r.calls[i].Args, " ") != "ecr get-login-password --region us-east-1" {
		t.Errorf("aws was not called as asked: %v", r.calls)
	}
	(&run{}).do(t, scriptOf(t, Script, request(Kubectl, ecr))).want(t, 1, "failed", "aws ecr get-login-password")
	(&run{without: []string{"aws"}}).do(t, scriptOf(t, Script, request(Kubectl, ecr))).want(t, 1, "cannot find aws")
}

func TestScriptPutsTwoRegistriesInOneSecret(t *testing.T) {
	script := scriptOf(t, Script, request(Kubectl, acr, hub))
	env := map[string]string{"SERVER_REGISTRY_USERNAME": "a", "SERVER_REGISTRY_PASSWORD": "s3cret1",
		"WORKERS_REGISTRY_USERNAME": "b", "WORKERS_REGISTRY_PASSWORD": "s3cret2"}
	r := (&run{env: env}).do(t, script)
	wantLogins(t, r, map[string][2]string{"myacr.azurecr.io": {"a", "s3cret1"}, "https://index.docker.io/v1/": {"b", "s3cret2"}})
	r.want(t, 0, "myacr.azurecr.io as a, https://index.docker.io/v1/ as b")
	r.keeps(t, "s3cret1", "s3cret2")

	env["WORKERS_REGISTRY_USERNAME"] = ""
	r = (&run{env: env}).do(t, script)
	wantLogins(t, r, map[string][2]string{"myacr.azurecr.io": {"a", "s3cret1"}})
	r.want(t, 0, "no credentials for https://index.docker.io/v1/")
	r.keeps(t, "s3cret1", "s3cret2")
}

// Set but empty is an answer, so it is not the user name of the answers that counts then.
func TestScriptLeavesOutAPublicRegistry(t *testing.T) {
	known := hub
	known.Username = "me"
	script := scriptOf(t, Script, request(Kubectl, known))
	r := &run{env: map[string]string{"REGISTRY_USERNAME": ""}}
	wantLogins(t, r.do(t, script), map[string][2]string{})
	r.want(t, 0, "no credentials for https://index.docker.io/v1/")
	r = &run{env: map[string]string{"REGISTRY_PASSWORD": "p"}}
	wantLogins(t, r.do(t, script), map[string][2]string{hub.AuthKey: {"me", "p"}})
}

func TestScriptChoosesTheNamespace(t *testing.T) {
	for namespace, want := range map[string]string{"": "conductor", "staging": "staging"} {
		env := map[string]string{"REGISTRY_USERNAME": "u", "REGISTRY_PASSWORD": "p", "NAMESPACE": namespace}
		r := (&run{env: env}).do(t, scriptOf(t, Script, request(Kubectl, acr)))
		r.want(t, 0, `written to namespace "`+want+`": myacr`)
		r.call(t, "get namespace "+want)
		for _, words := range []string{"create secret", "apply"} {
			if args := r.call(t, words).Args; args[slices.Index(args, "--namespace")+1] != want {
				t.Errorf("kubectl %q does not go to %s", args, want)
			}
		}
		if namespace, _ := readSecret(t, r.call(t, "apply").Stdin); namespace != want {
			t.Errorf("the secret is not for %s", want)
		}
	}
}

func TestScriptWritesToSeveralNamespaces(t *testing.T) {
	request := request(Kubectl, acr)
	request.Namespaces = []string{"conductor", "staging"}
	for given, want := range map[string][]string{"": {"conductor", "staging"}, "a b  c": {"a", "b", "c"}, "x": {"x"}} {
		env := map[string]string{"REGISTRY_USERNAME": "u", "REGISTRY_PASSWORD": "p", "NAMESPACE": given}
		r := (&run{env: env}).do(t, scriptOf(t, Script, request))
		r.want(t, 0)
		var got []string
		for _, c := range r.all("kubectl", "apply") {
			namespace, logins := readSecret(t, c.Stdin)
			got = append(got, namespace)
			if !maps.Equal(logins, map[string][2]string{"myacr.azurecr.io": {"u", "p"}}) ||
				c.Args[slices.Index(c.Args, "--namespace")+1] != namespace {
				t.Errorf("%q with %q", c.Args, logins)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("NAMESPACE=%q: wrote to %q, want %q", given, got, want)
		}
	}
}

func TestScriptMakesAMissingNamespace(t *testing.T) {
	env := func(fail string) map[string]string {
		return map[string]string{"REGISTRY_USERNAME": "u", "REGISTRY_PASSWORD": "s3cret", fakeFail: fail}
	}
	r := (&run{env: env("get namespace")}).do(t, scriptOf(t, Script, request(Kubectl, acr)))
	wantLogins(t, r, map[string][2]string{"myacr.azurecr.io": {"u", "s3cret"}})
	r.call(t, "create namespace conductor")

	r = (&run{env: env("get namespace,create namespace")}).do(t, scriptOf(t, Script, request(Kubectl, acr)))
	wantLogins(t, r, map[string][2]string{"myacr.azurecr.io": {"u", "s3cret"}})
	r.want(t, 0, "warning")
}

func TestScriptSaysThatKubectlFailed(t *testing.T) {
	script := scriptOf(t, Script, request(Kubectl, acr))
	env := func(fail string) map[string]string {
		return map[string]string{"REGISTRY_USERNAME": "u", "REGISTRY_PASSWORD": "s3cret", fakeFail: fail}
	}
	for fail, said := range map[string]string{"create secret": "could not make the secret", "apply --server-side": "could not write the secret"} {
		r := (&run{env: env(fail)}).do(t, script)
		r.want(t, 1, said)
		r.keeps(t, "s3cret")
		if strings.Contains(r.stderr, "written") {
			t.Errorf("claims success: %s", r.stderr)
		}
	}
	(&run{env: env(""), without: []string{"kubectl"}}).do(t, script).want(t, 1, "cannot find kubectl")
	(&run{env: env(""), without: []string{"base64"}}).do(t, script).want(t, 1, "base64 failed")
}

func TestOneLineGivesKubectlTheLogin(t *testing.T) {
	for _, name := range []string{"quotes", "dollar", "newline", "option", "key"} {
		password := nasty[name]
		line, err := OneLine(request(Kubectl, harbor))
		if err != nil {
			t.Fatal(err)
		}
		args := (&run{env: map[string]string{"REGISTRY_PASSWORD": password}}).do(t, line).call(t, "create secret").Args
		want := []string{"create", "secret", "docker-registry", "pull", "--namespace", "conductor", "--docker-server=" + harbor.AuthKey,
			"--docker-username=robot$ci+puller", "--docker-password=" + password, "--dry-run=client", "--output=yaml"}
		if !slices.Equal(args, want) {
			t.Errorf("%s: kubectl gets %q, want %q", name, args, want)
		}
	}
}

// The type of a secret never changes, and an immutable secret does not change at all: only deleting it helps.
func TestScriptSaysHowToReplaceAnImmutableSecret(t *testing.T) {
	for name, said := range map[string]string{
		"another type": `The Secret "pull" is invalid: type: Invalid value: "kubernetes.io/dockerconfigjson": field is immutable`,
		"immutable":    "The Secret \"pull\" is invalid: data: Forbidden: field is immutable when `immutable` is set",
	} {
		t.Run(name, func(t *testing.T) {
			r := &run{env: map[string]string{"REGISTRY_USERNAME": "u", "REGISTRY_PASSWORD": "s3cret", fakeFail: "apply --server-side", fakeError: said}}
			r.do(t, scriptOf(t, Script, request(Kubectl, acr))).want(t, 1, said, "kubectl delete secret pull -n conductor\n")
			r.keeps(t, "s3cret")
		})
	}
	r := &run{env: map[string]string{"REGISTRY_USERNAME": "u", "REGISTRY_PASSWORD": "s3cret", fakeFail: "apply --server-side"}}
	r.do(t, scriptOf(t, Script, request(Kubectl, acr)))
	if strings.Contains(r.stderr, "delete") {
		t.Errorf("advises to delete a secret that may be good: %s", r.stderr)
	}
}
