//go:build unix

package secret

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// helmValues returns what Helm reads from the script's standard output: it takes the same library.
func helmValues(t *testing.T, r *run) map[string]any {
	t.Helper()
	var v map[string]any
	if err := yaml.UnmarshalStrict([]byte(r.stdout), &v); err != nil {
		t.Fatalf("%v\n%s", err, r.stdout)
	}
	return v
}

func entry(key, user, password string) map[string]any {
	return map[string]any{"registry": key, "username": user, "password": password, "email": ""}
}

func TestFragmentKeepsEveryPassword(t *testing.T) {
	script := scriptOf(t, Script, request(CustomImagePullSecrets, acr))
	for name, password := range nasty {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, login := range [][2]string{{"app-id", password}, {strings.ReplaceAll(password, ":", ";"), "s3cret"}} {
				r := &run{env: map[string]string{"REGISTRY_USERNAME": login[0], "REGISTRY_PASSWORD": login[1],
					"password": "x", "entries": "x", "quoted_password": "x"}}
				r.do(t, script).want(t, 0)
				want := map[string]any{"customImagePullSecrets": map[string]any{
					"registries": []any{entry("myacr.azurecr.io", login[0], login[1])}}}
				if got := helmValues(t, r); !reflect.DeepEqual(got, want) {
					t.Errorf("Helm reads %q, want %q\n%s", got, want, r.stdout)
				}
			}
			r := (&run{env: map[string]string{"REGISTRY_USERNAME": "app-id", "REGISTRY_PASSWORD": password}}).do(t, script)
			r.keeps(t, "s3cret", password)
		})
	}
}

func TestFragmentHoldsTwoRegistriesAndAKeyFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key.json")
	if err := os.WriteFile(file, []byte(jsonKey), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"SERVER_REGISTRY_KEY_FILE": file, "WORKERS_REGISTRY_USERNAME": ""}
	r := (&run{env: env}).do(t, scriptOf(t, Script, request(CustomImagePullSecrets, rawKey, hub)))
	r.want(t, 0, "no credentials for https://index.docker.io/v1/", "gcr.io as _json_key")
	r.keeps(t, "s3cret")
	want := []any{entry("gcr.io", "_json_key", strings.TrimRight(jsonKey, "\n"))}
	if got := helmValues(t, r)["customImagePullSecrets"].(map[string]any)["registries"]; !reflect.DeepEqual(got, want) {
		t.Errorf("Helm reads %q, want %q", got, want)
	}
	r = (&run{env: map[string]string{"REGISTRY_USERNAME": ""}}).do(t, scriptOf(t, Script, request(CustomImagePullSecrets, hub)))
	want = []any{}
	if got := helmValues(t, r)["customImagePullSecrets"].(map[string]any)["registries"]; !reflect.DeepEqual(got, want) {
		t.Errorf("Helm reads %q, want no registries", got)
	}
}

func TestImageCredentialsRefusesWhatTheChartCannotWrite(t *testing.T) {
	script := scriptOf(t, Script, request(ImageCredentials, acr))
	refused := []string{"quotes", "backslash", "newline", "last newline", "first newline", "tab", "line separators", "yaml", "key"}
	for name, password := range nasty {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, login := range [][2]string{{"app-id", password}, {strings.ReplaceAll(password, ":", ";"), "s3cret"}} {
				r := &run{env: map[string]string{"REGISTRY_USERNAME": login[0], "REGISTRY_PASSWORD": login[1]}}
				r.do(t, script)
				if slices.Contains(refused, name) {
					r.want(t, 2, "imageCredentials cannot hold", "customImagePullSecrets", "kubectl")
					wantHelmToStop(t, r)
					continue
				}
				r.want(t, 0)
				want := map[string]any{"imageCredentials": entry("myacr.azurecr.io", login[0], login[1])}
				if got := helmValues(t, r); !reflect.DeepEqual(got, want) {
					t.Errorf("Helm reads %q, want %q", got, want)
				}
			}
		})
	}
}

// wantHelmToStop fails the test if what was printed could pass for values: Helm would go on without the logins.
func wantHelmToStop(t *testing.T, r *run) {
	t.Helper()
	var v map[string]any
	if err := yaml.Unmarshal([]byte(r.stdout), &v); err == nil {
		t.Errorf("Helm would take %q for values", r.stdout)
	}
	if strings.Contains(r.stdout, "s3cret") {
		t.Errorf("prints the password after all: %s", r.stdout)
	}
}

func TestFragmentStopsHelmWhenItFails(t *testing.T) {
	for name, c := range map[string]struct {
		request Request
		env     map[string]string
		without []string
		code    int
		said    string
	}{
		"no terminal":       {request: request(CustomImagePullSecrets, acr), code: 2, said: "REGISTRY_USERNAME, REGISTRY_PASSWORD"},
		"no command":        {request: request(CustomImagePullSecrets, ecr), without: []string{"aws"}, code: 1, said: "cannot find aws"},
		"command fails":     {request: request(CustomImagePullSecrets, ecr), code: 1, said: "aws ecr get-login-password"},
		"control character": {request: request(CustomImagePullSecrets, acr), env: map[string]string{"REGISTRY_USERNAME": "u", "REGISTRY_PASSWORD": "s3cret\x07"}, code: 2, said: "control character"},
	} {
		t.Run(name, func(t *testing.T) {
			r := (&run{env: c.env, without: c.without}).do(t, scriptOf(t, Script, c.request))
			r.want(t, c.code, c.said)
			wantHelmToStop(t, r)
		})
	}
}

func TestImageCredentialsAlwaysWantsALogin(t *testing.T) {
	r := (&run{env: map[string]string{"REGISTRY_USERNAME": "", "REGISTRY_PASSWORD": "p"}}).do(t, scriptOf(t, Script, request(ImageCredentials, hub)))
	r.want(t, 2, "no terminal to ask on")
}

func TestFragmentsAreBelowTheSubchart(t *testing.T) {
	for _, method := range []string{ImageCredentials, CustomImagePullSecrets} {
		of := request(method, acr)
		env := map[string]string{"REGISTRY_USERNAME": "app-id", "REGISTRY_PASSWORD": "s3cret"}
		want := helmValues(t, (&run{env: env}).do(t, scriptOf(t, Script, of)))
		of.Under = "platform.conductor"
		got := helmValues(t, (&run{env: env}).do(t, scriptOf(t, Script, of)))
		if want := map[string]any{"platform": map[string]any{"conductor": want}}; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: Helm reads %q, want %q", method, got, want)
		}
	}
}
