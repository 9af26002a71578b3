package convert

import (
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"conductor-registry/model/chart"
	"conductor-registry/model/secret"
	"conductor-registry/model/values"
)

// keys are the paths that a conversion is about.
type keys struct {
	all    []string // that either chart reads, has written for it, or is taken to read; sorted
	unread []string // that the new chart does not read, among them
	kept   []string // tables of logins that both charts make their secret from
	gone   []string // such tables of one of the charts only
}

func newKeys(from, to *chart.Profile) (keys, error) {
	var k keys
	for _, p := range []*chart.Profile{from, to} {
		k.unread = p.UnreadKeys() // the new chart's in the end
		k.all = slices.Concat(k.all, p.ReadKeys(), p.SetKeys(), k.unread)
		for _, m := range p.Methods {
			table := loginTable(p, m.ID)
			switch {
			case table == "" || slices.Contains(k.kept, table) || slices.Contains(k.gone, table):
			case can(from, m.ID) && can(to, m.ID):
				k.kept = append(k.kept, table)
			default:
				k.gone = append(k.gone, table)
			}
		}
	}
	slices.Sort(k.all)
	k.all = slices.Compact(k.all)
	return k, nil
}

// can tells whether a chart has a pull-secret method.
func can(p *chart.Profile, method string) bool {
	m := p.Method(method)
	return m.ID != "" && m.Missing == ""
}

// makes tells whether Helm makes the secret of a method, from a login in the values.
func makes(m chart.Option) bool {
	return m.Missing == "" && m.Script != "" && m.Script != secret.Kubectl
}

// loginTable is the table that a method by which Helm makes the secret has its login in; "" for other methods.
func loginTable(p *chart.Profile, method string) string {
	if !makes(p.Method(method)) {
		return ""
	}
	for _, s := range p.Settings {
		if i := strings.LastIndex(s.Path, "."); i > 0 && slices.Contains(s.Methods, method) {
			return s.Path[:i]
		}
	}
	return ""
}

// within tells whether a path is below one of the tables.
func within(path string, tables []string) bool {
	return slices.ContainsFunc(tables, func(table string) bool { return strings.HasPrefix(path, table+".") })
}

// leaves tells whether a path is to be taken out, unless it is written anew.
func (k keys) leaves(path string) bool {
	return !within(path, k.gone) && (!within(path, k.kept) || slices.Contains(k.unread, path))
}

// only is a values file with nothing but these keys.
func (k keys) only(values *values.Values) []byte {
	tree := map[string]any{}
	for _, path := range slices.Concat(k.kept, k.gone, k.all) {
		if value, ok := values.Lookup(path); ok {
			put(tree, path, value)
		}
	}
	data, err := yaml.Marshal(tree)
	if err != nil { // what was read from YAML can be written as YAML
		return nil
	}
	return data
}

func put(tree map[string]any, path string, value any) {
	key, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		tree[key] = value
		return
	}
	below, ok := tree[key].(map[string]any)
	if !ok {
		below = map[string]any{}
		tree[key] = below
	}
	put(below, rest, value)
}
