package cluster_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"conductor-registry/verify/cluster"
)

// add adds an object to a server that runs.
func (s *server) add(o object) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.objects = append(s.objects, o)
}

// server is an API server that holds the objects of one saved state and knows just enough for the real kubectl.
type server struct {
	*httptest.Server
	objects []object
	refuses []string // ends of paths that are forbidden

	mutex  sync.Mutex
	asked  []string // METHOD path?query
	posted []byte   // the object that was to be made last
}

type object struct {
	kind, namespace, name, secretType string
	data                              json.RawMessage
}

// kinds are the resources that the server knows, with their API group and what the objects are called.
func kinds() map[string][2]string {
	return map[string][2]string{"pods": {"v1", "Pod"}, "events": {"v1", "Event"}, "secrets": {"v1", "Secret"},
		"serviceaccounts": {"v1", "ServiceAccount"}, "namespaces": {"v1", "Namespace"},
		"replicasets": {"apps/v1", "ReplicaSet"}, "deployments": {"apps/v1", "Deployment"}}
}

func stateFile(name string) string { return "../../golden/diagnose/" + name + ".json" }

// serve starts a server with the objects of a state, and writes a configuration for kubectl beside.
func serve(t *testing.T, state string, refuses ...string) (*server, string) {
	t.Helper()
	s := &server{refuses: refuses}
	if state != "" {
		s.load(t, stateFile(state))
	}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	config := filepath.Join(t.TempDir(), "config")
	text := fmt.Sprintf(`{"apiVersion": "v1", "kind": "Config", "current-context": "test",
		"contexts": [{"name": "test", "context": {"cluster": "test", "user": "test", "namespace": "conductor"}}],
		"clusters": [{"name": "test", "cluster": {"server": %q}}], "users": [{"name": "test", "user": {"token": "x"}}]}`, s.URL)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", t.TempDir()) // kubectl keeps what it discovers there
	return s, config
}

func (s *server) load(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Items []json.RawMessage }
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	for _, item := range list.Items {
		var head struct {
			Kind, Type string
			Metadata   struct{ Name, Namespace string }
		}
		if err := json.Unmarshal(item, &head); err != nil {
			t.Fatal(err)
		}
		s.objects = append(s.objects, object{head.Kind, head.Metadata.Namespace, head.Metadata.Name, head.Type, item})
	}
}

// program is the kubectl that the tests ask with.
func program(t *testing.T) string {
	t.Helper()
	name := os.Getenv("KUBECTL")
	if name == "" {
		name = "kubectl"
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip("no kubectl: make test names one in KUBECTL")
	}
	return path
}

func find(t *testing.T, config string) *cluster.Kubectl {
	t.Helper()
	k, err := cluster.Find(program(t), "", config)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// ServeHTTP answers as an API server does.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.asked = append(s.asked, r.Method+" "+r.URL.RequestURI())
	w.Header().Set("Content-Type", "application/json")
	for _, end := range s.refuses {
		if !strings.HasSuffix(r.URL.Path, end) {
			continue
		}
		parts := strings.Split(r.URL.Path, "/")
		resource := parts[len(parts)-1]
		if _, known := kinds()[resource]; !known {
			resource = parts[len(parts)-2]
		}
		fail(w, 403, "Forbidden", fmt.Sprintf(`%s is forbidden: User "jane" cannot list resource %q in API group "" in the namespace "conductor"`, resource, resource))
		return
	}
	switch path := strings.Trim(r.URL.Path, "/"); path {
	case "api":
		fmt.Fprint(w, `{"kind":"APIVersions","versions":["v1"]}`)
	case "apis":
		fmt.Fprint(w, `{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}],"preferredVersion":{"groupVersion":"apps/v1","version":"v1"}}]}`)
	case "api/v1":
		fmt.Fprint(w, resources("v1"))
	case "apis/apps/v1":
		fmt.Fprint(w, resources("apps/v1"))
	default:
		s.object(w, r, strings.Split(strings.TrimPrefix(strings.TrimPrefix(path, "api/v1/"), "apis/apps/v1/"), "/"))
	}
}

// object answers for one object, or for a list: [namespaces NS] KIND [NAME].
func (s *server) object(w http.ResponseWriter, r *http.Request, parts []string) {
	namespace, name := "", ""
	switch {
	case len(parts) == 2 && parts[0] == "namespaces":
		if parts[1] != "conductor" {
			fail(w, 404, "NotFound", fmt.Sprintf("namespaces %q not found", parts[1]))
			return
		}
		fmt.Fprint(w, `{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"conductor"}}`)
		return
	case len(parts) > 2 && parts[0] == "namespaces":
		namespace, parts = parts[1], parts[2:]
		fallthrough
	default:
		if len(parts) > 1 {
			name = parts[1]
		}
	}
	kind := kinds()[parts[0]][1]
	switch r.Method {
	case http.MethodPost: // what is made has run at once
		s.posted = body(r)
		s.objects = append(s.objects, ended(s.posted))
		fmt.Fprintf(w, "%s", s.posted)
		return
	case http.MethodDelete:
		s.objects = slices.DeleteFunc(s.objects, func(o object) bool { return o.kind == kind && o.name == name })
		fmt.Fprint(w, `{"kind":"Status","apiVersion":"v1","status":"Success"}`)
		return
	}
	items := []json.RawMessage{}
	for _, o := range s.objects {
		if o.kind == kind && (namespace == "" || o.namespace == namespace) && (name == "" || o.name == name) &&
			selected(r.URL.Query().Get("fieldSelector"), o) {
			items = append(items, o.data)
		}
	}
	if r.URL.Query().Get("sendInitialEvents") == "true" { // as servers without it: the client lists and watches then
		fail(w, 422, "Invalid", "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled")
		return
	}
	if r.URL.Query().Get("watch") == "true" {
		for _, item := range items {
			fmt.Fprintf(w, "{\"type\":\"MODIFIED\",\"object\":%s}\n", item)
		}
		return
	}
	if name != "" && len(items) == 0 {
		fail(w, 404, "NotFound", fmt.Sprintf("%s %q not found", parts[0], name))
		return
	}
	if name != "" {
		fmt.Fprintf(w, "%s", items[0])
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"kind": kind + "List", "apiVersion": kinds()[parts[0]][0], "metadata": map[string]any{}, "items": items})
}

// ended is a pod that has done what it was to do.
func ended(pod []byte) object {
	var fields map[string]any
	_ = json.Unmarshal(pod, &fields)
	fields["metadata"] = map[string]any{"name": "pull-test", "namespace": "conductor", "resourceVersion": "1", "uid": "1"}
	fields["status"] = map[string]any{"phase": "Succeeded"}
	data, _ := json.Marshal(fields)
	return object{kind: "Pod", namespace: "conductor", name: "pull-test", data: data}
}

func selected(selector string, o object) bool {
	key, value, _ := strings.Cut(selector, "=")
	switch key {
	case "type":
		return o.secretType == value
	case "metadata.name":
		return o.name == value
	}
	return true
}

func resources(group string) string {
	var out []string
	for name, of := range kinds() {
		if of[0] == group {
			out = append(out, fmt.Sprintf(`{"name":%q,"singularName":%q,"namespaced":%t,"kind":%q,"verbs":["get","list","watch","create","delete"]}`, name,
				strings.ToLower(of[1]), name != "namespaces", of[1]))
		}
	}
	return fmt.Sprintf(`{"kind":"APIResourceList","groupVersion":%q,"resources":[%s]}`, group, strings.Join(out, ","))
}

func fail(w http.ResponseWriter, code int, reason, message string) {
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]any{"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message,
		"reason": reason, "code": code})
}
