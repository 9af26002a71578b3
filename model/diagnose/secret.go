package diagnose

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Types of Secrets that a kubelet takes logins from, and the key of each (k8s.io/api/core/v1).
const (
	dockerConfig    = "kubernetes.io/dockerconfigjson"
	dockerConfigKey = ".dockerconfigjson"
	legacyConfig    = "kubernetes.io/dockercfg"
	legacyConfigKey = ".dockercfg"
)

// Secret is the shape of a Secret: which registries it has logins for, and whether a kubelet could read them. It has no
// field that a user name or a password fits in.
type Secret struct {
	Kind     string     `json:"kind"`
	Metadata SecretMeta `json:"metadata"`
	Type     string     `json:"type"`
	Content  Content    `json:"content"`
	Hours    int        `json:"-"` // since it was written; NoAge when that is not known
}

// NoAge is the age of what has no time.
const NoAge = -1

// SecretMeta is less than Meta: kubectl keeps a copy of the whole secret in an annotation.
type SecretMeta struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace,omitempty"`
	Created   string `json:"creationTimestamp,omitempty"`
	Managed   []struct {
		Time string `json:"time"`
	} `json:"managedFields,omitempty"` // who wrote it when, if kubectl was asked for it
}

// Written is when the secret was last written, as far as it tells.
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

// Login is the shape of one login.
type Login struct {
	Key   string `json:"key"`             // under auths, without user and password if it has any
	Blank bool   `json:"blank,omitempty"` // it has no user name or no password
}

// Keys are the keys of the logins.
func (c Content) Keys() []string {
	var out []string
	for _, l := range c.Logins {
		out = append(out, l.Key)
	}
	return out
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
	s.Content = shape(own.Type, held.Data)
	return nil
}

// shape reads what a kubelet would read of a secret's data.
func shape(kind string, data map[string]json.RawMessage) Content {
	key := dockerConfigKey
	if kind == legacyConfig {
		key = legacyConfigKey
	}
	encoded, found := data[key]
	if !found {
		return Content{Wrong: "it has no " + key}
	}
	var document []byte // JSON decodes base64 into bytes
	if json.Unmarshal(encoded, &document) != nil {
		return Content{Wrong: key + " is not base64"}
	}
	var config struct {
		Auths       json.RawMessage
		CredsStore  json.RawMessage
		CredHelpers json.RawMessage
	}
	if kind == legacyConfig {
		config.Auths = document
	} else if json.Unmarshal(document, &config) != nil {
		return Content{Wrong: key + " is no JSON object"}
	}
	auths := map[string]json.RawMessage{}
	if len(config.Auths) > 0 && json.Unmarshal(config.Auths, &auths) != nil {
		return Content{Wrong: key + " has no table of logins"}
	}
	out := Content{External: len(config.CredsStore)+len(config.CredHelpers) > 0}
	for _, name := range slices.Sorted(maps.Keys(auths)) {
		login, wrong := loginShape(name, auths[name])
		if wrong != "" && out.Wrong == "" {
			out.Wrong = "the login for " + login.Key + " " + wrong
		}
		out.Logins = append(out.Logins, login)
	}
	return out
}

// loginShape follows the kubelet (k8s.io/kubernetes/pkg/credentialprovider/config.go): auth, if there is one, takes the
// place of user name and password, and one that can't be decoded spoils the whole secret.
func loginShape(key string, data json.RawMessage) (login Login, wrong string) {
	login.Key = bare(key)
	var held struct{ Username, Password, Auth string }
	if json.Unmarshal(data, &held) != nil {
		return login, "is no table of texts"
	}
	if held.Auth == "" {
		login.Blank = held.Username == "" || held.Password == ""
		return login, ""
	}
	encoding := base64.RawStdEncoding
	if strings.HasSuffix(strings.TrimSpace(held.Auth), "=") {
		encoding = base64.StdEncoding
	}
	decoded, err := encoding.DecodeString(held.Auth)
	if err != nil {
		return login, "has an auth that is not base64"
	}
	user, password, found := strings.Cut(string(decoded), ":")
	if !found {
		return login, "has an auth without a colon between user name and password"
	}
	login.Blank = user == "" || strings.Trim(password, "\x00") == ""
	return login, ""
}

// bare is a key without user name and password, which an address can hold; the kubelet drops them too.
func bare(key string) string {
	at := strings.LastIndexByte(key, '@')
	if at < 0 {
		return key
	}
	scheme, _, found := strings.Cut(key, "://")
	if parsed, err := url.Parse(key); found && err == nil {
		parsed.User = nil
		return parsed.String()
	}
	if found {
		return scheme + "://" + key[at+1:]
	}
	return key[at+1:]
}
