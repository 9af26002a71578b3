package helm

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"sigs.k8s.io/yaml"
)

// InLogins are those of the words that stand in the content of a pull secret of the stream, also in its encoded user
// and password. The content itself is not kept.
func InLogins(stream []byte, words []string) ([]string, error) {
	var content strings.Builder
	for document := range strings.SplitSeq("\n"+string(stream), "\n---") {
		if !strings.Contains(document, pullSecretType) {
			continue
		}
		var object struct {
			Type       string
			Data       map[string]string
			StringData map[string]string
		}
		if err := yaml.Unmarshal([]byte(document), &object); err != nil {
			return nil, fmt.Errorf("helm rendered something that is no YAML: %w", err)
		}
		if object.Type != pullSecretType {
			continue
		}
		for _, text := range object.Data {
			decoded, _ := base64.StdEncoding.DecodeString(text)
			content.WriteString(login(decoded))
		}
		for _, text := range object.StringData {
			content.WriteString(login([]byte(text)))
		}
	}
	var found []string
	for _, word := range words {
		if strings.Contains(content.String(), word) {
			found = append(found, word)
		}
	}
	return found, nil
}

// login is the text of a .dockerconfigjson with what is encoded in it in the open.
func login(config []byte) string {
	var auths struct {
		Auths map[string]struct{ Auth string }
	}
	out := string(config)
	if err := json.Unmarshal(config, &auths); err != nil {
		return out // not every chart writes JSON that is any; what stands in it is read all the same
	}
	for _, entry := range auths.Auths {
		pair, _ := base64.StdEncoding.DecodeString(entry.Auth)
		out += "\n" + string(pair)
	}
	return out
}
