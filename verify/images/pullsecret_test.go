package images

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"conductor-registry/model/secret"
	"conductor-registry/verify/images/registrytest"
)

// withAuth is a pull secret for r.io with that auth.
func withAuth(auth string) string { return `{"auths":{"r.io":{"auth":"` + auth + `"}}}` }

func encoded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// What the kubelet makes of a secret's content (k8s.io/kubernetes v1.37.2, pkg/credentialprovider/config.go).
func TestPullSecret(t *testing.T) {
	good := withAuth(encoded("u:" + canary))
	for _, test := range []struct{ name, data, rule, says string }{
		{"auth", good, "", "u " + canary},
		{"without padding", withAuth(strings.TrimRight(encoded("u:"+canary+"x"), "=")), "", "u " + canary + "x"},
		{"user and password", `{"auths":{"r.io":{"username":"u","password":"` + canary + `"}}}`, "", "u " + canary},
		{"auth goes first", `{"auths":{"r.io":{"username":"x","password":"y","auth":"` + encoded("u:"+canary) + `"}}}`, "", "u " + canary},
		{"a colon in the password", withAuth(encoded("u:a:b")), "", "u a:b"},
		{"nobody", `{"auths":{"r.io":{}}}`, "", " "},
		{"a token is not read", `{"auths":{"r.io":{"identitytoken":"` + canary + `"}}}`, "", " "},
		{"helpers beside it do not matter", `{"credsStore":"x","auths":{"r.io":{"username":"u"}}}`, "", "u "},

		{"no base64", `{"auths":{"r.io":{"auth":"` + canary + `!"}}}`, secretMalformed, "its auth is not base64"},
		{"wrapped in the wrong way", `{"auths":{"r.io":{"auth":"dTpw "}}}`, secretMalformed, "its auth is not base64"},
		{"no colon", withAuth(encoded(canary)), secretMalformed, "has no colon"},
		{"a number", `{"auths":{"r.io":{"password":5}}}`, secretMalformed, "not an object of strings"},
		{"one of two", `{"auths":{"r.io":{"auth":"` + encoded("u:"+canary) + `"},"b.io":{"auth":"` + encoded(canary) + `"}}}`, secretMalformed, "entry b.io"},
		{"empty", " \n", secretNotJSON, "it is empty"},
		{"still encoded", encoded(good) + "\n", secretNotJSON, "base64 -d"},
		{"a whole secret as YAML", "apiVersion: v1\nkind: Secret\ndata: {x: " + encoded(good) + "}\n", secretNotJSON, "whole Secret as YAML"},
		{"a line break in it", `{"auths":{"r.io":{"auth":"` + canary + "\n" + `"}}}`, secretNotJSON, "byte 53"},
		{"a list", `{"auths":[]}`, secretNotJSON, "auths is not an object"},
		{"a whole secret as JSON", `{"kind":"Secret","data":{".dockerconfigjson":"` + encoded(good) + `"}}`, secretWithoutLogins, "whole Secret"},
		{"the old form", `{"r.io":{"auth":"` + encoded("u:"+canary) + `"}}`, secretWithoutLogins, ".dockercfg"},
		{"a credential store", `{"auths":{},"credsStore":"desktop"}`, secretWithoutLogins, "which a kubelet cannot run"},
		{"credential helpers", `{"credHelpers":{"r.io":"ecr-login"}}`, secretWithoutLogins, "which a kubelet cannot run"},
		{"nothing", `{}`, secretWithoutLogins, "missing or empty"},
	} {
		c, problems := PullSecret("secret.json", []byte(test.data))
		if text := fmt.Sprintf("%+v %#v %s", problems, problems, problems.Error()); strings.Contains(text, canary) ||
			strings.Contains(text, encoded("u:"+canary)) {
			t.Errorf("%s: the secret is in %s", test.name, text)
		}
		if test.rule == "" {
			logins, err := c.offers(t.Context(), "r.io/a/b:1", nobodysRepository)
			if err != nil || len(logins) != 1 || len(problems) > 0 {
				t.Errorf("%s: %d logins, %v, %v", test.name, len(logins), err, problems)
				continue
			}
			if l := logins[0].config(); l.Username+" "+l.Password != test.says {
				t.Errorf("%s: %q", test.name, l.Username+" "+l.Password)
			}
			continue
		}
		if len(problems) != 1 || problems[0].Rule != test.rule || !strings.Contains(problems[0].Summary, test.says) ||
			problems[0].File != "secret.json" || c.offers != nil {
			t.Errorf("%s: %v", test.name, problems)
		}
	}
}

// A login can be printed and encoded in no way that shows it.
func TestLoginsAreHidden(t *testing.T) {
	l := newLogin("r.io", "u", canary)
	c := Login("r.io", "u", canary)
	for _, text := range []string{fmt.Sprint(l), fmt.Sprintf("%+v", l), fmt.Sprintf("%#v", c), fmt.Sprintf("%v %#v", c, l)} {
		if strings.Contains(text, canary) {
			t.Errorf("the password is in %s", text)
		}
	}
	if data, err := json.Marshal(map[string]any{"a": c, "b": l}); strings.Contains(string(data), canary) {
		t.Errorf("the password is in %s, %v", data, err)
	}
}

// An address may carry a login, which the kubelet leaves out: it is not shown.
func TestAKeyWithALogin(t *testing.T) {
	s := start(t, registrytest.Basic(user, canary))
	key := "https://someone:" + canary + "@" + s.Host + "/team"
	c := secretFor(t, key+"="+user+":"+canary)
	if r := ask(t, s.Host+"/team/server:5.2.42", c, trusting(s)); r.Entry != "https://***@"+s.Host+"/team" {
		t.Error(r.text())
	}
	wants(t, ask(t, s.Host+"/other/server:5.2.42", c, trusting(s)), loginPassedBy, "https://***@"+s.Host+"/team")
	_, problems := PullSecret("s", []byte(`{"auths":{"`+key+`":{"auth":"!"}}}`))
	if text := problems.Error(); strings.Contains(text, canary) || !strings.Contains(text, "***@") {
		t.Error(text)
	}
}

// A password goes to the registry that it is for, and to no other.
func TestALoginIsForOneRegistry(t *testing.T) {
	c := Login(secret.DockerHubKey, "u", canary)
	for image, want := range map[string]int{"orkesio/x:1": 1, "docker.io/orkesio/x": 1, "r.io/orkesio/x": 0} {
		if logins, err := c.offers(t.Context(), image, nobodysRepository); err != nil || len(logins) != want {
			t.Errorf("%s: %d logins, %v", image, len(logins), err)
		}
	}
}
