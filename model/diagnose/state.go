package diagnose

import (
	"cmp"
	"slices"
	"strings"

	"conductor-registry/model"
)

// State is what a cluster returned about a namespace.
type State struct {
	Asked       Asked
	Pods        []Pod
	Events      []Event
	Secrets     []Secret // pull secrets of the namespace, and those of the same names elsewhere
	Accounts    []Account
	ReplicaSets []Workload
	Deployments []Workload
}

// Asked says what was asked for, and what was not answered.
type Asked struct {
	Context   string            `json:"context,omitempty"`   // of kubectl
	Namespace string            `json:"namespace,omitempty"` //
	Taken     string            `json:"taken,omitempty"`     // when, RFC 3339
	Refused   map[string]string `json:"refused,omitempty"`   // the reason by what was not answered, such as secrets
}

// Empty reports whether the state has nothing to diagnose.
func (s *State) Empty() bool {
	return len(s.Pods)+len(s.Events)+len(s.Secrets)+len(s.ReplicaSets)+len(s.Deployments) == 0
}

// Add adds all objects of another state.
func (s *State) Add(other *State) {
	s.Pods = append(s.Pods, other.Pods...)
	s.Events = append(s.Events, other.Events...)
	s.Secrets = append(s.Secrets, other.Secrets...)
	s.Accounts = append(s.Accounts, other.Accounts...)
	s.ReplicaSets = append(s.ReplicaSets, other.ReplicaSets...)
	s.Deployments = append(s.Deployments, other.Deployments...)
}

// namespaces returns the namespace that was asked for, or else those of the pods, ReplicaSets and Deployments, in their
// order; without any of them one without a name.
func (s *State) namespaces() []string {
	if s.Asked.Namespace != "" {
		return []string{s.Asked.Namespace}
	}
	all := model.Map(s.Pods, func(p Pod) string { return p.Metadata.Namespace })
	for _, w := range slices.Concat(s.ReplicaSets, s.Deployments) {
		all = append(all, w.Metadata.Namespace)
	}
	all = slices.DeleteFunc(all, func(name string) bool { return name == "" })
	if len(all) == 0 {
		return []string{""}
	}
	return model.AddNew(nil, all...)
}

// Newest returns the latest time in the state. The state itself is at least as new.
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
func (d *diagnosis) eventsOf(kind, name string) []Event {
	var out []Event
	for _, e := range d.State.Events {
		if e.Of.Kind == kind && e.Of.Name == name && d.isInNamespace(cmp.Or(e.Of.Namespace, e.Metadata.Namespace)) {
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
			wasRead := slices.ContainsFunc(s.Secrets, func(secret Secret) bool {
				return secret.Metadata.Name == name && secret.Metadata.Namespace == s.Asked.Namespace
			})
			if !wasRead && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}
