package images

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
)

// PullSecret reads what is under .dockerconfigjson in a secret, as the kubelet does (k8s.io/kubernetes v1.37.2,
// pkg/credentialprovider/config.go): an entry's auth goes before its username and password, tokens are not read, and
// one entry that can't be read makes the kubelet pass by the whole secret. Then there are problems, and no credential.
// File is how problems name the source. No problem repeats a value.
func PullSecret(file string, data []byte) (Credential, model.Problems) {
	var config struct {
		Auths       map[string]json.RawMessage `json:"auths"`
		CredsStore  string                     `json:"credsStore"`
		CredHelpers map[string]string          `json:"credHelpers"`
	}
	if err := json.Unmarshal(data, &config); err != nil {
		return Credential{}, model.Problems{at(file, problem(secretNotJSON, fill{"detail": notJSON(data)}))}
	}
	if len(config.Auths) == 0 {
		why := otherForm(data)
		if config.CredsStore != "" || len(config.CredHelpers) > 0 {
			why = "it names a credential helper of docker instead, and a kubelet can't run one"
		}
		return Credential{}, model.Problems{at(file, problem(secretWithoutLogins, fill{"detail": why}))}
	}
	entries := map[string]login{}
	var problems model.Problems
	for key, raw := range config.Auths {
		l, wrong := readEntry(key, raw)
		if wrong != "" {
			problems = append(problems, at(file, problem(secretMalformed, fill{"entry": shownKey(key), "detail": wrong})))
		}
		entries[key] = l
	}
	if len(problems) > 0 {
		slices.SortFunc(problems, func(a, b model.Problem) int { return strings.Compare(a.Summary, b.Summary) })
		return Credential{}, problems
	}
	return ofEntries("the pull secret", "add an entry {key} under auths", entries), nil
}

func at(file string, p model.Problem) model.Problem {
	p.File = file
	return p
}

// readEntry reads one entry; wrong says why the kubelet can't.
func readEntry(key string, raw json.RawMessage) (l login, wrong string) {
	var entry struct{ Username, Password, Auth string }
	if err := json.Unmarshal(raw, &entry); err != nil {
		return login{}, "it is no table of texts"
	}
	if entry.Auth == "" {
		return newLogin(key, entry.Username, entry.Password), ""
	}
	encoding := base64.RawStdEncoding
	if strings.HasSuffix(strings.TrimSpace(entry.Auth), "=") {
		encoding = base64.StdEncoding
	}
	decoded, err := encoding.DecodeString(entry.Auth)
	if err != nil {
		return login{}, "its auth is no base64"
	}
	username, password, found := strings.Cut(string(decoded), ":")
	if !found {
		return login{}, "its auth is not the base64 of user:password, there is no colon in it"
	}
	return newLogin(key, username, password), ""
}

// notJSON says what it is instead, as far as that can be told.
func notJSON(data []byte) string {
	text := bytes.TrimSpace(data)
	decoded, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields(text), nil)))
	switch {
	case len(text) == 0:
		return "it is empty"
	case err == nil && json.Valid(decoded):
		return "it is still in base64, as a Secret holds it: put it through base64 -d"
	case bytes.Contains(text, []byte("kind: Secret")):
		return "it is a whole Secret as YAML: take what is under .dockerconfigjson, through base64 -d"
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(data, new(any))); ok {
		return fmt.Sprintf("it goes wrong at byte %d", syntax.Offset)
	}
	return "auths, or a helper's name, is of another type"
}

// otherForm says what a JSON without auths is.
func otherForm(data []byte) string {
	var top map[string]json.RawMessage
	if err := json.Unmarshal(data, &top); err != nil {
		return "it is no table"
	}
	if kind, has := top["kind"]; has && string(kind) == `"Secret"` {
		return "it is a whole Secret: take what is under .dockerconfigjson, through base64 -d"
	}
	for _, raw := range top {
		var entry struct{ Auth, Username string }
		if json.Unmarshal(raw, &entry) == nil && entry.Auth+entry.Username != "" {
			return "its entries stand at the top, as in the old .dockercfg: put them under auths"
		}
	}
	return "the table auths is missing or empty"
}
