package secret

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

const canary = "s3cr3t"

func auth(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// The kubelet's reading of pull secrets (k8s.io/kubernetes v1.37.2, pkg/credentialprovider/config.go).
func TestReadPullSecret(t *testing.T) {
	for _, test := range []struct {
		name, kind, content string
		keys                string
		blank               bool // an entry lacks user name or password
		wrong               string
	}{
		{"auth", DockerConfigType, `{"auths":{"a.io":{"auth":"` + auth("u:"+canary) + `"}}}`, "a.io", false, ""},
		{"unpadded", DockerConfigType, `{"auths":{"a.io":{"auth":"` + strings.TrimRight(auth("u:"+canary+"12"), "=") + `"}}}`, "a.io", false, ""},
		{"password", DockerConfigType, `{"auths":{"a.io":{"username":"u","password":"` + canary + `"}}}`, "a.io", false, ""},
		{"colons", DockerConfigType, `{"auths":{"a.io":{"auth":"` + auth("u:"+canary+":x") + `"}}}`, "a.io", false, ""},
		{"two", DockerConfigType, `{"auths":{"b.io":{"auth":"` + auth("u:"+canary) + `"},"a.io":{"auth":"` + auth("u:"+canary) + `"}}}`, "a.io b.io", false, ""},
		{"legacy", LegacyType, `{"a.io":{"auth":"` + auth("u:"+canary) + `"}}`, "a.io", false, ""},
		{"auth wins", DockerConfigType, `{"auths":{"a.io":{"auth":"` + auth("u:") + `","username":"u","password":"` + canary + `"}}}`, "a.io", true, ""},
		{"blank", DockerConfigType, `{"auths":{"a.io":{"username":"u","password":""}}}`, "a.io", true, ""},
		{"nothing", DockerConfigType, `{"auths":{"a.io":{}}}`, "a.io", true, ""},
		{"null", DockerConfigType, `{"auths":{"a.io":null}}`, "a.io", true, ""},
		{"user in the key", DockerConfigType, `{"auths":{"https://u:` + canary + `@a.io/v1/":{"auth":"` + auth("u:p") + `"}}}`, "https://***@a.io/v1/", false, ""},
		{"user in a bare key", DockerConfigType, `{"auths":{"u:` + canary + `@a.io":{"auth":"` + auth("u:p") + `"}}}`, "***@a.io", false, ""},
		{"no auths", DockerConfigType, `{}`, "", false, ""},
		{"no colon", DockerConfigType, `{"auths":{"a.io":{"auth":"` + auth(canary) + `"}}}`, "a.io", false, "has no colon"},
		{"no base64", DockerConfigType, `{"auths":{"a.io":{"auth":"u:` + canary + `"}}}`, "a.io", false, "not base64"},
		{"line break in auth", DockerConfigType, `{"auths":{"a.io":{"auth":"` + auth("u:" + canary)[:4] + "\\n*" + `"}}}`, "a.io", false, "not base64"},
		{"number", DockerConfigType, `{"auths":{"a.io":{"username":"u","password":5353535}}}`, "a.io", false, "not an object of strings"},
		{"text", DockerConfigType, `{"auths":{"a.io":"` + canary + `"}}`, "a.io", false, "not an object of strings"},
		{"list", DockerConfigType, `{"auths":["` + canary + `"]}`, "", false, "auths is not a JSON object"},
		{"no JSON", DockerConfigType, canary, "", false, "not a JSON object"},
		{"quote in password", DockerConfigType, `{"auths":{"a.io":{"password":"` + canary + `"x"}}}`, "", false, "not a JSON object"},
		{"a token is not read", DockerConfigType, `{"auths":{"a.io":{"identitytoken":"` + canary + `"}}}`, "a.io", true, ""},
		{"NUL is a password", DockerConfigType, `{"auths":{"a.io":{"auth":"` + auth("u:\x00") + `"}}}`, "a.io", false, ""},
	} {
		var keys []string
		used := 0
		got, err := ReadPullSecret(test.kind, []byte(test.content), func(_, username, password string) {
			used++
			if password != "" && !strings.HasPrefix(username, "u") {
				t.Errorf("%s: user name %q", test.name, username)
			}
		})
		wrong, blank, readable := "", false, 0
		for _, e := range got.Entries {
			keys, wrong = append(keys, e.Key), wrong+e.Problem
			if e.Problem == "" {
				readable++
				blank = blank || !e.HasUsername || !e.HasPassword
			}
		}
		if err != nil {
			wrong = err.Error()
		}
		if strings.Join(keys, " ") != test.keys || blank != test.blank || used != readable ||
			!strings.Contains(wrong, test.wrong) || (test.wrong == "") != (wrong == "") {
			t.Errorf("%s: %+v, %v, %d used", test.name, got, err, used)
		}
		if text := fmt.Sprintf("%#v %v", got, err); strings.Contains(text, canary) || strings.Contains(text, auth(canary)[:7]) {
			t.Errorf("%s: a password shows: %s", test.name, text)
		}
	}
	helpers, err := ReadPullSecret(DockerConfigType, []byte(`{"credsStore":"desktop"}`), nil)
	if err != nil || !helpers.HasHelpers {
		t.Errorf("%+v, %v", helpers, err)
	}
}
