package redact

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/values"
)

// element is a YAML node and where it is in the text.
type element struct {
	*yaml.Node
	start    int // of its anchor or tag, if it has one
	next     int // where the next node that is not below it starts
	isKey    bool
	inFlow   bool // in braces or brackets
	indent   int  // the column of the mapping or sequence that holds it
	children []*element
	isMasked bool
}

// text returns the value of a scalar as a program reads it: !!binary is decoded.
func (e *element) text() string {
	if e.Tag == "!!binary" {
		if decoded, err := base64.StdEncoding.DecodeString(e.Value); err == nil {
			return string(decoded)
		}
	}
	return e.Value
}

// toUTF8 returns text as UTF-8. YAML with the byte order mark of UTF-16 is UTF-16.
func toUTF8(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return data
	}
	var units []uint16
	for i := 2; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return []byte(string(utf16.Decode(units)))
}

// parser collects the elements of all documents of a text.
type parser struct {
	data   []byte
	starts []int      // of the lines
	all    []*element // in the order of the text
	byNode map[*yaml.Node]*element
}

// parse returns the top of each document; false when the text is not YAML.
func (p *parser) parse() (roots []*element, ok bool) {
	if !utf8.Valid(p.data) || bytes.IndexByte(p.data, 0) >= 0 {
		return nil, false
	}
	p.starts, p.byNode = values.LineStarts(p.data), map[*yaml.Node]*element{}
	decoder := yaml.NewDecoder(bytes.NewReader(p.data))
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return roots, true
		}
		if err != nil {
			return nil, false
		}
		for _, root := range document.Content {
			roots = append(roots, p.add(root, nil))
		}
	}
}

// add adds a node and all below it.
func (p *parser) add(n *yaml.Node, parent *element) *element {
	e := &element{Node: n, start: p.offset(n), indent: -1}
	if parent != nil {
		e.indent = parent.Column - 1
		e.inFlow = parent.inFlow || parent.Style&yaml.FlowStyle != 0
		e.isKey = parent.Kind == yaml.MappingNode && len(parent.children)%2 == 0
	}
	p.all, p.byNode[n] = append(p.all, e), e
	for _, child := range n.Content {
		e.children = append(e.children, p.add(child, e))
	}
	return e
}

// setNext sets where the element behind each one starts.
func (p *parser) setNext(siblings []*element, end int) {
	for i, e := range siblings {
		e.next = end
		if i+1 < len(siblings) {
			e.next = siblings[i+1].start
		}
		e.next = max(e.next, e.start)
		p.setNext(e.children, e.next)
	}
}

// offset returns where a node starts. Columns count characters.
func (p *parser) offset(n *yaml.Node) int {
	at := p.starts[min(n.Line-1, len(p.starts)-1)]
	for range n.Column - 1 {
		if at >= len(p.data) {
			break
		}
		_, size := utf8.DecodeRune(p.data[at:])
		at += size
	}
	return min(at, len(p.data))
}

// end returns where a scalar or an alias ends, behind its anchor and tag; false where only its next is known, as for text
// of several lines.
func (e *element) end(data []byte) (int, bool) {
	at := e.start
	for at < e.next && (data[at] == '&' || data[at] == '!') {
		word := bytes.IndexAny(data[at:e.next], " \t\r\n,]}")
		if word < 0 {
			return e.next, true
		}
		at += word
		at += len(data[at:e.next]) - len(bytes.TrimLeft(data[at:e.next], " \t"))
	}
	text := data[at:e.next]
	switch {
	case e.Style&yaml.DoubleQuotedStyle != 0:
		return closing(text, '"', at)
	case e.Style&yaml.SingleQuotedStyle != 0:
		return closing(text, '\'', at)
	case e.Kind == yaml.AliasNode:
		return at + 1 + len(e.Value), bytes.HasPrefix(text, []byte("*"+e.Value))
	case e.Kind == yaml.ScalarNode && e.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0:
		return at + len(e.Value), bytes.HasPrefix(text, []byte(e.Value)) && !strings.Contains(e.Value, "\n")
	}
	return e.next, false
}

// closing returns the position behind the closing quote of a text that begins at at.
func closing(text []byte, quote byte, at int) (int, bool) {
	if len(text) == 0 || text[0] != quote {
		return 0, false
	}
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"', text[i] == quote && quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return at + i + 1, true
		}
	}
	return 0, false
}
