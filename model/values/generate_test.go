package values_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// yamlFile is a random file: its lines with the path that each belongs to, and the paths that changes may name.
type yamlFile struct {
	random *rand.Rand
	lines  []yamlLine
	tables []string // "" is the top
	leaves []string
	names  int
}

// yamlLine is a line and its owner: the key that it is written for, "#" and the key for a comment above it or in it, "" for
// none.
type yamlLine struct{ text, owner string }

// newFile returns a random file of tables and lists in lines and braces, comments, empty lines and all kinds of values. No
// line is repeated.
func newFile(seed uint64) *yamlFile {
	f := &yamlFile{random: rand.New(rand.NewPCG(seed, 1))}
	if f.maybe(4) {
		f.add("# the file", "")
		f.add("---", "")
	}
	f.table("", 0, 3)
	if f.maybe(4) {
		f.add("---", "")
		f.add("# an empty document", "")
	}
	return f
}

func (f *yamlFile) maybe(oneIn int) bool     { return f.random.IntN(oneIn) == 0 }
func (f *yamlFile) add(text, owner string)   { f.lines = append(f.lines, yamlLine{text, owner}) }
func (f *yamlFile) unique(s string) string   { f.names++; return fmt.Sprintf("%s%d", s, f.names) }
func (f *yamlFile) oneOf(s ...string) string { return s[f.random.IntN(len(s))] }

// table writes the entries of a table in lines.
func (f *yamlFile) table(path string, indent, depth int) {
	f.tables = append(f.tables, path)
	for range 1 + f.random.IntN(4) {
		f.entry(path, indent, depth)
	}
}

func (f *yamlFile) entry(path string, indent, depth int) {
	key := f.unique("k")
	below := join(path, key)
	pad := strings.Repeat(" ", indent)
	if f.maybe(6) {
		f.add(pad+f.unique("# apart "), "#"+path)
		f.add("", "#"+path)
	}
	if f.maybe(5) {
		f.add(pad+f.unique("# above "), "#"+below)
	}
	start := pad + f.oneOf(key, key, `"`+key+`"`, "'"+key+"' ") + ":"
	end := f.oneOf("", "", " # "+f.unique("behind "))
	deeper := indent + 1 + f.random.IntN(4)
	switch kind := f.random.IntN(14); {
	case kind < 3 && depth > 0:
		f.add(start+end, below)
		f.table(below, deeper, depth-1)
	case kind < 5 && depth > 0:
		f.add(start+end, below)
		f.list(below, f.random.IntN(2)*(deeper-indent)+indent, depth-1)
	case kind < 7:
		f.add(start+" "+f.flow(below, 2)+end, below)
	case kind == 7:
		f.add(start+" "+f.oneOf("|", ">", "|-", "|+", ">2")+end, below)
		f.text(below, indent, deeper)
	case kind == 8:
		f.leaves = append(f.leaves, below)
		f.add(start+" "+f.unique(`"text "" `[:6]), below)
		f.add(strings.Repeat(" ", deeper)+f.unique("more ")+`"`+end, below)
	case kind == 9:
		f.tables = append(f.tables, below)
		f.add(start+f.oneOf("", " {}", " ~", " { }", " null")+end, below)
	default:
		f.leaves = append(f.leaves, below)
		f.add(start+" "+f.value()+end, below)
	}
}

func (f *yamlFile) text(path string, indent, deeper int) {
	if strings.Contains(f.lines[len(f.lines)-1].text, ">2") {
		deeper = indent + 2
	}
	for range 1 + f.random.IntN(3) {
		f.add(strings.Repeat(" ", deeper)+f.unique(f.oneOf("words: ", "# words ", "- ")), path)
	}
	if f.maybe(3) {
		f.add("", path)
	}
}

func (f *yamlFile) list(path string, indent, depth int) {
	pad := strings.Repeat(" ", indent) + "-" + strings.Repeat(" ", 1+f.random.IntN(2))
	for i := range 1 + f.random.IntN(3) {
		item := fmt.Sprintf("%s[%d]", path, i)
		if !f.maybe(2) {
			f.leaves = append(f.leaves, item)
			f.add(pad+f.value(), item)
			continue
		}
		key := f.unique("k")
		f.tables = append(f.tables, item)
		f.leaves = append(f.leaves, item+"."+key)
		f.add(pad+key+": "+f.value(), item+"."+key)
		if depth > 0 {
			f.entry(item, len(pad), depth-1)
		}
	}
}

// value returns a value that occurs nowhere else in the file.
func (f *yamlFile) value() string {
	return fmt.Sprintf(f.oneOf("%d", "word%d", "wörd%d  two", `"quo\"ted # %d"`, "'it''s %d'", "http://x:%d/y#z"), 1000+f.random.IntN(1<<40))
}

// flow writes a table or list in brackets, on one line.
func (f *yamlFile) flow(path string, depth int) string {
	var entries []string
	isTable := f.maybe(2)
	if isTable {
		f.tables = append(f.tables, path)
	}
	for i := range f.random.IntN(4) {
		item, start := fmt.Sprintf("%s[%d]", path, i), ""
		if isTable {
			key := f.unique("k")
			item, start = join(path, key), f.oneOf(key, `"`+key+`"`)+": "
		}
		switch {
		case depth > 0 && f.maybe(3):
			start += f.flow(item, depth-1)
		default:
			f.leaves = append(f.leaves, item)
			start += f.value()
		}
		entries = append(entries, start)
	}
	inside := strings.Join(entries, f.oneOf(", ", ","+"  ", " , "))
	if isTable {
		return "{" + f.oneOf("", " ") + inside + "}"
	}
	return "[" + inside + f.oneOf("", " ") + "]"
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// data returns the file with its line ends.
func (f *yamlFile) data(eol string, ended bool) []byte {
	texts := make([]string, len(f.lines))
	for i, line := range f.lines {
		texts[i] = line.text
	}
	out := strings.Join(texts, eol)
	if ended {
		out += eol
	}
	return []byte(out)
}
