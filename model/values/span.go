package values

import (
	"bytes"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

// content is where a node's value starts: behind its mark and type.
func (t *text) content(n *yaml.Node) int {
	at := t.offset(n)
	for at < len(t.data) && (t.data[at] == '&' || t.data[at] == '!') {
		for at < len(t.data) && strings.IndexByte(" \t\r\n,]}", t.data[at]) < 0 {
			at++
		}
		at = t.skip(at, "")
	}
	return at
}

// inlineEnd is where a value ends that is no block of text and does not stand in lines.
func (t *text) inlineEnd(n *yaml.Node) (int, *refused) {
	at := t.content(n)
	switch {
	case n.Kind == yaml.AliasNode:
		return at + len("*") + len(n.Value), nil
	case n.Kind != scalar:
		return t.flowEnd(n, at)
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return t.quoteEnd(n, at, '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return t.quoteEnd(n, at, '\'')
	}
	return t.plainEnd(n, at)
}

// quoteEnd is behind the closing quote of the text that begins at a byte. What follows the escape is text.
func (t *text) quoteEnd(n *yaml.Node, at int, escape byte) (int, *refused) {
	quote := t.data[at]
	for i := at + 1; i < len(t.data); i++ {
		switch c := t.data[i]; {
		case c == escape && (c != quote || i+1 < len(t.data) && t.data[i+1] == quote):
			i++
		case c == quote:
			return i + 1, nil
		}
	}
	return 0, unsure(n.Line)
}

// plainEnd is behind the words of a text without quotes, which may run over several lines.
func (t *text) plainEnd(n *yaml.Node, at int) (int, *refused) {
	isSpace := func(r rune) bool { return strings.ContainsRune(" \t"+lineBreaks, r) }
	for word := range strings.FieldsFuncSeq(n.Value, isSpace) {
		start := len(t.data) - len(bytes.TrimLeftFunc(t.data[at:], isSpace))
		if !bytes.HasPrefix(t.data[start:], []byte(word)) {
			return 0, unsure(n.Line)
		}
		at = start + len(word)
	}
	return at, nil
}

// flowEnd is behind the closing bracket of a table or list.
func (t *text) flowEnd(n *yaml.Node, at int) (int, *refused) {
	closing := byte(']')
	end, err := at+1, (*refused)(nil)
	if count := len(n.Content); n.Kind == yaml.MappingNode {
		closing = '}'
		if count > 0 {
			end, err = t.entryEnd(n.Content[count-2], n.Content[count-1])
		}
		if t.data[at] != '{' { // the one pair of [key: value]
			return end, err
		}
	} else if count > 0 {
		end, err = t.inlineEnd(n.Content[count-1])
	}
	if err != nil {
		return 0, err
	}
	if end = t.skip(end, ","); end < len(t.data) && t.data[end] == closing {
		return end + 1, nil
	}
	return 0, unsure(n.Line)
}

// entryEnd is where an entry of a table in braces ends.
func (t *text) entryEnd(key, value *yaml.Node) (int, *refused) {
	if !isNothing(value) {
		return t.inlineEnd(value)
	}
	end, err := t.inlineEnd(key)
	if colon := t.skip(end, ""); err == nil && colon < len(t.data) && t.data[colon] == ':' {
		return colon + 1, nil
	}
	return end, err
}

// keyEnd is behind the colon of a key, on the key's line.
func (t *text) keyEnd(key *yaml.Node) (int, *refused) {
	end, err := t.inlineEnd(key)
	if err != nil {
		return 0, err
	}
	rest := bytes.TrimLeft(t.data[end:], " \t")
	if !bytes.HasPrefix(rest, []byte(":")) {
		return 0, &refused{line: key.Line, why: "the key has no colon behind it", fix: "write it as key: value"}
	}
	return len(t.data) - len(rest) + 1, nil
}

// skip passes white space, comments and some more characters.
func (t *text) skip(at int, more string) int {
	for at < len(t.data) {
		switch c := t.data[at]; {
		case strings.IndexByte(" \t\r\n"+more, c) >= 0:
			at++
		case c == '#':
			at = t.lineEnd(at)
		default:
			return at
		}
	}
	return at
}

// lastLine is the last line of an entry of a table in lines, from 0; indent is that of its key. Comments that are more
// indented belong to it.
func (t *text) lastLine(key, value *yaml.Node, indent int) (int, *refused) {
	leaf := lastLeaf(value)
	last := max(key.Line, leaf.Line) - 1
	if !isText(leaf) && !isNothing(leaf) {
		end, err := t.inlineEnd(leaf)
		if err != nil {
			return 0, err
		}
		last = sort.SearchInts(t.lines, end) - 1
	}
	blankToo := isText(leaf) && strings.Trim(leaf.Value[max(0, len(leaf.Value)-2):], "\n") == ""
	for i := last + 1; i < len(t.lines) && t.lines[i] < t.end; i++ {
		line := t.line(i)
		blank := len(bytes.TrimSpace(line)) == 0
		if !blank && len(line)-len(bytes.TrimLeft(line, " ")) <= indent {
			break
		}
		if !blank || blankToo {
			last = i
		}
	}
	return last, nil
}

// lastLeaf is the last value of a table or list in lines that is none itself.
func lastLeaf(n *yaml.Node) *yaml.Node {
	for isLines(n) && len(n.Content) > 0 {
		n = n.Content[len(n.Content)-1]
	}
	return n
}
