package values

import (
	_ "embed" // kinds.yaml
	"slices"
	"strings"
	"sync"

	"conductor-registry/model"
)

// kind says where objects of one kind have their values.
type kind struct {
	Kind      string   `yaml:"kind" required:"true"`
	Groups    []string `yaml:"groups" required:"true"`
	Sources   []string `yaml:"sources" required:"true"` // mappings with one chart each; the first that is there
	Charts    []string `yaml:"charts"`                  // below a source: what names its chart
	Values    []home   `yaml:"values" required:"true"`  // below a source, later ones over earlier ones
	Unread    []string `yaml:"unread"`                  // below a source: what names values that are elsewhere
	Elsewhere []string `yaml:"elsewhere"`               // from the top: what can have values too
	Helm      []string `yaml:"helm"`                    // below a source: keys that only a chart has; empty for any
}

// home is one place of values.
type home struct {
	Path     string `yaml:"path" required:"true"`
	Form     string `yaml:"form" required:"true" enum:"mapping text parameters"`
	Replaces bool   `yaml:"replaces"` // the places before it are ignored
}

//go:embed kinds.yaml
var kindsFile []byte

type kindTable struct {
	Charts []string    `yaml:"charts"`
	Values []string    `yaml:"values"`
	Read   []kind      `yaml:"read"`
	Others []otherFile `yaml:"others"`
}

// kinds decodes kinds.yaml when the first object is read.
var kinds = sync.OnceValues(func() (kindTable, error) {
	var table kindTable
	err := model.DecodeFile("kinds.yaml", kindsFile, &table)
	return table, err
})

// kindOf returns where an object has its values; nil when it is not read.
func kindOf(tree map[string]any) *kind {
	name, _ := tree["kind"].(string)
	group := groupOf(tree)
	table, _ := kinds() // TestOtherFiles fails when it is wrong
	for i, k := range table.Read {
		if k.Kind == name && slices.Contains(k.Groups, group) {
			return &table.Read[i]
		}
	}
	return nil
}

// groupOf returns the API group of an object; what its apiVersion says for one of the core group, such as v1.
func groupOf(tree map[string]any) string {
	version, _ := tree["apiVersion"].(string)
	group, _, _ := strings.Cut(version, "/")
	return group
}

// isObject reports whether the top of a document is a Kubernetes object.
func isObject(tree map[string]any) bool {
	_, hasKind := tree["kind"].(string)
	_, hasVersion := tree["apiVersion"].(string)
	return hasKind && hasVersion
}
