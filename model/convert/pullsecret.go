package convert

import (
	"fmt"
	"slices"
	"strings"
)

// pullSecret is the pull secret that a values file decides on; the zero value leaves it to the chart.
type pullSecret struct {
	name     string // of a secret that exists
	method   string // by which Helm creates the secret, with credentials in the file
	isNone   bool   // the pods are to name no secret
	from     string // the key that decides
	isUnread bool   // the chart does not read that key
}

// pullSecret returns what the file decides. Where the chart decides although the file names a secret in a key that is
// not read, the file means that secret.
func (r *reading) pullSecret() pullSecret {
	names, origin := r.pullSecrets()
	key := strings.TrimPrefix(origin.From, "chart default ")
	switch {
	case len(names) == 0:
		if r.sets(key) {
			return pullSecret{isNone: true, from: key}
		}
	case r.creates(names[0]):
		if p := r.createdSecret(key); p.method != "" {
			return p
		}
	case r.sets(key):
		return pullSecret{name: fmt.Sprint(names[0]), from: key}
	}
	return r.unreadSecret()
}

// createdSecret returns the method by which Helm creates the secret, if the file has credentials for it; key is where
// the name of the secret is.
func (r *reading) createdSecret(key string) pullSecret {
	for _, m := range r.profile.Methods {
		mapping := credentialsMapping(r.profile, m.ID)
		if mapping == "" {
			continue
		}
		isNamed := isBelow(key, []string{mapping})
		isFixed := key == "chart default" && !r.profile.Writes(nameFact, m.ID) // the name is in the templates
		from := ""
		switch {
		case isNamed && r.sets(key):
			from = key
		case isNamed || isFixed:
			from = r.firstKey(mapping)
		}
		if from != "" {
			return pullSecret{method: m.ID, from: from}
		}
	}
	return pullSecret{}
}

// firstKey returns the first key in a mapping that has a value and that the chart may read; "" when there is none.
func (r *reading) firstKey(mapping string) string {
	value, _ := r.values.Lookup(mapping)
	fields, _ := value.(map[string]any)
	unread := r.profile.UnreadKeys()
	found, line := "", 0
	for key, field := range fields {
		path := mapping + "." + key
		if field == nil || field == "" || slices.Contains(unread, path) {
			continue
		}
		if _, at := r.values.Position(path); found == "" || at < line || at == line && path < found {
			found, line = path, at
		}
	}
	return found
}

// unreadSecret returns the secret that the file names in a key that the chart does not read.
func (r *reading) unreadSecret() pullSecret {
	for _, p := range r.findings() {
		if p.Rule != "pull-secrets-ignored" {
			continue
		}
		value, _ := r.values.Lookup(p.Path)
		if name := firstName(value); name != "" {
			return pullSecret{name: name, from: p.Path, isUnread: true}
		}
	}
	return pullSecret{}
}

// firstName returns the first name in a value for pull secrets: a name, or a list of names or of mappings with one
// value each.
func firstName(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		for _, item := range v {
			if name := firstName(item); name != "" {
				return name
			}
		}
	case map[string]any:
		for _, below := range v {
			if name, ok := below.(string); ok && len(v) == 1 {
				return name
			}
		}
	}
	return ""
}
