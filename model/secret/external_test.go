package secret

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"text/template"

	"sigs.k8s.io/yaml"
)

// externalSecret is what an ExternalSecret of ours may hold, from external-secrets/external-secrets,
// apis/externalsecrets/v1/externalsecret_types.go (August 2026).
type externalSecret struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Metadata   struct{ Name, Namespace string }
	Spec       struct {
		RefreshInterval string                      `json:"refreshInterval"`
		SecretStoreRef  struct{ Name, Kind string } `json:"secretStoreRef"`
		Target          struct {
			Name     string
			Template struct {
				Type string
				Data map[string]string
			}
		}
		Data []struct {
			SecretKey string                         `json:"secretKey"`
			RemoteRef struct{ Key, Property string } `json:"remoteRef"`
		}
		DataFrom []struct {
			SourceRef struct {
				GeneratorRef struct {
					APIVersion string `json:"apiVersion"`
					Kind, Name string
				} `json:"generatorRef"`
			} `json:"sourceRef"`
			Rewrite []struct {
				Regexp struct{ Source, Target string }
			}
		} `json:"dataFrom"`
	}
}

var (
	ecrMade = Generator{Kind: "ECRAuthorizationToken", Spec: "region: us-east-1\n", Minutes: 60, Needs: []string{"a role"}}
	made    = Generator{Kind: "QuayAccessToken", Spec: "robotAccount: a+b\n", Minutes: 30, Auth: ".auth"}
)

func generated(l Login, g Generator) Login {
	l.Generator = g
	return l
}

// externals are the documents of the text: ExternalSecrets, and how many of each other kind.
func externals(t *testing.T, text string) (secrets []externalSecret, kinds map[string]int) {
	t.Helper()
	kinds = map[string]int{}
	for d := range strings.SplitSeq(text, "---\n") {
		var head struct{ Kind string }
		if err := yaml.Unmarshal([]byte(d), &head); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		kinds[head.Kind]++
		if head.Kind != "ExternalSecret" {
			continue
		}
		var s externalSecret
		if err := yaml.UnmarshalStrict([]byte(d), &s); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		secrets = append(secrets, s)
	}
	return secrets, kinds
}

// rendered are the logins that External Secrets would put in the secret: Go templates with sprig's b64enc.
func rendered(t *testing.T, s externalSecret, values map[string]string) map[string]string {
	t.Helper()
	encode := template.FuncMap{"b64enc": func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }}
	tmpl, err := template.New("").Option("missingkey=error").Funcs(encode).Parse(s.Spec.Target.Template.Data[".dockerconfigjson"])
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := tmpl.Execute(&b, values); err != nil {
		t.Fatal(err)
	}
	var config struct {
		Auths map[string]struct{ Auth []byte }
	}
	if err := json.Unmarshal([]byte(b.String()), &config); err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	out := map[string]string{}
	for key, entry := range config.Auths {
		out[key] = string(entry.Auth)
	}
	return out
}

