package values

import (
	"bytes"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

// content returns where a node's value starts: after its anchor and tag.
func (l *lines) content(n *yaml.Node) int {
	at := l.offset(n)
	for at < len(l.data) && (l.data[at] == '&' || l.data[at] == '!') {
		for at < len(l.data) && strings.IndexByte(" \t\r\n,]}", l.data[at]) < 0 {
			at++
		}
		at = l.skip(at, "")
	}
	return at
}

// inlineEnd returns where a value ends that is neither a block of text nor a mapping or list in lines.
func (l *lines) inlineEnd(n *yaml.Node) (int, *refused) {
	at := l.content(n)
	switch {
	case n.Kind == yaml.AliasNode:
		return at + len("*") + len(n.Value), nil
	case n.Kind != yaml.ScalarNode:
		return l.flowEnd(n, at)
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return l.quoteEnd(n, at, '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return l.quoteEnd(n, at, '\'')
	}
	return l.plainEnd(n, at)
}

// quoteEnd returns the end of the quoted text that begins at a byte. What follows the escape is text.
func (l *lines) quoteEnd(n *yaml.Node, at int, escape byte) (int, *refused) {
	quote := l.data[at]
	for i := at + 1; i < len(l.data); i++ {
		switch c := l.data[i]; {
		case c == escape && (c != quote || i+1 < len(l.data) && l.data[i+1] == quote):
			i++
		case c == quote:
			return i + 1, nil
		}
	}
	return 0, unverified(n.Line)
}

// plainEnd returns the end of a text without quotes, which may have several lines.
func (l *lines) plainEnd(n *yaml.Node, at int) (int, *refused) {
	isSpace := func(r rune) bool { return strings.ContainsRune(" \t"+lineBreaks, r) }
	for word := range strings.FieldsFuncSeq(n.Value, isSpace) {
		start := len(l.data) - len(bytes.TrimLeftFunc(l.data[at:], isSpace))
		if !bytes.HasPrefix(l.data[start:], []byte(word)) {
			return 0, unverified(n.Line)
		}
		at = start + len(word)
	}
	return at, nil
}

// flowEnd returns the end of a mapping or list in brackets.
func (l *lines) flowEnd(n *yaml.Node, at int) (int, *refused) {
	closing := byte(']')
	end, err := at+1, (*refused)(nil)
	if count := len(n.Content); n.Kind == yaml.MappingNode {
		closing = '}'
		if count > 0 {
			end, err = l.entryEnd(n.Content[count-2], n.Content[count-1])
		}
		if l.data[at] != '{' { // the one pair of [key: value]
			return end, err
		}
	} else if count > 0 {
		end, err = l.inlineEnd(n.Content[count-1])
	}
	if err != nil {
		return 0, err
	}
	if end = l.skip(end, ","); end < len(l.data) && l.data[end] == closing {
		return end + 1, nil
	}
	return 0, unverified(n.Line)
}

// entryEnd returns the end of an entry of a mapping in braces.
func (l *lines) entryEnd(key, value *yaml.Node) (int, *refused) {
	if !isNothing(value) {
		return l.inlineEnd(value)
	}
	end, err := l.inlineEnd(key)
	if colon := l.skip(end, ""); err == nil && colon < len(l.data) && l.data[colon] == ':' {
		return colon + 1, nil
	}
	return end, err
}

// keyEnd returns the end of a key's colon, on the key's line.
func (l *lines) keyEnd(key *yaml.Node) (int, *refused) {
	end, err := l.inlineEnd(key)
	if err != nil {
		return 0, err
	}
	rest := bytes.TrimLeft(l.data[end:], " \t")
	if !bytes.HasPrefix(rest, []byte(":")) {
		return 0, &refused{line: key.Line, why: "the key has no colon after it", fix: "write it as key: value"}
	}
	return len(l.data) - len(rest) + 1, nil
}

// skip returns the first byte that is not white space, a comment or one of more.
func (l *lines) skip(at int, more string) int {
	for at < len(l.data) {
		switch c := l.data[at]; {
		case strings.IndexByte(" \t\r\n"+more, c) >= 0:
			at++
		case c == '#':
			at = l.lineEnd(at)
		default:
			return at
		}
	}
	return at
}

// lastLine returns the last line, from 0, of an entry of a mapping in lines, whose key has that indentation. Comments that
// are indented deeper belong to it.
func (l *lines) lastLine(key, value *yaml.Node, indent int) (int, *refused) {
	leaf := lastLeaf(value)
	// the parser places the missing value of "? key" on the line behind the last one
	last := min(max(key.Line, leaf.Line), len(l.starts)) - 1
	if !isText(leaf) && !isNothing(leaf) {
		end, err := l.inlineEnd(leaf)
		if err != nil {
			return 0, err
		}
		last = sort.SearchInts(l.starts, end) - 1
	}
	blankToo := isText(leaf) && strings.Trim(leaf.Value[max(0, len(leaf.Value)-2):], "\n") == ""
	for i := last + 1; i < len(l.starts) && l.starts[i] < l.end; i++ {
		line := l.line(i)
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

// lastLeaf returns the last value in a mapping or list in lines.
func lastLeaf(n *yaml.Node) *yaml.Node {
	for isLines(n) && len(n.Content) > 0 {
		n = n.Content[len(n.Content)-1]
	}
	return n
}
