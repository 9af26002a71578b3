package values

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// editor collects splices as long as they do not overlap, so that many changes need few readings of the file.
type editor struct {
	lines   *lines
	splices []splice       // found in lines and not made yet
	renamed []string       // paths that the splices change
	want    map[string]any // what the file must hold in the end
}

// splice is text that replaces other text.
type splice struct {
	from, to int // bytes of the file
	text     string
	mapping  any    // the mapping whose keys change; nil when only a value does
	adds     string // the key that is added at the end of that mapping; "" for none
}

// apply makes a change, unless the file has it already. A change that overlaps with earlier ones, or that only they may
// have made possible, is looked for again once they are made.
func (e *editor) apply(c Change) *refused {
	value, err := decodeValue(c.Value)
	if err != nil {
		return &refused{why: "the new value is not valid YAML: " + err.Error(), fix: "quote it"}
	}
	if isDone(e.want, c, value) {
		return nil
	}
	s, r := e.lines.splice(c)
	if len(e.splices) > 0 && (r != nil || e.overlaps(s, c)) {
		if !e.flush() {
			return unverified(0)
		}
		s, r = e.lines.splice(c)
	}
	if r != nil {
		r.line = e.lines.origin(r.line)
		return r
	}
	want, ok := changed(e.want, slices.Collect(splitPath(c.Path)), c, value)
	if !ok {
		return unverified(0)
	}
	e.want, _ = want.(map[string]any)
	e.splices = append(e.splices, s)
	if c.Rename != "" {
		e.renamed = append(e.renamed, c.Path, renamed(c))
	}
	return nil
}

// splice returns the splice that makes a change.
func (l *lines) splice(c Change) (splice, *refused) {
	at, err := l.find(c.Path)
	switch {
	case err != nil:
		return splice{}, err
	case c.Remove:
		return l.remove(at, c)
	case c.Rename != "":
		return l.rename(at, c.Rename)
	case len(at.missing) == 0:
		return l.replace(at, c.Value)
	}
	return l.insert(at, c)
}

// overlaps reports whether a splice depends on one that is not made yet: they share bytes, or both remove from the same
// mapping. Keys added to the same mapping do not overlap.
func (e *editor) overlaps(s splice, c Change) bool {
	return slices.ContainsFunc(e.renamed, func(path string) bool { return strings.HasPrefix(c.Path+".", path+".") }) ||
		slices.ContainsFunc(e.splices, func(o splice) bool {
			if s.adds != "" && o.adds != "" && s.mapping == o.mapping {
				return s.adds == o.adds
			}
			takes := s.adds == "" && o.adds == "" || c.Rename != ""
			return takes && s.mapping != nil && s.mapping == o.mapping || s.from <= o.to && o.from <= s.to
		})
}

// flush makes the splices; false when the result cannot be parsed.
func (e *editor) flush() bool {
	data := e.lines.with(e.splices)
	root, err := parseNodes(data)
	if err != nil {
		return false
	}
	next := newLines(data, root)
	next.was, next.eol = e.lines.carry(next.starts, e.splices), e.lines.eol
	next.margin, next.top = e.lines.margin, e.lines.top
	e.lines, e.splices, e.renamed = next, nil, nil
	return true
}

// with returns the whole file with the splices made. It sorts them.
func (l *lines) with(splices []splice) []byte {
	slices.SortStableFunc(splices, func(a, b splice) int { return cmp.Compare(a.from, b.from) })
	var out bytes.Buffer
	at := 0
	for _, s := range splices {
		out.Write(l.data[at:s.from])
		out.WriteString(s.text)
		at = s.to
	}
	out.Write(l.data[at:])
	return out.Bytes()
}

// carry returns the line of the user's file for each line that the splices lead to.
func (l *lines) carry(starts []int, splices []splice) []int {
	was := make([]int, len(starts))
	shift := 0
	for i, start := range starts {
		for len(splices) > 0 && splices[0].from+shift+len(splices[0].text) <= start {
			shift += len(splices[0].text) - (splices[0].to - splices[0].from)
			splices = splices[1:]
		}
		old := start - shift
		if len(splices) > 0 {
			old = min(old, splices[0].from)
		}
		was[i] = l.origin(l.lineAt(old) + 1)
	}
	return was
}

// origin returns the line of the user's file for a line, both from 1; 0 stays.
func (l *lines) origin(line int) int {
	if line < 1 || line > len(l.was) {
		return line
	}
	return l.was[line-1]
}

// unverified returns the number of the first change that the edited values do not have, so that an error in finding places
// is a refusal and never damage.
func (e *editor) unverified(is map[string]any, changes []Change) int {
	return max(0, slices.IndexFunc(changes, func(c Change) bool {
		want, wanted := Find(e.want, c.Path)
		value, has := Find(is, c.Path)
		return has != wanted || !same(value, want)
	}))
}
