package diagnose

import (
	"encoding/json"
	"slices"
	"strings"
)

// Save returns the state as a file that Read reads, without any value of a secret.
func (s *State) Save() ([]byte, error) {
	l := list{APIVersion: "v1", Kind: "List", Asked: &s.Asked, Items: []json.RawMessage{}}
	for _, objects := range [][]any{all(s.Deployments), all(s.ReplicaSets), all(s.Pods), all(s.Accounts),
		all(s.Secrets), all(s.Events)} {
		for _, object := range objects {
			data, err := json.Marshal(object)
			if err != nil {
				return nil, err
			}
			l.Items = append(l.Items, data)
		}
	}
	data, err := json.MarshalIndent(l, "", "  ")
	return append(data, '\n'), err
}

func all[T any](objects []T) []any {
	out := make([]any, len(objects))
	for i := range objects {
		out[i] = objects[i]
	}
	return out
}

// Newest returns the latest time in the state: a file without a time of its own is at least as new.
func (s *State) Newest() string {
	newest := ""
	for _, e := range s.Events {
		newest = max(newest, e.time())
	}
	for _, p := range s.Pods {
		newest = max(newest, p.Metadata.Created)
	}
	for i := range s.Secrets {
		newest = max(newest, s.Secrets[i].Written())
	}
	return newest
}

// time returns when an event happened last.
func (e Event) time() string { return max(e.Last, e.At, e.Metadata.Created) }

// eventsOf returns the events of an object, the latest first.
func (s *State) eventsOf(kind, name string) []Event {
	var out []Event
	for _, e := range s.Events {
		if e.Of.Kind == kind && e.Of.Name == name {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b Event) int { return strings.Compare(b.time(), a.time()) })
	return out
}

// Missing returns the secrets that pods of the namespace name and that were not read, each once.
func (s *State) Missing() []string {
	var out []string
	for _, p := range s.Pods {
		for _, name := range secretNames(p.Spec.PullSecrets) {
			has := slices.ContainsFunc(s.Secrets, func(held Secret) bool {
				return held.Metadata.Name == name && held.Metadata.Namespace == s.Asked.Namespace
			})
			if !has && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}
