package diagnose_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"conductor-registry/model/diagnose"
	"conductor-registry/presets/presetstest"
)

// Lists in lists, lists of one kind, several documents and single objects are all read, and what is not known is passed
// over.
func TestRead(t *testing.T) {
	for _, test := range []struct{ document, want string }{
		{`{"kind":"Pod","metadata":{"name":"a"}}`, "a"},
		{`{"kind":"List","items":[{"kind":"Pod","metadata":{"name":"a"}},{"kind":"Node","metadata":{"name":"n"}}]}`, "a"},
		{`{"kind":"PodList","items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]}`, "a b"},
		{`{"kind":"List","items":[{"kind":"List","items":[{"kind":"Pod","metadata":{"name":"a"}}]}]}`, "a"},
		{`{"kind":"Pod","metadata":{"name":"a"}}` + "\n" + `{"kind":"Pod","metadata":{"name":"b"}}`, "a b"},
		{`{"kind":"Pod","metadata":{"name":"a"},"spec":{"containers":"none"},"status":7}`, "a"},
		{`[1, "x", null]`, ""},
		{`{"items":{}}`, ""},
		{``, ""},
	} {
		state, err := diagnose.Read([]byte(test.document))
		if err != nil {
			t.Errorf("%s: %v", test.document, err)
			continue
		}
		var names []string
		for _, p := range state.Pods {
			names = append(names, p.Metadata.Name)
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s: the pods are %q, want %q", test.document, got, test.want)
		}
	}
}

// What is not JSON is told with its line, and without what stands there.
func TestReadRefuses(t *testing.T) {
	_, err := diagnose.Read([]byte("{\n\"kind\": \"List\",\n\"items\": [" + canary + "]}"))
	if err == nil || !strings.HasPrefix(err.Error(), "line 3 is not JSON") || strings.Contains(err.Error(), canary) {
		t.Error(err)
	}
	_, err = diagnose.Read([]byte("apiVersion: v1\nkind: List\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "line 1 is not JSON") {
		t.Error(err)
	}
}

// Addresses in messages lose what may be secret in them, and nothing else.
func TestMessages(t *testing.T) {
	for said, want := range map[string]string{
		`Get "https://u:` + canary + `@r.io/v2/": EOF`:                            `Get "https://r.io/v2/": EOF`,
		`GET request to https://r.io/token?account=x&service=` + canary + `: 401`: `GET request to https://r.io/token: 401`,
		`Get "https://s3.aws/x?X-Amz-Signature=` + canary + `": 403 Forbidden`:    `Get "https://s3.aws/x": 403 Forbidden`,
		`what? no`: `what? no`,
	} {
		state, err := diagnose.Read([]byte(`{"kind":"Event","message":` + quote(said) + `}`))
		if err != nil || string(state.Events[0].Message) != want {
			t.Errorf("%s becomes %s (%v)", said, state.Events[0].Message, err)
		}
	}
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"` }

// FuzzRead: nothing that is read, diagnosed and saved panics; what was saved is read as it was, and holds no auth.
func FuzzRead(f *testing.F) {
	f.Add([]byte(failing("r.io/a:1", "unauthorized")))
	f.Add([]byte(`{"kind":"List","asked":{"namespace":"n"},"items":[{"kind":"Secret","type":"kubernetes.io/dockercfg","data":{
		".dockercfg":"eyJhLmlvIjp7ImF1dGgiOiJkVHB3In19"}},{"kind":"Event","involvedObject":{"kind":"ReplicaSet","name":"r"},
		"reason":"FailedCreate","message":"x"},{"kind":"ReplicaSet","metadata":{"name":"r","labels":{"app.kubernetes.io/name":"orkes-conductor"}}}]}`))
	states, _ := filepath.Glob("../../golden/diagnose/*.json")
	for _, file := range states {
		if data, err := os.ReadFile(file); err == nil {
			f.Add(data)
		}
	}
	catalog := presetstest.Catalog(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		state, err := diagnose.Read(data)
		if err != nil {
			return
		}
		for _, in := range []diagnose.Input{{}, {Release: "conductor", Wanted: []diagnose.Wanted{{Image: "a"}}}} {
			in.State, in.Catalog = state, catalog
			report, err := diagnose.Run(in)
			if err != nil || len(report.Namespaces) == 0 {
				t.Fatal(report, err)
			}
		}
		saved, err := state.Save()
		if err != nil {
			t.Fatal(err)
		}
		again, err := diagnose.Read(saved)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := again.Save()
		if err != nil || !bytes.Equal(saved, twice) {
			t.Errorf("%v: saved as\n%s\nthen as\n%s", err, saved, twice)
		}
	})
}
