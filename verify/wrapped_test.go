package verify

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// wrappedFiles returns how many files each chart is tried with; WRAPPED_FILES sets another number.
func wrappedFiles() int {
	if n, err := strconv.Atoi(os.Getenv("WRAPPED_FILES")); err == nil {
		return n
	}
	return 60
}

// wraps are the objects that values live in; each line of the values is indented by the columns in front of it.
func wraps() []string {
	const argo = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: x}\nspec:\n"
	return []string{
		"4 apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  values:\n",
		"4 kind: Namespace\napiVersion: v1\n---\nkind: HelmRelease\napiVersion: helm.toolkit.fluxcd.io/v2\nspec:\n  values:\n",
		"8 " + argo + "  source:\n    helm:\n      valuesObject:\n",
		"8 " + argo + "  source:\n    helm:\n      values: |\n",
		"10 " + argo + "  sources:\n    - ref: values\n    - chart: orkes-conductor\n      helm:\n        values: |\n",
	}
}

// wrap returns values inside an object.
func wrap(object, text string) string {
	columns, head, _ := strings.Cut(object, " ")
	n, _ := strconv.Atoi(columns)
	var out strings.Builder
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			out.WriteString(strings.Repeat(" ", n))
		}
		out.WriteString(line)
	}
	return head + out.String()
}

// isPlain reports whether a generated file can be indented: it is one document that begins with a key.
func isPlain(text string) bool {
	return !strings.Contains(text, "---") && !strings.HasPrefix(text, "\uFEFF") && strings.TrimSpace(text) != "" &&
		!strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "#")
}

// Values in an object resolve to what helm renders of them alone.
func TestWrappedValuesAreWhatHelmRenders(t *testing.T) {
	for _, p := range presetstest.Catalog(t).Charts.All() {
		random := generator{rand.New(rand.NewPCG(2, 71)), p}
		var inner, outer []string
		for len(inner) < wrappedFiles() {
			if text := random.file(); isPlain(text) {
				inner = append(inner, text)
				outer = append(outer, wrap(wraps()[len(inner)%len(wraps())], text))
			}
		}
		for _, program := range helms() {
			t.Run(p.ID+" "+program, func(t *testing.T) {
				for i, got := range render(t, program, p.ID, inner...) {
					source := values.Source{Name: "f.yaml", Data: []byte(outer[i])}
					if err := sourceDisagreement(p, source, got); err != nil {
						t.Errorf("values %d:\n%s\n%v", i, indented(outer[i]), err)
					}
				}
			})
		}
	}
}

// parentDefaults are the values.yaml of a parent chart.
const parentDefaults = "global: {image: {tag: '1.0-p', pullPolicy: Always}}\nconductor: {workers: {image: {tag: '2.0-p'}}, image: {tag: '3.0-p'}}\n"

// A subchart's values resolve to what helm renders of the whole parent chart.
func TestSubchartValuesAreWhatHelmRenders(t *testing.T) {
	for _, p := range presetstest.Catalog(t).Charts.All() {
		parent := parentOf(t, p)
		random := generator{rand.New(rand.NewPCG(1, 61)), p}
		var files []string
		for len(files) < wrappedFiles() {
			text := random.file()
			if !isPlain(text) {
				continue
			}
			file := wrap("2 conductor:\n", text)
			switch len(files) % 3 {
			case 0:
				file += fmt.Sprintf("global: {image: {registry: parent-%d.io}}\n", len(files))
			case 1:
				file += "global: {image: {tag: null}}\n"
			}
			files = append(files, file)
		}
		for _, program := range helms() {
			t.Run(p.ID+" "+program, func(t *testing.T) {
				for i, got := range renderFolder(t, program, parent, files...) {
					source := values.Source{Name: "f.yaml", Data: []byte(files[i]), Under: "conductor"}
					defaults := values.Source{Name: "values.yaml", Data: []byte(parentDefaults), Under: "conductor", IsDefaults: true}
					if err := sourcesDisagreement(p, got, defaults, source); err != nil {
						t.Errorf("values %d:\n%s\n%v", i, indented(files[i]), err)
					}
				}
			})
		}
	}
}

// parentOf returns the folder of a chart that has the profile's chart as its subchart "conductor".
func parentOf(t *testing.T, p *chart.Profile) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "charts", p.Name), os.DirFS(chartFolder(p.ID))); err != nil {
		t.Fatal(err)
	}
	text := "apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n- {name: " + p.Name + ", version: '*', alias: conductor}\n"
	for name, text := range map[string]string{"Chart.yaml": text, "values.yaml": parentDefaults} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