func TestExternalSecret(t *testing.T) {
	for name, c := range map[string]struct {
		logins  []Login
		values  map[string]string // what generators and the store give
		want    map[string]string // user:password by key
		refresh string
		kinds   map[string]int
		lookups string // secret key=path/property
	}{
		"from a store": {[]Login{acr}, map[string]string{"username": "u", "password": `p"\:`},
			map[string]string{"myacr.azurecr.io": `u:p"\:`}, "60m", map[string]int{"ExternalSecret": 1}, "username=LOGIN/username password=LOGIN/password"},
		"user known": {[]Login{harbor}, map[string]string{"password": "p"}, map[string]string{harbor.AuthKey: "robot$ci+puller:p"}, "60m",
			map[string]int{"ExternalSecret": 1}, "password=LOGIN/password"},
		"generator": {[]Login{generated(ecr, ecrMade)}, map[string]string{"username": "AWS", "password": "p"},
			map[string]string{ecr.AuthKey: "AWS:p"}, "60m", map[string]int{"ExternalSecret": 1, "ECRAuthorizationToken": 1}, ""},
		"generator with auth": {[]Login{generated(acr, made)}, map[string]string{"auth": base64.StdEncoding.EncodeToString([]byte("a+b:p"))},
			map[string]string{acr.AuthKey: "a+b:p"}, "30m", map[string]int{"ExternalSecret": 1, "QuayAccessToken": 1}, ""},
		"two generators": {[]Login{generated(ecr, ecrMade), generated(acr, made)},
			map[string]string{"server_username": "AWS", "server_password": "p", "workers_auth": base64.StdEncoding.EncodeToString([]byte("a+b:q"))},
			map[string]string{ecr.AuthKey: "AWS:p", acr.AuthKey: "a+b:q"}, "30m",
			map[string]int{"ExternalSecret": 1, "ECRAuthorizationToken": 1, "QuayAccessToken": 1}, ""},
		"generator and store": {[]Login{generated(ecr, ecrMade), hub},
			map[string]string{"server_username": "AWS", "server_password": "p", "workers_username": "u", "workers_password": "q"},
			map[string]string{ecr.AuthKey: "AWS:p", hub.AuthKey: "u:q"}, "60m", map[string]int{"ExternalSecret": 1, "ECRAuthorizationToken": 1},
			"workers_username=WORKERS_LOGIN/username workers_password=WORKERS_LOGIN/password"},
	} {
		t.Run(name, func(t *testing.T) {
			text := scriptOf(t, ExternalSecret, request(Kubectl, c.logins...))
			secrets, kinds := externals(t, text)
			if !maps.Equal(kinds, c.kinds) || secrets[0].Spec.RefreshInterval != c.refresh {
				t.Fatalf("got %v every %s, want %v every %s\n%s", kinds, secrets[0].Spec.RefreshInterval, c.kinds, c.refresh, text)
			}
			s := secrets[0]
			if s.APIVersion != "external-secrets.io/v1" || s.Metadata.Name != "pull" || s.Spec.Target.Name != "pull" ||
				s.Spec.Target.Template.Type != "kubernetes.io/dockerconfigjson" || s.Metadata.Namespace != "conductor" {
				t.Errorf("got %+v", s)
			}
			if got := rendered(t, s, c.values); !maps.Equal(got, c.want) {
				t.Errorf("logs in with %q, want %q", got, c.want)
			}
			var lookups []string
			for _, d := range s.Spec.Data {
				lookups = append(lookups, fmt.Sprintf("%s=%s/%s", d.SecretKey, d.RemoteRef.Key, d.RemoteRef.Property))
			}
			if got := strings.Join(lookups, " "); got != c.lookups || (s.Spec.SecretStoreRef.Name == "STORE") != (got != "") {
				t.Errorf("looks up %q in the store %q, want %q", got, s.Spec.SecretStoreRef.Name, c.lookups)
			}
			for _, from := range s.Spec.DataFrom {
				g := from.SourceRef.GeneratorRef
				if g.APIVersion != "generators.external-secrets.io/v1alpha1" || !strings.Contains(text, "kind: "+g.Kind+"\nmetadata:\n  name: "+g.Name+"\n") {
					t.Errorf("refers to %+v, which is not there\n%s", g, text)
				}
				if len(c.logins) > 1 && (len(from.Rewrite) != 1 || !strings.HasSuffix(from.Rewrite[0].Regexp.Target, "_$1")) {
					t.Errorf("two logins of the same keys: %+v", from)
				}
			}
		})
	}
}

func TestExternalSecretForSeveralNamespaces(t *testing.T) {
	r := request(Kubectl, generated(ecr, ecrMade))
	r.Namespaces = []string{"a", "b"}
	secrets, kinds := externals(t, scriptOf(t, ExternalSecret, r))
	var namespaces []string
	for _, s := range secrets {
		namespaces = append(namespaces, s.Metadata.Namespace)
	}
	if !slices.Equal(namespaces, r.Namespaces) || kinds["ECRAuthorizationToken"] != 2 {
		t.Errorf("got %q and %v", namespaces, kinds)
	}
}
