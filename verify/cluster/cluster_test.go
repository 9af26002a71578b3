package cluster_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"conductor-registry/model/diagnose"
	"conductor-registry/model/secret"
	"conductor-registry/presets/presetstest"
	"conductor-registry/verify/cluster"
)

func body(r *http.Request) []byte {
	data, _ := io.ReadAll(r.Body)
	return data
}

// taken is when the states were: what is told of ages is the same at any time.
func taken() time.Time { return time.Date(2026, 3, 3, 6, 20, 0, 0, time.UTC) }

func report(t *testing.T, state *diagnose.State) string {
	t.Helper()
	catalog := presetstest.Catalog(t)
	r, err := diagnose.Run(diagnose.Input{State: state, Catalog: catalog})
	if err != nil {
		t.Fatal(err)
	}
	r.Context = ""
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What the real kubectl reads from a server says the same as the state that the server has. Nothing but GET is asked.
func TestReadSaysWhatTheStateSays(t *testing.T) {
	for _, name := range []string{"own-secret-named", "secret-elsewhere", "secret-opaque", "secret-malformed-auth", "ecr-expired",
		"refused-by-api-server", "secret-missing", "account-secret-late", "crashes"} {
		t.Run(name, func(t *testing.T) {
			s, config := serve(t, name)
			got, err := cluster.Read(t.Context(), find(t, config), "", taken())
			if err != nil {
				t.Fatal(err)
			}
			if got.Asked.Context != "test" || got.Asked.Namespace != "conductor" || len(got.Asked.Refused) > 0 {
				t.Errorf("asked is %+v", got.Asked)
			}
			data, err := os.ReadFile(stateFile(name))
			if err != nil {
				t.Fatal(err)
			}
			want, err := diagnose.Read(data)
			if err != nil {
				t.Fatal(err)
			}
			want.Asked = diagnose.Asked{Namespace: "conductor"}
			cluster.Age(want, taken())
			if got, want := report(t, got), report(t, want); got != want {
				t.Errorf("kubectl says\n%s\nthe state says\n%s", got, want)
			}
			for _, asked := range s.asked {
				if !strings.HasPrefix(asked, "GET ") {
					t.Errorf("the server was asked to %s", asked)
				}
				if strings.HasSuffix(asked, "/secrets?limit=500") {
					t.Errorf("all Secrets were asked for, and not pull secrets only: %s", asked)
				}
			}
		})
	}
}

// What may not be seen is left out and told, as long as it is not the pods.
func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		refuses []string
		want    string // of what was asked, in order
	}{
		{[]string{"/events"}, "events"},
		{[]string{"/events", "/replicasets", "/deployments", "/serviceaccounts"}, "deployments events replicasets serviceaccounts"},
		{[]string{"/secrets"}, "other secrets"},
		{[]string{"/secrets", "/acr-credentials", "/orkesregistry"}, "secrets"},
	} {
		_, config := serve(t, "own-secret-named", test.refuses...)
		state, err := cluster.Read(t.Context(), find(t, config), "conductor", taken())
		if err != nil {
			t.Errorf("%v: %v", test.refuses, err)
			continue
		}
		var refused []string
		for kind, said := range state.Asked.Refused {
			refused = append(refused, kind)
			if !strings.Contains(said, `User "jane" cannot list resource`) {
				t.Errorf("%s: %s", kind, said)
			}
		}
		slices.Sort(refused)
		if got := strings.Join(refused, " "); got != test.want || len(state.Pods) != 2 {
			t.Errorf("without %v: refused is %q, want %q; %d pods", test.refuses, got, test.want, len(state.Pods))
		}
	}
	_, config := serve(t, "own-secret-named", "/pods")
	_, err := cluster.Read(t.Context(), find(t, config), "conductor", taken())
	if refused, ok := errors.AsType[*cluster.RefusedError](err); !ok || !strings.Contains(refused.Error(), "cannot list resource") {
		t.Error(err)
	}
}

func TestNoSuchNamespace(t *testing.T) {
	_, config := serve(t, "")
	_, err := cluster.Read(t.Context(), find(t, config), "nowhere", taken())
	if err == nil || !strings.Contains(err.Error(), "namespace nowhere not found in the cluster of the context test") {
		t.Error(err)
	}
	if state, err := cluster.Read(t.Context(), find(t, config), "conductor", taken()); err != nil || len(state.Pods) > 0 {
		t.Error("an empty namespace is one:", err)
	}
}

