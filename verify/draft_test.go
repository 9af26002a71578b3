package verify

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"conductor-registry/model/chart"
)

// A draft that inspect makes of a chart, as golden/inspect has it, resolves generated values as helm renders them. What a
// draft can't know is not generated: tables and lists where keys hold texts, and several documents.
func TestDraftsResolveAsHelmRenders(t *testing.T) {
	for _, id := range []string{"2.7", "2.8", "3.0"} {
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
	for range 1 + g.IntN(8) {
		path := pick(g, g.paths()...)
		value := g.value(path)
		switch path[strings.LastIndex(path, ".")+1:] {
		case "registries", "pullSecrets":
			continue // what a list holds, only the chart's template knows
		case "enabled":
			value = pick(g, "true", "false")
		}
		put(tree, path, value)
	}
	var out strings.Builder
	g.write(&out, tree, "")
	return out.String()
}
