package values

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// editor gathers splices as long as they do not meet, so that many changes need few readings of the file.
type editor struct {
	text    *text
	splices []splice       // found in text and not made yet
	renamed []string       // paths that are others once the splices are made
	want    map[string]any // what the file is to hold in the end
}

// splice is text that takes the place of other text.
type splice struct {
	from, to int // bytes of the document
	text     string
	table    any    // whose keys become others; nil when only a value does
	adds     string // the key that is put behind the table's others; "" for none
}

// apply makes a change, unless the file has it already. A change that meets those before it, or that only they may have
// made possible, is looked for again once they are made.
func (e *editor) apply(c Change) *refused {
	value, err := decode(c.Value)
	if err != nil {
		return &refused{why: "the new value is no YAML: " + err.Error(), fix: "quote it"}
	}
	if settled(e.want, c, value) {
		return nil
	}
	s, r := e.text.splice(c)
	if len(e.splices) > 0 && (r != nil || e.meets(s, c)) {
		if !e.flush() {
			return unsure(0)
		}
		s, r = e.text.splice(c)
	}
	if r != nil {
		r.line = e.text.origin(r.line)
		return r
	}
	want, ok := changed(e.want, keysOf(c.Path), c, value)
	if !ok {
		return unsure(0)
	}
	e.want, _ = want.(map[string]any)
	e.splices = append(e.splices, s)
	if c.Rename != "" {
		e.renamed = append(e.renamed, c.Path, parentOf(c.Path)+c.Rename)
	}
	return nil
}

// splice finds a change's place.
func (t *text) splice(c Change) (splice, *refused) {
	at, err := t.find(c.Path)
	switch {
	case err != nil:
		return splice{}, err
	case c.Remove:
		return t.remove(at)
	case c.Rename != "":
		return t.rename(at, c.Rename)
	case len(at.missing) == 0:
		return t.replace(at, c.Value)
	}
	return t.insert(at, c)
}

// meets tells whether a splice has to do with one that is not made yet: in their bytes, or because each takes from the
// same table. Keys put behind the same table stay apart.
func (e *editor) meets(s splice, c Change) bool {
	return slices.ContainsFunc(e.renamed, func(path string) bool { return strings.HasPrefix(c.Path+".", path+".") }) ||
		slices.ContainsFunc(e.splices, func(o splice) bool {
			if s.adds != "" && o.adds != "" && s.table == o.table {
				return s.adds == o.adds
			}
			takes := s.adds == "" && o.adds == "" || c.Rename != ""
			return takes && s.table != nil && s.table == o.table || s.from <= o.to && o.from <= s.to
		})
}

// flush makes the splices; false when the result can't be read.
func (e *editor) flush() bool {
	next, err := read(e.text.with(e.splices))
	if err != nil {
		return false
	}
	next.was, next.eol = e.text.carry(next.lines, e.splices), e.text.eol
	e.text, e.splices, e.renamed = next, nil, nil
	return true
}

// with is the whole file with all splices made. It sorts them.
func (t *text) with(splices []splice) []byte {
	slices.SortStableFunc(splices, func(a, b splice) int { return cmp.Compare(a.from, b.from) })
	var out bytes.Buffer
	at := 0
	for _, s := range splices {
		out.Write(t.data[at:s.from])
		out.WriteString(s.text)
		at = s.to
	}
	out.Write(t.data[at:])
	return out.Bytes()
}

// carry is the line of the file for each line that splices lead to.
func (t *text) carry(lines []int, splices []splice) []int {
	was := make([]int, len(lines))
	shift := 0
	for i, start := range lines {
		for len(splices) > 0 && splices[0].from+shift+len(splices[0].text) <= start {
			shift += len(splices[0].text) - (splices[0].to - splices[0].from)
			splices = splices[1:]
		}
		old := start - shift
		if len(splices) > 0 {
			old = min(old, splices[0].from)
		}
		was[i] = t.origin(t.lineAt(old) + 1)
	}
	return was
}

// origin is the line of the file that a line was, both from 1; 0 stays.
func (t *text) origin(line int) int {
	if line < 1 || line > len(t.was) {
		return line
	}
	return t.was[line-1]
}

// wrong reads the result and finds a change that is not in it: so a mistake in finding places is a refusal, and never
// damage.
func (e *editor) wrong(out []byte, changes []Change) (Change, bool) {
	is := map[string]any{}
	if values, err := Load(Source{Data: out}); err == nil {
		is = values.Map()
		if same(e.want, is) {
			return Change{}, false
		}
	}
	for _, c := range changes {
		if keys := keysOf(c.Path); !same(at(e.want, keys), at(is, keys)) {
			return c, true
		}
	}
	return changes[0], true
}
