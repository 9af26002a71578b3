package presets

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
	"conductor-registry/model/values"
)

// namesTheFile matches an error of the strict loader: the file, and the line where the text is wrong.
var namesTheFile = regexp.MustCompile(`^x\.yaml(:\d+)?: `)

// addFiles adds the built-in files of a folder as seeds, and mistakes of every kind.
func addFiles(f *testing.F, folder string) {
	f.Helper()
	entries, err := fs.ReadDir(builtIn, folder)
	if err != nil {
		f.Fatal(err)
	}
	for _, entry := range entries {
		data, err := builtIn.ReadFile(folder + "/" + entry.Name())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, text := range []string{
		minimal, "", "id: [", "id: x\nid: y\n", "id: {a: b}\n", "- id\n", "id: &a x\ntitle: *a\n", "id: x\n---\nid: y\n", "id: !!binary x\n",
		strings.Replace(minimal, "{team}", "{team", 1), strings.Replace(minimal, `zot\.`, "(", 1), "\xff", "id: x\n\ttitle: y\n",
	} {
		f.Add([]byte(text))
	}
}

// checkError checks that an error names the file, and is one that a person can act on.
func checkError(t *testing.T, data []byte, err error) {
	t.Helper()
	for line := range strings.Lines(err.Error()) {
		if text := strings.TrimSpace(line); text == "" || strings.Contains(text, "goroutine") {
			t.Errorf("%q: %v", data, err)
		}
	}
	if !namesTheFile.MatchString(err.Error()) {
		t.Errorf("%q: the error does not name the file: %v", data, err)
	}
}

// FuzzPreset decodes any bytes as a registry preset: a preset that can be used, or an error that names the file, never a
// panic.
func FuzzPreset(f *testing.F) {
	addFiles(f, "registries")
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := DecodePreset("x.yaml", data)
		if err != nil {
			checkError(t, data, err)
			return
		}
		for _, example := range append(p.Examples, registry.Example{}) {
			at, _ := p.Locate(example.Fields)
			p.Expand("{host}/{path}", at, example.Fields)
			p.MatchesHost(at.Host)
			p.Normalise("host", at.Registry(), example.Fields)
		}
		_ = p.CheckRepository(p.DefaultRepository("server"))
	})
}

// FuzzProfile decodes any bytes as a chart profile: a profile that resolves values, or an error that names the file,
// never a panic.
func FuzzProfile(f *testing.F) {
	addFiles(f, "charts")
	given, err := values.Load(values.Source{Name: "values.yaml", Data: []byte("global: {image: {registry: r.io, tag: 5.10}}\n" +
		"image: {repository: a, tag: '5'}\nserver: {image: {repository: b, pullPolicy: Never}}\nimagePullSecrets: [{name: c}]\n")})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := chart.DecodeProfile("x.yaml", data)
		if err != nil {
			checkError(t, data, err)
			return
		}
		if r := p.Resolve(given); (r.Error == nil) != (r.Components != nil) {
			t.Errorf("%q resolves to %+v", data, r)
		}
	})
}
