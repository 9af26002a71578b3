package chart

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
)

// ValuesSchema returns a JSON Schema (draft 2020-12) of the values of this chart, for editors. It is strict for the keys
// of images and pull secrets: it marks misspelled ones and wrong types. All other keys may have any value.
func (p *Profile) ValuesSchema() ([]byte, error) {
	root := newSchemaNode()
	for _, path := range p.imagePaths() {
		root.at(path).leaf = true
	}
	for _, path := range p.Keys {
		if parent, _ := splitPath(path); parent == "" || root.find(parent) != nil && root.find(parent).hasLeaf() {
			root.at(path)
		}
	}
	p.describe(root)
	schema := root.schema(true)
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["$id"] = model.SchemaID("values-" + p.ID)
	schema["title"] = "Values of " + p.Name + " " + p.Version
	schema["description"] = "The keys of images and pull secrets; any other key may have any value."
	var out bytes.Buffer
	err := model.WriteJSON(&out, schema)
	return out.Bytes(), err
}

// imagePaths returns the paths of images, pull policies, pull secrets and registry credentials in this chart.
func (p *Profile) imagePaths() []string {
	out := slices.Concat(p.ReadKeys(), p.SetKeys())
	for _, secret := range p.Secrets {
		out = append(append(out, secret.Path), conditionPaths(secret.When)...)
	}
	for _, login := range p.Logins {
		for _, key := range []string{"registry", "username", "password", "email"} { // Login documents them
			out = append(out, login.Table+"."+key)
		}
	}
	return once(out)
}

// describe adds types, allowed words and descriptions.
func (p *Profile) describe(root *schemaNode) {
	for types, paths := range p.Schema.Types {
		for _, path := range paths {
			if n := root.find(path); n != nil {
				n.types = strings.Split(types, " or ")
			}
		}
	}
	for path, words := range p.Schema.Enums {
		if n := root.find(path); n != nil {
			n.words = words
		}
	}
	p.describeImages(root)
	for _, trap := range p.Traps {
		for _, path := range trap.Paths {
			if n := root.find(path); n != nil && len(trap.When) == 0 && !slices.Contains(p.ReadKeys(), path) {
				n.note = strings.ReplaceAll(trap.Summary, "{path}", path)
			}
		}
	}
}

// describeImages says which part of which image a key decides.
func (p *Profile) describeImages(root *schemaNode) {
	parts := [4]string{"registry", "repository", "tag", "pull policy"}
	for _, component := range p.Components {
		for i, chain := range component.Chains() {
			for _, path := range chain.Paths {
				n := root.find(path)
				n.sets = append(n.sets, parts[i]+" of "+component.Name)
				if len(n.types) == 0 { // a number would be printed in another form: 5.10 as 5.1
					n.types = []string{"string", "null"}
				}
				if i == 3 {
					n.words = []string{"", "Always", "IfNotPresent", "Never"}
				}
			}
		}
	}
}

// schemaNode is a key of the values, or an item of a list, with the keys below it.
type schemaNode struct {
	keys  map[string]*schemaNode
	items *schemaNode
	leaf  bool // decides an image or a pull secret
	types []string
	words []string
	sets  []string // what it decides
	note  string   // what the chart does with it instead
}

func newSchemaNode() *schemaNode { return &schemaNode{keys: map[string]*schemaNode{}} }

// splitPath returns the path of the mapping that contains a key, and the key.
func splitPath(path string) (mapping, key string) {
	if i := strings.LastIndex(path, "."); i >= 0 {
		return path[:i], path[i+1:]
	}
	return "", path
}

// at returns the node of a path, with [] for the items of a list. It creates what is not there.
func (n *schemaNode) at(path string) *schemaNode {
	for key := range strings.SplitSeq(path, ".") {
		name, isList := strings.CutSuffix(key, "[]")
		if n.keys[name] == nil {
			n.keys[name] = newSchemaNode()
		}
		n = n.keys[name]
		if isList {
			if n.items == nil {
				n.items = newSchemaNode()
			}
			n = n.items
		}
	}
	return n
}

// find returns the node of a path, or nil.
func (n *schemaNode) find(path string) *schemaNode {
	for key := range strings.SplitSeq(path, ".") {
		name, isList := strings.CutSuffix(key, "[]")
		if n = n.keys[name]; n != nil && isList {
			n = n.items
		}
		if n == nil {
			return nil
		}
	}
	return n
}

// hasLeaf reports whether a key directly below decides an image or a pull secret.
func (n *schemaNode) hasLeaf() bool {
	for _, below := range n.keys {
		if below.leaf {
			return true
		}
	}
	return false
}

// leads reports whether the node or one below it decides an image or a pull secret.
func (n *schemaNode) leads() bool {
	if n.leaf || n.items != nil && n.items.leads() {
		return true
	}
	for _, below := range n.keys {
		if below.leads() {
			return true
		}
	}
	return false
}

// schema returns the node's JSON Schema. A mapping with keys of images or pull secrets allows no other keys; the root and
// mappings above such mappings allow all but misspelled ones.
func (n *schemaNode) schema(isRoot bool) map[string]any {
	out := map[string]any{}
	if len(n.types) > 0 {
		out["type"] = n.types
	}
	if len(n.words) > 0 {
		out["enum"] = n.words
	}
	if len(n.sets) > 0 {
		out["description"] = "decides " + strings.Join(once(n.sets), ", ")
	}
	if n.note != "" {
		out["description"], out["deprecated"] = n.note, true
	}
	if n.items != nil {
		out["type"], out["items"] = []string{"array"}, n.items.schema(false)
	}
	if len(n.keys) == 0 {
		return out
	}
	properties := map[string]any{}
	for name, below := range n.keys {
		properties[name] = below.schema(false)
	}
	out["type"], out["properties"] = []string{"object", "null"}, properties
	if !isRoot && n.hasLeaf() {
		out["additionalProperties"] = false
		return out
	}
	if nearly := n.misspellings(); nearly != "" {
		names := slices.Sorted(maps.Keys(n.keys))
		out["propertyNames"] = map[string]any{"anyOf": []any{
			map[string]any{"enum": names}, map[string]any{"not": map[string]any{"pattern": nearly}}}}
	}
	return out
}

// misspellings returns an expression for names that are one character, or upper and lower case, away from a key below
// that leads to an image or a pull secret; "" for none.
func (n *schemaNode) misspellings() string {
	var forms []string
	for _, name := range slices.Sorted(maps.Keys(n.keys)) {
		if n.keys[name].leads() {
			forms = append(forms, nearForms(name)...)
		}
	}
	if len(forms) == 0 {
		return ""
	}
	return "^(?:" + strings.Join(forms, "|") + ")$"
}

// nearForms returns expressions for a name with one character left out, added, replaced or swapped with the next one,
// in any case. Names consist of letters.
func nearForms(name string) []string {
	letters := make([]string, len(name))
	for i, c := range name {
		letters[i] = "[" + strings.ToLower(string(c)) + strings.ToUpper(string(c)) + "]"
	}
	join := func(parts ...[]string) string { return strings.Join(slices.Concat(parts...), "") }
	var out []string
	for i := range letters {
		out = append(out, join(letters[:i], []string{".?"}, letters[i+1:]), join(letters[:i], []string{"."}, letters[i:]))
		if i+1 < len(letters) {
			out = append(out, join(letters[:i], []string{letters[i+1], letters[i]}, letters[i+2:]))
		}
	}
	return append(out, join(letters, []string{"."}))
}
