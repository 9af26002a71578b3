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

// PullSecret returns the logins of what is under .dockerconfigjson in a secret, as the kubelet reads it. One entry
// that the kubelet cannot read makes it ignore the whole secret: then there are problems, and no credential. File is
// how problems name the source. No problem repeats a value.
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
			why = "it names a credential helper of docker, which a kubelet cannot run"
		}
		return Credential{}, model.Problems{at(file, problem(secretWithoutLogins, fill{"detail": why}))}
	}
	var problems model.Problems
	for _, e := range content.Entries {
		if e.Problem != "" {
			problems = append(problems, at(file, problem(secretMalformed, fill{"entry": visible(e.Key), "detail": e.Problem})))
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

// notJSON returns what the data is instead of JSON, as far as that is clear.
func notJSON(data []byte) string {
	text := bytes.TrimSpace(data)
	decoded, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields(text), nil)))
	switch {
	case len(text) == 0:
		return "it is empty"
	case err == nil && json.Valid(decoded):
		return "it is still base64, as in the Secret: decode it with base64 -d"
	case bytes.Contains(text, []byte("kind: Secret")):
		return "it is a whole Secret as YAML: pass the content of .dockerconfigjson, decoded with base64 -d"
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(data, new(any))); ok {
		return fmt.Sprintf("invalid at byte %d", syntax.Offset)
	}
	return "auths is not an object"
}

// otherForm returns what JSON without auths is.
func otherForm(data []byte) string {
	var top map[string]json.RawMessage
	if err := json.Unmarshal(data, &top); err != nil {
		return "it is not an object"
	}
	if kind, has := top["kind"]; has && string(kind) == `"Secret"` {
		return "it is a whole Secret: pass the content of .dockerconfigjson, decoded with base64 -d"
	}
	for _, raw := range top {
		var entry struct{ Auth, Username string }
		if json.Unmarshal(raw, &entry) == nil && entry.Auth+entry.Username != "" {
			return "its entries are at the top, as in the old .dockercfg: move them under auths"
		}
	}
	return "auths is missing or empty"
}
