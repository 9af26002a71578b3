package values

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model"
)

// valuesPlace is one mapping of a file that gives values: in a block, and of a subchart at a level.
type valuesPlace struct {
	*block
	level  int
	prefix string // of its keys in the view, with a dot at the end; "" for the top
	node   *yaml.Node
}

// places returns the mappings of the file that give values, those that override first, and last the one for new keys.
func (f *File) places() []valuesPlace {
	var out []valuesPlace
	for level := levels(f.Under) - 1; level >= 0; level-- {
		for _, b := range slices.Backward(f.blocks) {
			node := b.at(f.Under, level)
			isHome := level == 0 && b == f.home()
			if node == nil && !isHome {
				continue
			}
			path := strings.TrimPrefix(b.path+"."+pathAt(f.Under, level), ".")
			if path != "" && !strings.HasSuffix(path, ".") {
				path += "."
			}
			out = append(out, valuesPlace{b, level, path, node})
		}
	}
	return out
}

// home returns the block that new keys go into: the last one that is not parameters; nil when there is none.
func (f *File) home() *block {
	for _, b := range slices.Backward(f.blocks) {
		if b.form != "parameters" {
			return b
		}
	}
	return nil
}

// applyEach makes changes one by one, each in the place that has the key now.
func (f *File) applyEach(changes []Change) (*File, model.Problems) {
	out := f
	var problems model.Problems
	for _, c := range changes {
		changed, why := out.applyOne(c)
		if len(why) > 0 {
			problems = append(problems, why...)
			continue
		}
		out = changed
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return out, nil
}

// applyOne makes a change in the place that decides the key, and removes a key from all places.
func (f *File) applyOne(c Change) (*File, model.Problems) {
	value, err := decodeValue(c.Value)
	if err != nil {
		return nil, model.Problems{refusal(f.Name, c, &refused{why: "the new value is not valid YAML", fix: "quote it"})}
	}
	out := f
	for range len(f.places()) {
		if isDone(out.tree, c, value) {
			return out, nil
		}
		next, problems := out.applyAt(out.placeOf(c.Path), c, value)
		if len(problems) > 0 {
			return nil, problems
		}
		out = next
	}
	if !isDone(out.tree, c, value) {
		return nil, model.Problems{refusal(f.Name, c, unverified(0))}
	}
	return out, nil
}

// placeOf returns the place that decides a path; for a new key the one that has most of the mappings above it.
func (f *File) placeOf(path string) valuesPlace {
	places := f.places()
	for ; path != ""; path, _ = CutKey(path) {
		for _, p := range places {
			if p.node == nil {
				continue
			}
			if _, value := followPath(p.node, path); value != nil && (p.form != "parameters" || value.Kind == yaml.ScalarNode) {
				return p
			}
		}
	}
	return places[len(places)-1]
}

// applyAt makes a change in one place.
func (f *File) applyAt(at valuesPlace, c Change, value any) (*File, model.Problems) {
	switch {
	case at.form == "parameters":
		return f.applyParameter(at, c, value)
	case at.fixed != nil:
		return nil, model.Problems{refusal(f.Name, c, &refused{line: at.fixed.Line,
			why: "the values are text in quotes or folded text", fix: "write them as a block: values: |"})}
	}
	return f.applyIn(at, []Change{c})
}

// applyParameter sets a parameter. One that Helm would read as another type than text gets forceString.
func (f *File) applyParameter(at valuesPlace, c Change, value any) (*File, model.Problems) {
	name := pathAt(f.Under, at.level) + c.Path
	for i, p := range slices.Backward(at.set) {
		if p.Name != name {
			continue
		}
		text, isText := value.(string)
		if c.Remove || c.Rename != "" || !isText {
			return nil, model.Problems{refusal(f.Name, c, &refused{line: p.line,
				why: "a parameter of the " + f.Kind + " sets it", fix: "remove the parameter " + name + " by hand"})}
		}
		item := fmt.Sprintf("%s[%d].", at.path, i)
		changes := []Change{{Path: item + "value", Value: Quote(text)}}
		set := map[string]any{}
		p.Value = text
		err := p.apply(set)
		if got, _ := Find(set, name); err != nil || got != value {
			changes = append(changes, Change{Path: item + "forceString", Value: "true"})
		}
		whole := valuesPlace{block: &block{view: at.view, form: "mapping"}}
		return f.applyIn(whole, changes)
	}
	return nil, model.Problems{refusal(f.Name, c, &refused{line: at.fixed.Line,
		why: "a parameter of the " + f.Kind + " sets a part of it", fix: "change the parameter by hand"})}
}
