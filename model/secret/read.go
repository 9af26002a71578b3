package secret

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
)

// The types of Secret that a kubelet takes credentials from, and the key of each in the Secret's data
// (k8s.io/api/core/v1).
const (
	DockerConfigType = "kubernetes.io/dockerconfigjson"
	DockerConfigKey  = ".dockerconfigjson"
	LegacyType       = "kubernetes.io/dockercfg"
	LegacyKey        = ".dockercfg"
)

// PullSecret is what a pull secret holds as far as it can be shown: no field is for a user name or a password.
type PullSecret struct {
	Entries    []Entry // sorted by key
	HasHelpers bool    // names a credential helper of docker, which a kubelet does not run
}

// Entry is one entry under auths.
type Entry struct {
	Key         string // redacted by RedactKey
	HasUsername bool
	HasPassword bool
	Problem     string // why a kubelet cannot read the entry, and then not the whole secret; "" when it can
}

// ReadPullSecret reads the data of a pull secret as the kubelet does (k8s.io/kubernetes v1.37.2,
// pkg/credentialprovider/config.go): auth overrides username and password, tokens are ignored. It hands the credentials
// of each readable entry to use, which may be nil, and keeps none. The error, which never repeats a value, says why
// nothing can be read.
func ReadPullSecret(secretType string, data []byte, use func(key, username, password string)) (PullSecret, error) {
	var config struct {
		Auths       json.RawMessage
		CredsStore  json.RawMessage
		CredHelpers json.RawMessage
	}
	if secretType == LegacyType {
		config.Auths = data
	} else if json.Unmarshal(data, &config) != nil {
		return PullSecret{}, errors.New("it is not a JSON object")
	}
	auths := map[string]json.RawMessage{}
	if len(config.Auths) > 0 && json.Unmarshal(config.Auths, &auths) != nil {
		return PullSecret{}, errors.New("its auths is not a JSON object")
	}
	content := PullSecret{HasHelpers: len(config.CredsStore)+len(config.CredHelpers) > 0}
	for _, key := range slices.Sorted(maps.Keys(auths)) {
		entry := Entry{Key: RedactKey(key)}
		username, password, err := readEntry(auths[key])
		if err != nil {
			entry.Problem = err.Error()
		} else if use != nil {
			use(entry.Key, username, password)
		}
		entry.HasUsername, entry.HasPassword = username != "", password != ""
		content.Entries = append(content.Entries, entry)
	}
	return content, nil
}

func readEntry(data json.RawMessage) (username, password string, err error) {
	var entry struct{ Username, Password, Auth string }
	if json.Unmarshal(data, &entry) != nil {
		return "", "", errors.New("it is not an object of strings")
	}
	if entry.Auth == "" {
		return entry.Username, entry.Password, nil
	}
	encoding := base64.RawStdEncoding
	if strings.HasSuffix(strings.TrimSpace(entry.Auth), "=") {
		encoding = base64.StdEncoding
	}
	decoded, err := encoding.DecodeString(entry.Auth)
	if err != nil {
		return "", "", errors.New("its auth is not base64")
	}
	username, password, found := strings.Cut(string(decoded), ":")
	if !found {
		return "", "", errors.New("its auth is not the base64 of user:password: it has no colon")
	}
	return username, password, nil
}

// RedactKey returns a key under auths with *** for the user name and password that an address can hold. The kubelet
// ignores them too.
func RedactKey(key string) string {
	at := strings.LastIndexByte(key, '@')
	if at < 0 {
		return key
	}
	if scheme, _, found := strings.Cut(key, "://"); found {
		return scheme + "://***" + key[at:]
	}
	return "***" + key[at:]
}
