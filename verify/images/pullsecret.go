package images

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"conductor-registry/model"
	"conductor-registry/model/secret"
)

// PullSecret returns the logins of what is under .dockerconfigjson in a secret, as the kubelet reads it. One entry that
// the kubelet can't read makes it ignore the whole secret: then there are problems, and no credential. File is how
// problems name the source. No problem repeats a value.
func PullSecret(file string, data []byte) (Credential, model.Problems) {
	entries := map[string]login{}
	content, err := secret.ReadPullSecret(secret.DockerConfigType, data, func(key, username, password string) {
		entries[key] = newLogin(key, username, password)
	})
	if err != nil {
		return Credential{}, model.Problems{at(file, problem(secretNotJSON, fill{"detail": notJSON(data)}))}
	}
	if len(content.Entries) == 0 {
		why := otherForm(data)
		if content.HasHelpers {
			why = "it names a credential helper of docker instead, and a kubelet can't run one"
		}
		return Credential{}, model.Problems{at(file, problem(secretWithoutLogins, fill{"detail": why}))}
	}
	var problems model.Problems
	for _, e := range content.Entries {
		if e.Problem != "" {
			problems = append(problems, at(file, problem(secretMalformed, fill{"entry": e.Key, "detail": e.Problem})))
		}
	}
	if len(problems) > 0 {
		return Credential{}, problems
	}
	return ofEntries("the pull secret", "add an entry {key} under auths", entries), nil
}

func at(file string, p model.Problem) model.Problem {
	p.File = file
	return p
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
	return "auths is of another type"
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
