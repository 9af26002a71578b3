package diagnose

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
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

// Asked is what was asked for, and what was not answered.
type Asked struct {
	Context   string            `json:"context,omitempty"`   // of kubectl
	Namespace string            `json:"namespace,omitempty"` //
	Taken     string            `json:"taken,omitempty"`     // when, RFC 3339
	Refused   map[string]string `json:"refused,omitempty"`   // what was not given, such as secrets: why
}

// list is the file of a saved state: a List as kubectl prints it, and what was asked.
type list struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Asked      *Asked            `json:"asked,omitempty"`
	Items      []json.RawMessage `json:"items"`
}

// notGiven is why secrets are not known where what kubectl printed was given without any.
const notGiven = "the input has no secrets"

// maxDepth bounds lists within lists: kubectl prints one in another.
const maxDepth = 4

// Read reads what kubectl prints with -o json, or what Save saved; several documents may follow each other. The error
// says what is wrong and where, and nothing of what the document holds.
func Read(data []byte) (*State, error) {
	s := &State{}
	d := json.NewDecoder(bytes.NewReader(data))
	for {
		var document json.RawMessage
		err := d.Decode(&document)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("line %d is not JSON; give what kubectl get -o json prints", lineOf(data, err))
		}
		s.add(document, "", 0)
	}
	if s.Asked.Taken == "" && len(s.Secrets) == 0 && s.Asked.Refused == nil { // what kubectl printed, without secrets
		s.Asked.Refused = map[string]string{"secrets": notGiven}
	}
	if s.Asked.Namespace == "" {
		s.Asked.Namespace = s.namespace()
	}
	return s, nil
}

// namespace returns the namespace of the first pod, ReplicaSet or Deployment.
func (s *State) namespace() string {
	for _, p := range s.Pods {
		return p.Metadata.Namespace
	}
	for _, w := range slices.Concat(s.ReplicaSets, s.Deployments) {
		return w.Metadata.Namespace
	}
	return ""
}

// lineOf returns the line of a syntax error; the last line for a document that ends too early.
func lineOf(data []byte, err error) int {
	at := len(data)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = min(at, int(syntax.Offset))
	}
	return 1 + bytes.Count(data[:at], []byte("\n"))
}

// Empty reports whether nothing was read that can be diagnosed.
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

// add adds one object, or each of a list. The items of a PodList need not have a kind.
func (s *State) add(data json.RawMessage, implied string, depth int) {
	var l list
	_ = json.Unmarshal(data, &l)
	kind := l.Kind
	if kind == "" {
		kind = implied
	}
	if of, isList := strings.CutSuffix(kind, "List"); isList {
		if l.Asked != nil {
			s.Asked = *l.Asked
		}
		for _, item := range l.Items {
			if depth < maxDepth {
				s.add(item, of, depth+1)
			}
		}
		return
	}
	switch kind {
	case "Pod":
		into(data, &s.Pods, func(o *Pod) { o.Kind = kind })
	case "Event":
		into(data, &s.Events, func(o *Event) { o.Kind = kind })
	case "Secret":
		into(data, &s.Secrets, func(*Secret) {})
	case "ServiceAccount":
		into(data, &s.Accounts, func(o *Account) { o.Kind = kind })
	case "ReplicaSet":
		into(data, &s.ReplicaSets, func(o *Workload) { o.Kind = kind })
	case "Deployment":
		into(data, &s.Deployments, func(o *Workload) { o.Kind = kind })
	}
}

// into decodes an object and appends it. A field of the wrong type stays empty.
func into[T any](data json.RawMessage, objects *[]T, finish func(*T)) {
	var object T
	_ = json.Unmarshal(data, &object)
	finish(&object)
	*objects = append(*objects, object)
}
