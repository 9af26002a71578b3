package values

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// lines is the first document of a file for editing: its bytes, lines and nodes.
type lines struct {
	data     []byte
	ascii    bool  // each character is one byte
	starts   []int // where each line starts
	was      []int // the line of the user's file, from 1, that each line was or stands behind; nil before any edit
	root     *yaml.Node
	end      int                // where the first document ends
	top      int                // the first line of the values, from 0
	margin   int                // columns that every line is indented by
	eol      string             // as the file ends its lines
	repeated map[*yaml.Node]int // what aliases repeat, and the line of the last alias
}

const (
	byteOrderMark = "\uFEFF"
	lineBreaks    = "\r\n\u0085\u2028\u2029"
)

// newLines returns the lines of data, whose first document has that root.
func newLines(data []byte, root *yaml.Node) *lines {
	l := &lines{data: data, ascii: utf8.RuneCount(data) == len(data), starts: LineStarts(data), eol: "\n", root: root,
		repeated: map[*yaml.Node]int{}}
	if bytes.HasSuffix(l.line(0), []byte("\r\n")) {
		l.eol = "\r\n"
	}
	l.end = l.documentEnd()
	l.findAliases(root)
	return l
}

func (l *lines) findAliases(n *yaml.Node) {
	if n.Kind == yaml.AliasNode {
		l.repeated[n.Alias] = n.Line
		return
	}
	for _, child := range n.Content {
		l.findAliases(child)
	}
}

// LineStarts returns where lines start for YAML: after a line feed, a carriage return or both, and after three line
// breaks of Unicode (https://yaml.org/spec/1.1/#id871136). A byte order mark is not part of the first line.
func LineStarts(data []byte) []int {
	starts := []int{0}
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		starts[0] = len(byteOrderMark)
	}
	for at := 0; at < len(data); at++ {
		switch data[at] {
		case '\r':
			if at+1 < len(data) && data[at+1] == '\n' {
				at++
			}
		case '\n':
		case 0xC2, 0xE2: // the first byte of the three
			r, size := utf8.DecodeRune(data[at:])
			if !strings.ContainsRune(lineBreaks, r) {
				continue
			}
			at += size - 1
		default:
			continue
		}
		starts = append(starts, at+1)
	}
	return starts
}

// documentEnd returns where a line --- or ... ends the first document. One --- may begin it.
func (l *lines) documentEnd() int {
	begun := false
	for i, start := range l.starts {
		line := l.line(i)
		opens, closes := isMarker(line, "---"), isMarker(line, "...")
		switch content := bytes.TrimSpace(line); {
		case begun && (opens || closes):
			return start
		case opens:
			begun = true
		case !closes && len(content) > 0 && content[0] != '#' && line[0] != '%':
			begun = true
		}
	}
	return len(l.data)
}

// secondDocument returns the line, from 1, that ends the first document when another one with content follows; 0 when
// none does.
func (l *lines) secondDocument() int {
	if l.end == len(l.data) {
		return 0
	}
	first := l.lineAt(l.end)
	for i := first; i < len(l.starts); i++ {
		line := bytes.TrimSpace(l.line(i))
		if isMarker(line, "---") || isMarker(line, "...") {
			line = bytes.TrimSpace(line[len("---"):])
		}
		if len(line) > 0 && line[0] != '#' {
			return first + 1
		}
	}
	return 0
}

func isMarker(line []byte, marker string) bool {
	rest, ok := bytes.CutPrefix(line, []byte(marker))
	return ok && (len(rest) == 0 || strings.IndexByte(" \t\r\n", rest[0]) >= 0)
}

// line returns a line with its line break; i counts from 0.
func (l *lines) line(i int) []byte {
	end := len(l.data)
	if i+1 < len(l.starts) {
		end = l.starts[i+1]
	}
	return l.data[l.starts[i]:end]
}

// lineAt returns the line that a byte is on, from 0.
func (l *lines) lineAt(offset int) int {
	i, found := slices.BinarySearch(l.starts, offset)
	if found {
		return i
	}
	return max(0, i-1)
}

// lineEnd returns where the line that a byte is on ends, before its line break.
func (l *lines) lineEnd(offset int) int {
	i := l.lineAt(offset)
	return l.starts[i] + len(bytes.TrimRight(l.line(i), lineBreaks))
}

// offset returns where a node starts. Columns count characters.
func (l *lines) offset(n *yaml.Node) int {
	at := l.starts[n.Line-1]
	if l.ascii {
		return at + n.Column - 1
	}
	for range n.Column - 1 {
		_, size := utf8.DecodeRune(l.data[at:])
		at += size
	}
	return at
}
