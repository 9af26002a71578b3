package diagnose

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// list is the file of a saved state: a List as kubectl prints it, and what was asked.
type list struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Asked      *Asked            `json:"asked,omitempty"`
	Items      []json.RawMessage `json:"items"`
}

// noSecrets is the reason why secrets are unknown when the input is the output of kubectl and has none.
const noSecrets = "the input has no secrets"

// maxDepth limits lists within lists: kubectl prints one in another.
const maxDepth = 4

// Read reads what kubectl prints with -o json, or what Save saved; several documents may follow each other. The error
// names the line, and nothing of what the document holds.
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
	if s.Asked.Taken == "" && len(s.Secrets) == 0 && s.Asked.Refused == nil {
		s.Asked.Refused = map[string]string{"secrets": noSecrets}
	}
	if all := s.namespaces(); len(all) == 1 {
		s.Asked.Namespace = all[0]
	}
	return s, nil
}

// lineOf returns the line of a syntax error; the last line for a document that ends too early.
func lineOf(data []byte, err error) int {
	at := len(data)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = min(at, int(syntax.Offset))
	}
	return 1 + bytes.Count(data[:at], []byte("\n"))
}

// add adds an object, or each object of a list. The items of a PodList need not have a kind, so it is passed on.
func (s *State) add(data json.RawMessage, kind string, depth int) {
	var l list
	_ = json.Unmarshal(data, &l)
	if l.Kind != "" {
		kind = l.Kind
	}
	switch kind {
	case "Pod":
		decode(data, &s.Pods).Kind = kind
	case "Event":
		decode(data, &s.Events).Kind = kind
	case "Secret":
		decode(data, &s.Secrets)
	case "ServiceAccount":
		decode(data, &s.Accounts).Kind = kind
	case "ReplicaSet":
		decode(data, &s.ReplicaSets).Kind = kind
	case "Deployment":
		decode(data, &s.Deployments).Kind = kind
	}
	itemKind, isList := strings.CutSuffix(kind, "List")
	if !isList {
		return
	}
	if l.Asked != nil {
		s.Asked = *l.Asked
	}
	for _, item := range l.Items {
		if depth < maxDepth {
			s.add(item, itemKind, depth+1)
		}
	}
}

// decode appends an object and returns it. A field of the wrong type stays empty.
func decode[T any](data json.RawMessage, objects *[]T) *T {
	var object T
	_ = json.Unmarshal(data, &object)
	*objects = append(*objects, object)
	return &(*objects)[len(*objects)-1]
}

// Save returns the state as a file that Read reads, without any value of a secret.
func (s *State) Save() ([]byte, error) {
	l := list{APIVersion: "v1", Kind: "List", Asked: &s.Asked, Items: []json.RawMessage{}}
	err := errors.Join(encode(&l, s.Deployments), encode(&l, s.ReplicaSets), encode(&l, s.Pods), encode(&l, s.Accounts),
		encode(&l, s.Secrets), encode(&l, s.Events))
	if err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(l, "", "  ")
	return append(data, '\n'), err
}

func encode[T any](l *list, objects []T) error {
	for i := range objects {
		data, err := json.Marshal(objects[i])
		if err != nil {
			return err
		}
		l.Items = append(l.Items, data)
	}
	return nil
}
