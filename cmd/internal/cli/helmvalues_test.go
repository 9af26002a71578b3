package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"testing"

	"sigs.k8s.io/yaml"

	"conductor-registry/model/values"
)

// helmValues asks helm's own packages, in the program of tools/merge (make oracles builds it).
type helmValues struct {
	in  io.Writer
	out *bufio.Reader
}

// helmAnswer is what a version of helm makes of values; Error is empty when it takes them.
type helmAnswer struct {
	Error            string
	Values, Rendered map[string]any // merged, and over the chart's defaults
}

// helmQuestion holds values files, the flags --set and --set-string, and the values.yaml of a chart.
type helmQuestion struct {
	Files            [][]byte
	Sets, SetStrings []string
	Defaults         []byte
}

// startHelmValues starts the program of the variable MERGE. Without it the test is skipped.
func startHelmValues(t testing.TB) *helmValues {
	t.Helper()
	program := os.Getenv("MERGE")
	if program == "" {
		t.Skip("MERGE does not name the program of tools/merge: make oracles")
	}
	cmd := exec.Command(program)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	return &helmValues{in, bufio.NewReader(out)}
}

// ask returns the answers of Helm 3 and Helm 4.
func (h *helmValues) ask(t *testing.T, q helmQuestion) (answers [2]helmAnswer) {
	t.Helper()
	question, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.in.Write(append(question, '\n')); err != nil {
		t.Fatal(err)
	}
	line, err := h.out.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(line, &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

// compare checks that the flags give the values that helm gives. Where the versions of helm differ, one of them counts.
func (h *helmValues) compare(t *testing.T, q helmQuestion) {
	t.Helper()
	var sources []values.Source
	for _, data := range q.Files {
		if bytes.Contains(data, []byte("---")) {
			return // Helm 4 merges the documents of a file, Helm 3 takes the first
		}
		sources = append(sources, values.Source{Name: "values.yaml", Data: data})
	}
	var defaults map[string]any
	if yaml.Unmarshal(q.Defaults, &defaults) != nil {
		return
	}
	flags := valueFlags{sets: q.Sets, setStrings: q.SetStrings}
	merged, err := flags.merge(sources, Streams{})
	answers := h.ask(t, q)
	for _, helm := range answers {
		if err != nil && helm.Error != "" {
			return
		}
		if err != nil || helm.Error != "" {
			continue
		}
		if sameJSON(t, merged.Tree(), helm.Values) && sameJSON(t, values.Coalesce(defaults, merged.Tree()), helm.Rendered) {
			return
		}
	}
	if err != nil {
		t.Fatalf("%q: refused (%v); helm gives %+v", q, err, answers)
	}
	t.Errorf("%q gives\n%v, rendered with\n%v; helm gives\n%+v", q, merged.Tree(), values.Coalesce(defaults, merged.Tree()), answers)
}

// sameJSON reports whether values are the same for a template; a nil table is an empty one.
func sameJSON(t *testing.T, ours, helms map[string]any) bool {
	t.Helper()
	first, err := json.Marshal(ours)
	if err != nil {
		t.Fatal(err)
	}
	second, err := json.Marshal(helms)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Equal(first, second) || len(ours) == 0 && len(helms) == 0
}

// FuzzMerge merges two values files, and puts them over a chart's defaults, as helm does.
func FuzzMerge(f *testing.F) {
	for _, seed := range [][3]string{
		{"a: {b: 1, c: 2}", "a: {b: 3}", "a: {d: 4}"}, {"a: {b: 1}", "a: null", "a: {b: 2}"}, {"a: [1]", "a: [2, 3]", "a: [4]"},
		{"a: x", "a: {b: 1}", "a: y"}, {"a: {b: 1}", "a: x", "a: {c: 1}"}, {"", "a: {b: null}", "a: {b: {c: 1}}"},
		{"a: {b: {c: 1}}", "a: {b: {c: null, d: 2}}", "a: {b: {c: 3, e: null}}"}, {"a: null", "b: 1", "a: null"},
		{"global: {image: {tag: 5.10}}", "global: null", "global: {image: {registry: r.io}}"}, {"a: 1e3", "b: 0x1F", "c: ~"},
		{"a: {}", "a: null", "b: {c: null}"}, {"- 1", "", ""}, {"a: &x {b: 1}\nc: {<<: *x}", "<<: {d: 1}", ""}, {"1: a", "true: b", "null: c"},
	} {
		f.Add([]byte(seed[0]), []byte(seed[1]), []byte(seed[2]))
	}
	h := startHelmValues(f)
	f.Fuzz(func(t *testing.T, under, over, defaults []byte) {
		h.compare(t, helmQuestion{Files: [][]byte{under, over}, Defaults: defaults})
	})
}

// FuzzSet puts --set and --set-string over a values file, as helm does.
func FuzzSet(f *testing.F) {
	for _, seed := range [][4]string{
		{"a: {b: 1}", "a.b=2", "a.c=3", "a: {d: 4}"}, {"", "a=null", "b=null", "a: 1"}, {"a: [1, 2]", "a[1]=x", "a[3].b=y", ""},
		{"", "a={1,2,x}", "b={}", ""}, {"", `a\.b=c\,d`, "e=f,g=h", ""}, {"a: x", "a.b=1", "", ""}, {"a: {b: 1}", "a=1", "a.c=2", "a: {b: {c: 1}}"},
		{"", "a=1e3,b=0x1F,c=010,d=5.10,e=true", "f=5.10", ""}, {"", "a=", "b", ""}, {"", "=x", "a[-1]=y", ""}, {"", "a[0][1]=x", "a[0]=", ""},
		{"global: null", "global.image.tag=5.2", "server.image.tag=5.2", "global: {image: {registry: r.io}}"},
	} {
		f.Add([]byte(seed[0]), seed[1], seed[2], []byte(seed[3]))
	}
	h := startHelmValues(f)
	f.Fuzz(func(t *testing.T, file []byte, set, setString string, defaults []byte) {
		q := helmQuestion{Files: [][]byte{file}, Defaults: defaults}
		if set != "" {
			q.Sets = []string{set}
		}
		if setString != "" {
			q.SetStrings = []string{setString}
		}
		h.compare(t, q)
	})
}
