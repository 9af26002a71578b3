package values

import (
	"bytes"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// view is a part of a file that is YAML of its own: one of several documents, or a block of text in one. Its lines and
// columns are those of the file: what is before it is blank.
type view struct {
	file     []byte
	from, to int // bytes of the file; from is the start of a line
	blank    int // bytes of data that stand for the file before the part
	margin   int // columns that every line of the part is indented by
	data     []byte
	root     func() (*yaml.Node, error) // parsed on first use: most files need no lines
	tree     map[string]any
}

// newView returns a part of a file, not parsed yet.
func newView(file []byte, from, to int) *view {
	v := &view{file: file, from: from, to: to, data: file[:to]}
	if from > 0 {
		v.data = lineBreaksIn(file[:from])
		v.blank = len(v.data)
		v.data = append(v.data, file[from:to]...)
	}
	v.root = sync.OnceValues(func() (*yaml.Node, error) { return parseNodes(v.data) })
	return v
}

// lineBreaksIn returns the line breaks of a text.
func lineBreaksIn(data []byte) []byte {
	return bytes.Join(bytes.FieldsFunc(data, func(r rune) bool { return !strings.ContainsRune(lineBreaks, r) }), nil)
}

// nodes returns the top of the part; an empty node when it cannot be parsed.
func (v *view) nodes() *yaml.Node {
	root, err := v.root()
	if err != nil { // what the other YAML library took
		return &yaml.Node{}
	}
	return root
}

// lines returns the part for editing.
func (v *view) lines() *lines {
	l := newLines(v.data, v.nodes())
	l.margin, l.top = v.margin, l.lineAt(v.blank)
	return l
}

// with returns the whole file with the part replaced by data, which is edited from the view's.
func (v *view) with(data []byte) []byte {
	out := append([]byte{}, v.file[:v.from]...)
	return append(append(out, data[v.blank:]...), v.file[v.to:]...)
}

// span is a range of bytes.
type span struct{ from, to int }

// documents returns where the documents of a file are.
func documents(data []byte) []span {
	l := newLines(data, &yaml.Node{})
	var out []span
	at, begun := 0, false
	for i, start := range l.starts {
		line := l.line(i)
		opens, closes := isMarker(line, "---"), isMarker(line, "...")
		if begun && (opens || closes) {
			out = append(out, span{at, start})
			at, begun = start, opens
			if closes {
				at += len(line)
			}
			continue
		}
		begun = begun || opens || !closes && isContent(line)
	}
	return append(out, span{at, len(data)})
}

// isContent reports whether a line has more than a comment or a directive.
func isContent(line []byte) bool {
	content := bytes.TrimSpace(line)
	return len(content) > 0 && content[0] != '#' && line[0] != '%'
}

// textView returns the block of text that is the value of a node in a view, without the line --- that may begin it. A
// second document in it is left out; more is the line that begins it, or 0.
func textView(in *view, key, value *yaml.Node) (text *view, more int) {
	l := in.lines()
	block := l.block(value)
	first := l.lineAt(block.from) + 1
	from, to := block.to, block.to
	if first < len(l.starts) {
		from = min(l.starts[first], block.to)
	}
	margin := l.textMargin(key, first, block.to)
	begun := false
	for i := first; i < len(l.starts) && l.starts[i] < block.to; i++ {
		own := l.line(i)
		own = own[min(margin, len(bytes.TrimRight(own, lineBreaks))):]
		isMarked := isMarker(own, "---") || isMarker(own, "...")
		switch {
		case isMarked && !begun:
			from = l.starts[i] + len(l.line(i))
		case isMarked:
			to = min(to, l.starts[i])
		case to == block.to:
			begun = begun || isContent(own)
		case more == 0 && isContent(own):
			more = l.lineAt(to) + 1
		}
	}
	shift := in.from - in.blank
	text = newView(in.file, from+shift, to+shift)
	text.margin = margin
	return text, more
}

// textMargin returns how far the lines of a block of text are indented, as its header or its first line says.
func (l *lines) textMargin(key *yaml.Node, first, end int) int {
	header := l.line(first - 1)
	if i := bytes.LastIndexAny(header, "|>"); i >= 0 {
		for _, c := range header[i+1:] {
			if c >= '1' && c <= '9' {
				return key.Column - 1 + int(c-'0')
			}
		}
	}
	for i := first; i < len(l.starts) && l.starts[i] < end; i++ {
		if line := l.line(i); len(bytes.TrimSpace(line)) > 0 {
			return len(line) - len(bytes.TrimLeft(line, " "))
		}
	}
	return 0
}
