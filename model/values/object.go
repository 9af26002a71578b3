package values

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model"
)

// findBlocks finds the places of a file that have values.
func (f *File) findBlocks() error {
	if len(f.Data) > maxSize {
		return &ParseError{File: f.Name, Reason: fmt.Sprintf("%d MiB are too much for a values file, "+
			"the limit is %d MiB: is it the right file?", len(f.Data)>>20, maxSize>>20)}
	}
	whole := newView(f.Data, 0, len(f.Data))
	if err := whole.parse(f.Source); err != nil {
		return err
	}
	if f.IsAnyFile {
		f.blocks = []*block{{view: whole, form: "mapping"}}
		return nil
	}
	if isObject(whole.tree) || len(whole.tree) == 0 && whole.lines().secondDocument() > 0 {
		if found, err := f.findObject(); found || err != nil {
			return err
		}
	}
	if err := f.checkOthers(whole); err != nil {
		return err
	}
	f.blocks = []*block{{view: whole, form: "mapping"}}
	return nil
}

// object is a Kubernetes object of a file that passes values to Helm.
type object struct {
	kind   *kind
	view   *view
	source string // the mapping of its chart, such as spec.sources[1]
}

// findObject finds the values of the one object that passes any. Found is false when the file has no object at all.
func (f *File) findObject() (found bool, err error) {
	var all []object
	var first *view
	for _, part := range documents(f.Data) {
		v := newView(f.Data, part.from, part.to)
		if err := v.parse(f.Source); err != nil {
			return true, err
		}
		if first == nil && isObject(v.tree) {
			first = v
		}
		if k := kindOf(v.tree); k != nil {
			all = append(all, object{kind: k, view: v})
		}
	}
	if first == nil {
		return false, nil
	}
	chosen, err := f.choose(all)
	switch {
	case err != nil:
		return true, err
	case chosen == nil:
		return true, f.checkOther(first)
	}
	return true, f.readObject(chosen)
}

// choose returns the object whose values are wanted: the only one, or the only one of a known chart.
func (f *File) choose(all []object) (*object, error) {
	if len(all) > 1 {
		if known := slices.DeleteFunc(slices.Clone(all), func(o object) bool { return !o.isKnownChart() }); len(known) > 0 {
			all = known
		}
	}
	switch len(all) {
	case 0:
		return nil, nil
	case 1:
		if err := all[0].findSource(f); err != nil {
			return nil, err
		}
		return &all[0], all[0].checkChart(f)
	}
	var names []string
	for _, o := range all {
		names = append(names, fmt.Sprintf("%s %q at line %d", o.kind.Kind, o.name(), lineOf(o.view.nodes(), "kind")))
	}
	hint := resolveWith(fmt.Sprintf("select(.metadata.name == %q)", all[0].name()), f.Name)
	return nil, &ParseError{File: f.Name, Line: lineOf(all[1].view.nodes(), "kind"), IsOther: true, Hint: hint,
		Reason: "the file has the values of several releases: " + strings.Join(names, ", ")}
}

func (o *object) name() string {
	name, _ := Find(o.view.tree, "metadata.name")
	return fmt.Sprint(name)
}

// sources returns the mappings that can name the chart, or all that the kind can have when none is there.
func (o *object) sources() []string {
	for _, path := range o.kind.Sources {
		list, isList := strings.CutSuffix(path, "[]")
		value, ok := Find(o.view.tree, list)
		switch items, _ := value.([]any); {
		case !ok || isList && len(items) == 0:
		case !isList:
			return []string{list}
		default:
			var out []string
			for i := range items {
				out = append(out, fmt.Sprintf("%s[%d]", list, i))
			}
			return out
		}
	}
	return o.kind.Sources[len(o.kind.Sources)-1:]
}

func (o *object) isKnownChart() bool {
	return slices.ContainsFunc(o.sources(), o.namesKnownChart)
}

// namesKnownChart reports whether a source names one of the charts: by its name, or by the folder that it is in.
func (o *object) namesKnownChart(source string) bool {
	table, _ := kinds()
	return slices.ContainsFunc(o.kind.Charts, func(at string) bool {
		name, _ := Find(o.view.tree, source+"."+at)
		text, _ := name.(string)
		return slices.Contains(table.Charts, path.Base(text))
	})
}

// has reports whether a source has a key.
func (o *object) has(source, at string) bool {
	value, _ := Find(o.view.tree, source+"."+at)
	return value != nil
}

// checkChart returns an error when the source has files that are not a chart, such as other Applications.
func (o *object) checkChart(f *File) error {
	has := func(at string) bool { return o.has(o.source, at) }
	if len(o.kind.Helm) == 0 || slices.ContainsFunc(o.kind.Helm, has) || o.namesKnownChart(o.source) {
		return nil
	}
	return f.isOther(o.view, "kind", fmt.Sprintf("an %s without values of a chart: they are in the folder that %s.path names",
		o.kind.Kind, o.source), "conductor-registry lint FOLDER")
}

// hasValues reports whether a source has values, or names a file with some.
func (o *object) hasValues(source string) bool {
	has := func(at string) bool { return o.has(source, at) }
	return slices.ContainsFunc(o.kind.Values, func(h home) bool { return has(h.Path) }) ||
		slices.ContainsFunc(o.kind.Unread, has)
}

// findSource sets the source: the only one, the only one of a known chart, or the only one with values.
func (o *object) findSource(f *File) error {
	all := o.sources()
	for _, is := range []func(string) bool{func(string) bool { return true }, o.namesKnownChart, o.hasValues} {
		kept := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !is(s) })
		if len(kept) == 1 {
			o.source = kept[0]
			return nil
		}
		if len(kept) > 0 {
			all = kept
		}
	}
	return &ParseError{File: f.Name, Line: lineOf(o.view.nodes(), all[1]), IsOther: true,
		Reason: fmt.Sprintf("several sources of the %s can have the values: %s", o.kind.Kind, strings.Join(all, ", ")),
		Hint:   resolveWith("."+all[0]+".helm.valuesObject", f.Name)}
}

// readObject sets the blocks to the places that have the object's values.
func (f *File) readObject(o *object) error {
	f.Kind = o.kind.Kind
	root := o.view.nodes()
	below := func(at string) string { return o.source + "." + at }
	for _, at := range slices.Concat(model.Map(o.kind.Unread, below), o.kind.Elsewhere) {
		if line := lineOf(root, at); line > 0 {
			f.Unread = append(f.Unread, Place{at, line})
		}
	}
	for _, h := range o.kind.Values {
		at := o.source + "." + h.Path
		key, value := followPath(root, at)
		if value == nil || isNull(value) || value.Kind == yaml.ScalarNode && strings.TrimSpace(value.Value) == "" {
			continue
		}
		b, err := f.readBlock(o.view, at, h.Form, key, value)
		if err != nil {
			return err
		}
		if h.Replaces {
			f.hidden, f.blocks = f.blocks, nil
		}
		f.blocks = append(f.blocks, b)
	}
	if f.home() == nil { // where new keys go
		i := slices.IndexFunc(o.kind.Values, func(h home) bool { return h.Form == "mapping" })
		f.blocks = append([]*block{{view: o.view, path: o.source + "." + o.kind.Values[i].Path, form: "mapping"}}, f.blocks...)
	}
	return nil
}
