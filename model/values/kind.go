package values

import (
	_ "embed" // kinds.yaml
	"fmt"
	"slices"
	"strings"
	"sync"

	"conductor-registry/model"
	"conductor-registry/model/shell"
)

// kind says where objects of one kind have their values.
type kind struct {
	Kind    string   `yaml:"kind" required:"true"`
	Groups  []string `yaml:"groups" required:"true"`
	Sources []string `yaml:"sources" required:"true"` // tables with one chart each; the first that is there
	Charts  []string `yaml:"charts"`                  // below a source: what names its chart
	Values  []home   `yaml:"values" required:"true"`  // below a source, later ones over earlier ones
	Unread  []string `yaml:"unread"`                  // below a source: what names values that are elsewhere
}

// home is one place of values.
type home struct {
	Path     string `yaml:"path" required:"true"`
	Form     string `yaml:"form" required:"true" enum:"mapping text parameters"`
	Replaces bool   `yaml:"replaces"` // the places before it are ignored
}

// otherKind says where the values of an object are that is not read, and how to print them.
type otherKind struct {
	Kind string `yaml:"kind" required:"true"`
	Home string `yaml:"home" required:"true"`
	YQ   string `yaml:"yq" required:"true"`
}

//go:embed kinds.yaml
var kindsFile []byte

// knownFile describes files that are not values files, by keys that they all have.
type knownFile struct {
	Has  []string `yaml:"has" required:"true"`
	What string   `yaml:"what" required:"true"`
	Hint string   `yaml:"hint" required:"true"` // FILE stands for its name
}

func (k knownFile) matches(tree map[string]any) bool {
	return !slices.ContainsFunc(k.Has, func(path string) bool {
		value, _ := Find(tree, path)
		return value == nil
	})
}

type kindTable struct {
	Charts []string    `yaml:"charts"`
	Read   []kind      `yaml:"read"`
	Others []otherKind `yaml:"others"`
	Files  []knownFile `yaml:"files"`
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
	version, _ := tree["apiVersion"].(string)
	group, _, _ := strings.Cut(version, "/")
	table, _ := kinds() // TestOtherKinds fails when it is wrong
	for i, k := range table.Read {
		if k.Kind == name && slices.Contains(k.Groups, group) {
			return &table.Read[i]
		}
	}
	return nil
}

// isObject reports whether the top of a document is a Kubernetes object.
func isObject(tree map[string]any) bool {
	_, hasKind := tree["kind"].(string)
	_, hasVersion := tree["apiVersion"].(string)
	return hasKind && hasVersion
}

// otherFile describes a YAML file without values that are read.
type otherFile struct {
	reason string // what it is, and where its values are
	key    string // whose line is reported
	hint   string // what to type
}

// checkKind returns what a document is that is not a values file; nil for one that may be.
func checkKind(file string, tree map[string]any) *otherFile {
	if isObject(tree) {
		return checkObject(file, tree["kind"])
	}
	table, _ := kinds()
	if i := slices.IndexFunc(table.Files, func(k knownFile) bool { return k.matches(tree) }); i >= 0 {
		k := table.Files[i]
		return &otherFile{"the file is " + k.What, k.Has[0], strings.ReplaceAll(k.Hint, "FILE", file)}
	}
	for _, name := range table.Charts {
		if below, ok := tree[name].(map[string]any); ok && len(below) > 0 {
			return &otherFile{"the values are below the key " + name + ", as a parent chart passes them on", name,
				"--under " + name}
		}
	}
	return nil
}

func checkObject(file string, kind any) *otherFile {
	name := fmt.Sprint(kind)
	table, _ := kinds()
	i := slices.IndexFunc(table.Others, func(o otherKind) bool { return o.Kind == name })
	if i < 0 {
		return &otherFile{"the file is a Kubernetes object of kind " + name + ", not a values file", "kind",
			"-f with a values file, a HelmRelease or an Application"}
	}
	o := table.Others[i]
	return &otherFile{fmt.Sprintf("the file is a Kubernetes object of kind %s: the values are below %s", name, o.Home),
		"kind", resolveWith(o.YQ, file)}
}

// resolveWith returns the command that resolves the part of a file which a yq expression selects.
func resolveWith(expression, file string) string {
	return "yq " + shell.Quote(expression) + " " + shell.Quote(file) + " | conductor-registry resolve -f -"
}