func TestNoCluster(t *testing.T) {
	s, config := serve(t, "")
	s.Close()
	_, err := cluster.Read(t.Context(), find(t, config), "conductor", taken())
	if err == nil || !strings.Contains(err.Error(), "cannot ask the cluster") || strings.Contains(err.Error(), "memcache.go") {
		t.Error(err)
	}
	k, err := cluster.Find(program(t), "nosuch", config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cluster.Read(t.Context(), k, "conductor", taken()); err == nil || !strings.Contains(err.Error(), "nosuch") {
		t.Error("the context is not passed on:", err)
	}
}

func TestNoKubectl(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := cluster.Find("", "", ""); err == nil || !strings.Contains(err.Error(), "kubectl not found in PATH") {
		t.Error(err)
	}
}

// While kubectl hangs, what it was asked is reported; a cancel ends it.
func TestWaiting(t *testing.T) {
	hanging := filepath.Join(t.TempDir(), "kubectl")
	if err := os.WriteFile(hanging, []byte("#!/bin/sh\n[ \"$1\" = get ] || exit 1\nexec sleep 600\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	k, err := cluster.Find(hanging, "", "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var reported []string
	k.Interval = time.Millisecond
	k.Waiting = func(asked string, since time.Duration) {
		reported = append(reported, asked)
		if asked == "get pods,events,serviceaccounts,replicasets.apps,deployments.apps" && since > 0 {
			cancel()
		}
	}
	if _, err := cluster.Read(ctx, k, "apps", taken()); !errors.Is(err, context.Canceled) || len(reported) == 0 {
		t.Errorf("%v, reported %q", err, reported)
	}
}

// A kubectl that does not answer ends when the user wants no more.
func TestCancelled(t *testing.T) {
	hangs := filepath.Join(t.TempDir(), "kubectl")
	if err := os.WriteFile(hangs, []byte("#!/bin/sh\nexec sleep 60\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	k, err := cluster.Find(hangs, "", "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := cluster.Read(ctx, k, "conductor", taken()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A name that no Secret can have, and that would be a flag, is not handed to kubectl.
func TestNamesAreNoFlags(t *testing.T) {
	s, config := serve(t, "")
	s.add(object{kind: "Pod", namespace: "conductor", name: "p", data: json.RawMessage(
		`{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","namespace":"conductor"},"spec":{"imagePullSecrets":[{"name":"--all-namespaces"}]}}`)})
	if _, err := cluster.Read(t.Context(), find(t, config), "conductor", taken()); err != nil {
		t.Error(err)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, asked := range s.asked {
		if strings.HasPrefix(asked, "GET /api/v1/secrets") {
			t.Error(asked)
		}
	}
}

// The pull test with the real kubectl: the pod always pulls, with the secrets, once, and runs next to nothing; its end is
// waited for, its events are asked for, and it is removed.
func TestThePullTest(t *testing.T) {
	s, config := serve(t, "")
	block := secret.PullTestBlock(secret.PullTest{Namespace: "conductor", Image: "r.io/a:1", Secrets: []string{"one", "two"}})
	cmd := exec.Command("sh", "-c", block)
	cmd.Env = append(os.Environ(), "KUBECONFIG="+config, "PATH="+filepath.Dir(program(t))+":"+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "pod/pull-test condition met") || len(s.objects) > 0 {
		t.Errorf("%v\n%s\n%s", err, out, strings.Join(s.asked, "\n"))
	}
	if !slices.Contains(s.asked, "GET /api/v1/namespaces/conductor/events?fieldSelector=involvedObject.name%3Dpull-test&limit=500") {
		t.Errorf("its events are not asked for:\n%s", strings.Join(s.asked, "\n"))
	}
	var pod struct {
		Metadata struct{ Name, Namespace string }
		Spec     struct {
			RestartPolicy    string
			ImagePullSecrets []struct{ Name string }
			Containers       []struct {
				Image, ImagePullPolicy string
				Command                []string
			}
		}
	}
	if err := json.Unmarshal(s.posted, &pod); err != nil {
		t.Fatalf("%v\n%s", err, s.posted)
	}
	c := pod.Spec.Containers
	if pod.Metadata.Name != "pull-test" || pod.Spec.RestartPolicy != "Never" || len(pod.Spec.ImagePullSecrets) != 2 ||
		pod.Spec.ImagePullSecrets[1].Name != "two" || len(c) != 1 || c[0].Image != "r.io/a:1" || c[0].ImagePullPolicy != "Always" ||
		strings.Join(c[0].Command, " ") != "true" {
		t.Errorf("the pod is %s", s.posted)
	}
}
