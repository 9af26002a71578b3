package diagnose

import (
	"encoding/json"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/secret"
)

// Secret is the shape of a Secret: which registries it has credentials for, and whether a kubelet can read them. No
// field is for a user name or a password.
type Secret struct {
	Kind     string     `json:"kind"`
	Metadata SecretMeta `json:"metadata"`
	Type     string     `json:"type"`
	Content  Content    `json:"content"`
	Hours    int        `json:"-"` // since it was written; NoAge when that is not known
}

// NoAge is the age of what has no time.
const NoAge = -1

// SecretMeta is less than Meta, because kubectl keeps a copy of the whole secret in an annotation.
type SecretMeta struct {
	Name        string      `json:"name"`
	Namespace   string      `json:"namespace,omitempty"`
	Created     string      `json:"creationTimestamp,omitempty"`
	Annotations Annotations `json:"annotations,omitzero"` // of Helm only
	Managed     []struct {
		Time string `json:"time"`
	} `json:"managedFields,omitempty"` // who wrote it when, if kubectl was asked for it
}

// Written returns when the secret was last written, in RFC 3339; "" when it does not say.
func (s *Secret) Written() string {
	written := s.Metadata.Created
	for _, m := range s.Metadata.Managed {
		written = max(written, m.Time) // RFC 3339 in UTC sorts as text
	}
	return written
}

// Content is the shape of what a pull secret holds.
type Content struct {
	Wrong    string  `json:"wrong,omitempty"` // why a kubelet can't read it; "" when it can
	External bool    `json:"external,omitempty"`
	Logins   []Login `json:"logins,omitempty"` // by their keys
}

// Login is the shape of the credentials for one registry.
type Login struct {
	Key   string `json:"key"`             // under auths, without user and password if it has any
	Blank bool   `json:"blank,omitempty"` // it has no user name or no password
	Cut   bool   `json:"cut,omitempty"`   // the user name is that of a robot of Harbor without its dollar sign
}

// Keys returns the keys under auths.
func (c Content) Keys() []string {
	return model.Map(c.Logins, func(l Login) string { return l.Key })
}

// UnmarshalJSON reads a Secret as the API gives it, or as it was saved here, and keeps its shape only.
func (s *Secret) UnmarshalJSON(data []byte) error {
	var own struct {
		Metadata SecretMeta
		Type     string
		Content  *Content
	}
	_ = json.Unmarshal(data, &own) // what is not as it should be tells nothing, and the rest may
	*s = Secret{Kind: "Secret", Metadata: own.Metadata, Type: own.Type, Hours: NoAge}
	if own.Content != nil {
		s.Content = *own.Content
		return nil
	}
	var held struct{ Data map[string]json.RawMessage }
	_ = json.Unmarshal(data, &held)
	s.Content = contentOf(own.Type, held.Data)
	return nil
}

// contentOf returns what a kubelet would read of the data of a secret.
func contentOf(secretType string, data map[string]json.RawMessage) Content {
	key := secret.DockerConfigKey
	if secretType == secret.LegacyType {
		key = secret.LegacyKey
	}
	encoded, found := data[key]
	if !found {
		return Content{Wrong: "it has no " + key}
	}
	var document []byte // JSON decodes base64 into bytes
	if json.Unmarshal(encoded, &document) != nil {
		return Content{Wrong: key + " is not base64"}
	}
	cut := map[string]bool{}
	read, err := secret.ReadPullSecret(secretType, document, func(key, username, _ string) {
		cut[key] = username == "robot" || strings.HasPrefix(username, "robot+")
	})
	if err != nil {
		return Content{Wrong: key + " cannot be read: " + err.Error()}
	}
	out := Content{External: read.HasHelpers}
	for _, e := range read.Entries {
		if e.Problem != "" && out.Wrong == "" {
			out.Wrong = "the entry for " + e.Key + " cannot be read: " + e.Problem
		}
		out.Logins = append(out.Logins, Login{Key: e.Key, Blank: e.Problem == "" && (!e.HasUsername || !e.HasPassword),
			Cut: cut[e.Key]})
	}
	return out
}
