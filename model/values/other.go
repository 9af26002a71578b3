package values

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"conductor-registry/model/shell"
)

// otherFile describes YAML files whose values are not read: other objects, and files of other tools.
type otherFile struct {
	Kind   string   `yaml:"kind"`   // of an object; "" for any other file
	Groups []string `yaml:"groups"` // of its API; empty for any
	Has    []string `yaml:"has"`    // keys that are all there
	Any    []string `yaml:"any"`    // keys of which one is there
	What   string   `yaml:"what" required:"true"`
	YQ     string   `yaml:"yq"`   // the expression that prints the values
	Hint   string   `yaml:"hint"` // what to type, where no expression prints them
}

// checkOthers returns the error for a file that is not a values file; nil for one that may be. Later documents count too: a
// helmfile may have its releases in the second one.
func (f *File) checkOthers(whole *view) error {
	if err := f.checkOther(whole); err != nil || !bytes.Contains(f.Data, []byte("\n---")) {
		return err
	}
	for _, part := range documents(f.Data)[1:] {
		v := newView(f.Data, part.from, part.to)
		if v.parse(f.Source) != nil || isObject(v.tree) {
			continue // Helm 3 does not read it
		}
		if err := f.checkOther(v); err != nil {
			return err
		}
	}
	return nil
}

// checkOther returns the error for a document that is not a values file; nil for one that may be.
func (f *File) checkOther(v *view) error {
	table, _ := kinds()
	for _, other := range table.Others {
		if path, star, ok := other.match(v.tree); ok && !f.hasValues(v.tree) {
			return f.isOther(v, path, fill(other.What, star), other.hint(star, f.Name))
		}
	}
	if isObject(v.tree) {
		return f.isOther(v, "kind", fmt.Sprintf("a Kubernetes object of kind %v (%v), not a values file", v.tree["kind"],
			v.tree["apiVersion"]), "give -f a values file, a HelmRelease or an Application")
	}
	for _, name := range table.Charts {
		if below, ok := v.tree[name].(map[string]any); ok && len(below) > 0 && f.Under == "" {
			return f.isOther(v, name, "a parent chart's values file: those of the chart are below the key "+name, "--under "+name)
		}
	}
	return nil
}

// hasValues reports whether a file that is no object has values of one of the charts, or of the subchart.
func (f *File) hasValues(tree map[string]any) bool {
	table, _ := kinds()
	has := func(path string) bool {
		value, _ := Find(tree, path)
		return value != nil
	}
	return !isObject(tree) && (slices.ContainsFunc(table.Values, has) || f.Under != "" && has(f.Under))
}

func (f *File) isOther(v *view, path, what, hint string) error {
	top, _, _ := strings.Cut(path, ".")
	return &ParseError{File: f.Name, Line: lineOf(v.nodes(), top), Reason: "the file is " + what, Hint: hint, IsOther: true}
}

// match reports whether a document is such a file: the path that shows it, and what * stands for in it.
func (o otherFile) match(tree map[string]any) (path, star string, ok bool) {
	switch {
	case o.Kind == "" && isObject(tree), o.Kind != "" && tree["kind"] != o.Kind,
		len(o.Groups) > 0 && !slices.Contains(o.Groups, groupOf(tree)):
		return "", "", false
	case o.Kind != "":
		path = "kind"
	}
	for _, at := range o.Has {
		key, isThere := findAny(tree, at)
		if !isThere {
			return "", "", false
		}
		path, star = cmp.Or(path, at), cmp.Or(star, key)
	}
	for _, at := range o.Any {
		if star, ok = findAny(tree, at); ok {
			return cmp.Or(path, at), star, true
		}
	}
	return path, star, len(o.Any) == 0
}

// findAny reports whether there is a value at a path below another one, and what * stands for in the path: of several
// keys, the name of a YAML file before others.
func findAny(value any, path string) (star string, ok bool) {
	above, below, hasStar := strings.Cut(path, "*")
	if above = strings.TrimSuffix(above, "."); above != "" {
		table, _ := value.(map[string]any)
		value, _ = Find(table, above)
	}
	if !hasStar {
		return "", value != nil
	}
	for _, at := range entriesOf(value) {
		if _, ok := findAny(at.value, strings.TrimPrefix(below, ".")); ok {
			return at.key, true
		}
	}
	return "", false
}

type entryOf struct {
	key   string
	value any
}

// entriesOf returns the entries of a mapping or sequence: YAML files first, else in the order of their keys.
func entriesOf(value any) []entryOf {
	var out []entryOf
	switch entries := value.(type) {
	case []any:
		for i, item := range entries {
			out = append(out, entryOf{strconv.Itoa(i), item})
		}
	case map[string]any:
		for key, item := range entries {
			out = append(out, entryOf{key, item})
		}
		isYAML := func(e entryOf) int { return strings.Count(e.key, ".y") }
		slices.SortFunc(out, func(a, b entryOf) int {
			return cmp.Or(cmp.Compare(isYAML(b), isYAML(a)), cmp.Compare(a.key, b.key))
		})
	}
	return out
}

// plainKey matches the keys of a ConfigMap, which need no quotes in a yq expression.
var plainKey = regexp.MustCompile(`^[-._a-zA-Z0-9]+$`)

// fill returns a text of kinds.yaml with what * stands for.
func fill(text, star string) string {
	if !plainKey.MatchString(star) {
		star = "KEY"
	}
	return strings.ReplaceAll(text, "{*}", star)
}

// hint returns what to type instead.
func (o otherFile) hint(star, file string) string {
	if o.YQ != "" {
		return resolveWith(fill(o.YQ, star), file)
	}
	return strings.ReplaceAll(o.Hint, "FILE", shell.Quote(file))
}

// resolveWith returns the command that resolves the part of a file which a yq expression selects.
func resolveWith(expression, file string) string {
	return "yq " + shell.Quote(expression) + " " + shell.Quote(file) + " | conductor-registry resolve -f -"
}
