package values

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// text is the first document of a YAML stream: Helm reads no other.
type text struct {
	data     []byte
	plain    bool  // each character is one byte
	lines    []int // where each line starts
	was      []int // the line of the file that each line was or stands behind, from 1
	root     *yaml.Node
	end      int                // where the first document ends
	eol      string             // as the file ends its lines
	repeated map[*yaml.Node]int // what aliases repeat, and the line of the last that does
}

const (
	scalar        = yaml.ScalarNode
	byteOrderMark = "\uFEFF"
	lineBreaks    = "\r\n\u0085\u2028\u2029"
)

// read finds lines and nodes.
func read(data []byte) (*text, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	t := &text{data: data, plain: utf8.RuneCount(data) == len(data), lines: lineStarts(data), eol: "\n",
		root: &yaml.Node{}, repeated: map[*yaml.Node]int{}}
	if len(document.Content) > 0 {
		t.root = document.Content[0]
	}
	if bytes.HasSuffix(t.line(0), []byte("\r\n")) {
		t.eol = "\r\n"
	}
	t.end = t.documentEnd()
	t.findAliases(t.root)
	return t, nil
}

func (t *text) findAliases(n *yaml.Node) {
	if n.Kind == yaml.AliasNode {
		t.repeated[n.Alias] = n.Line
		return
	}
	for _, child := range n.Content {
		t.findAliases(child)
	}
}

// lineStarts is where lines start for YAML: behind a line feed, a carriage return or both, and behind three that only
// Unicode knows (https://yaml.org/spec/1.1/#id871136). A byte order mark is no part of the first line.
func lineStarts(data []byte) []int {
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

// documentEnd is where a line --- or ... ends the first document. One --- may begin it.
func (t *text) documentEnd() int {
	begun := false
	for i, start := range t.lines {
		line := t.line(i)
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
	return len(t.data)
}

func isMarker(line []byte, marker string) bool {
	rest, ok := bytes.CutPrefix(line, []byte(marker))
	return ok && (len(rest) == 0 || strings.IndexByte(" \t\r\n", rest[0]) >= 0)
}

// line is a line with its end; i counts from 0.
func (t *text) line(i int) []byte {
	end := len(t.data)
	if i+1 < len(t.lines) {
		end = t.lines[i+1]
	}
	return t.data[t.lines[i]:end]
}

// lineAt is the line that a byte is on, from 0.
func (t *text) lineAt(offset int) int {
	i, found := slices.BinarySearch(t.lines, offset)
	if found {
		return i
	}
	return max(0, i-1)
}

// lineEnd is where the line that a byte is on ends, without its line end.
func (t *text) lineEnd(offset int) int {
	i := t.lineAt(offset)
	return t.lines[i] + len(bytes.TrimRight(t.line(i), lineBreaks))
}

// offset is where a node starts. Columns count characters.
func (t *text) offset(n *yaml.Node) int {
	at := t.lines[n.Line-1]
	if t.plain {
		return at + n.Column - 1
	}
	for range n.Column - 1 {
		_, size := utf8.DecodeRune(t.data[at:])
		at += size
	}
	return at
}
