package verify

import (
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/chart"
	"conductor-registry/verify/helm"
)

// A draft that inspect prints for a chart, as golden/inspect has it, resolves generated values as helm renders them. What
// a draft cannot know is not generated: tables and lists where keys take texts, digests, and several documents.
func TestDraftsResolveAsHelmRenders(t *testing.T) {
	for _, id := range []string{"2.7", "2.8", "3.0", "other"} {
		file := "../golden/inspect/" + id + ".yaml"
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		draft, err := chart.DecodeProfile(file, data)
		if err != nil {
			t.Fatal(err)
		}
		random := generator{rand.New(rand.NewPCG(27, 18)), draft}
		files := make([]string, 400)
		for i := range files {
			files[i] = random.plainFile()
		}
		for _, program := range helms() {
			t.Run(id+" "+program, func(t *testing.T) {
				refused := 0
				for i, got := range render(t, program, id, files...) {
					if got.Error != "" {
						refused++
					}
					if id == "other" && (&helm.RefusedError{Said: got.Error}).Kind() == "schema" {
						continue // a draft has the types of a schema, not its other rules
					}
					if err := disagreement(draft, files[i], got); err != nil {
						t.Fatalf("values %d:\n%s\n%v", i, indented(files[i]), err)
					}
				}
				if refused > len(files)*2/3 {
					t.Errorf("helm refused %d of %d files: too little is compared", refused, len(files))
				}
			})
		}
	}
}

// plainFile is a values file with texts, numbers, switches and nulls at the keys, and what the chart requires.
func (g generator) plainFile() string {
	tree := map[string]any{}
	for _, file := range g.profile.Install.Files {
		put(tree, file.Path, "a=b")
	}
	paths := g.paths()
	if g.profile.Name == "other" {
		paths = append(paths, g.profile.Keys...)
	}
	for range 1 + g.IntN(8) {
		path := pick(g, paths...)
		value := g.value(path)
		name := path[strings.LastIndex(path, ".")+1:]
		_, isList := g.profile.Default(path).([]any)
		isTable := slices.ContainsFunc(g.profile.Keys, func(key string) bool { return strings.HasPrefix(key, path+".") })
		if isTable {
			continue
		}
		switch {
		case name == "registries", name == "digest":
			continue
		case isList, name == "pullSecrets":
			value = pick(g, "[]", "[{name: a}]", "[{name: a}, {name: b}]")
		case slices.Contains(slices.Concat(slices.Collect(maps.Values(g.profile.Shapes))...), path):
			value = pick(g, "{}", "{A: b}", "text", "[]", `[{name: a, value: b}]`)
		case name == "enabled", name == "create":
			value = pick(g, "true", "false")
		case name == "pullPolicy" && g.profile.Name == "other":
			value = pick(g, "Always", "Never")
		case g.profile.Name == "other": // it prints texts without quotes
			value = pick(g, "a.io", "b", "c-1", `""`)
		}
		put(tree, path, value)
	}
	var out strings.Builder
	g.write(&out, tree, "")
	return out.String()
}
