package diagnose_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/diagnose"
)

const canary = "s3cr3t"

// read reads one Secret of a type, whose data is given as it is before base64.
func read(t *testing.T, kind, key, content string) diagnose.Secret {
	t.Helper()
	document := fmt.Sprintf(`{"kind":"Secret","metadata":{"name":"s","namespace":"n"},"type":%q,"data":{%q:%q}}`, kind, key,
		base64.StdEncoding.EncodeToString([]byte(content)))
	state, err := diagnose.Read([]byte(document))
	if err != nil || len(state.Secrets) != 1 {
		t.Fatal(err, document)
	}
	return state.Secrets[0]
}

func auth(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// Only keys and the shape of a secret are kept; the reading itself is tested in package secret.
func TestShapes(t *testing.T) {
	const config, legacy = "kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg"
	for _, test := range []struct {
		name, kind, key, content string
		keys                     string
		blank                    bool
		wrong                    string
	}{
		{"auth", config, ".dockerconfigjson", `{"auths":{"a.io":{"auth":"` + auth("u:"+canary) + `"}}}`, "a.io", false, ""},
		{"legacy", legacy, ".dockercfg", `{"a.io":{"auth":"` + auth("u:"+canary) + `"}}`, "a.io", false, ""},
		{"blank", config, ".dockerconfigjson", `{"auths":{"a.io":{"username":"u","password":""}}}`, "a.io", true, ""},
		{"user in the key", config, ".dockerconfigjson", `{"auths":{"https://u:` + canary + `@a.io/v1/":{"auth":"` + auth("u:p") + `"}}}`, "https://***@a.io/v1/", false, ""},
		{"no colon", config, ".dockerconfigjson", `{"auths":{"a.io":{"auth":"` + auth(canary) + `"}}}`, "a.io", false, "has no colon"},
		{"no JSON", config, ".dockerconfigjson", canary, "", false, "not a JSON object"},
		{"other key", config, "config.json", `{"auths":{"a.io":{"auth":"` + auth("u:"+canary) + `"}}}`, "", false, "it has no .dockerconfigjson"},
		{"opaque", "Opaque", ".dockerconfigjson", `{"auths":{"a.io":{"auth":"` + auth("u:"+canary) + `"}}}`, "a.io", false, ""},
	} {
		got := read(t, test.kind, test.key, test.content)
		blank := slices.ContainsFunc(got.Content.Logins, func(l diagnose.Login) bool { return l.Blank })
		if keys := strings.Join(got.Content.Keys(), " "); keys != test.keys || blank != test.blank ||
			!strings.Contains(got.Content.Wrong, test.wrong) || (test.wrong == "") != (got.Content.Wrong == "") {
			t.Errorf("%s: %+v", test.name, got.Content)
		}
		saved, err := json.Marshal(got)
		for _, text := range []string{string(saved), fmt.Sprintf("%#v", got)} {
			if err != nil || strings.Contains(text, canary) || strings.Contains(text, "5353535") || strings.Contains(text, auth(canary)[:7]) {
				t.Errorf("%s: a password shows: %v %s", test.name, err, text)
			}
		}
	}
}

// What is not base64 at all, and what is no text, are told without being shown.
func TestDataThatIsNone(t *testing.T) {
	for _, data := range []string{`"*` + canary + `*"`, `12345`, `{"x":"` + canary + `"}`, `null`} {
		state, err := diagnose.Read([]byte(`{"kind":"Secret","type":"kubernetes.io/dockerconfigjson","data":{".dockerconfigjson":` + data + `}}`))
		if err != nil {
			t.Fatal(err)
		}
		if wrong := state.Secrets[0].Content.Wrong; wrong == "" || strings.Contains(wrong, canary) {
			t.Errorf("%s: %q", data, wrong)
		}
	}
}

// When a secret was last written is told by those who wrote it, not only by when it was made.
func TestWritten(t *testing.T) {
	const document = `{"kind":"Secret","metadata":{"creationTimestamp":"2026-01-01T00:00:00Z","managedFields":[
		{"manager":"a","time":"2026-01-01T00:00:00Z"},{"manager":"b","time":"2026-03-01T06:00:00Z"}]}}`
	state, err := diagnose.Read([]byte(document))
	if err != nil || state.Secrets[0].Written() != "2026-03-01T06:00:00Z" {
		t.Error(err, state.Secrets[0].Written())
	}
}
