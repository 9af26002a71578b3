package values

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// rename replaces a key.
func (l *lines) rename(at place, to string) (splice, *refused) {
	parent := at.parent()
	if at.key == nil || len(at.missing) > 0 {
		return splice{}, &refused{why: "there is no such key", fix: "rename a key that is there"}
	}
	if strings.ContainsAny(to, ".[") {
		return splice{}, &refused{line: at.key.Line, why: "no path can name a key with a dot or a bracket",
			fix: byHand}
	}
	for i := 0; i < len(parent.Content); i += 2 {
		if other := parent.Content[i]; isKey(other, to) {
			return splice{}, &refused{line: other.Line, why: to + " is there already", fix: "remove one of them by hand"}
		}
	}
	if err := checkOnce(parent, at.key); err != nil {
		return splice{}, err
	}
	if err := checkOwn(at.key); err != nil {
		return splice{}, err
	}
	end, err := l.inlineEnd(at.key)
	return splice{from: l.offset(at.key), to: end, text: QuoteIfNeeded(to), mapping: parent}, err
}

// checkOnce refuses a key that its mapping has twice: the other would come into effect.
func checkOnce(mapping, key *yaml.Node) *refused {
	for i := 0; i < len(mapping.Content); i += 2 {
		if other := mapping.Content[i]; other != key && isKey(other, KeyName(key)) {
			return &refused{line: other.Line, why: "the key is there twice", fix: "remove one of them by hand"}
		}
	}
	return nil
}

// checkSpelledOnce refuses a key that its mapping has in two spellings, such as 0x0 and "0": either may come into effect.
func checkSpelledOnce(mapping, key *yaml.Node) *refused {
	if key == nil {
		return nil
	}
	for i := 0; i < len(mapping.Content); i += 2 {
		other := mapping.Content[i]
		if isKey(other, KeyName(key)) && (other.Value != key.Value || other.Tag != key.Tag) {
			return checkOnce(mapping, key)
		}
	}
	return nil
}

// replace replaces a value.
func (l *lines) replace(at place, value string) (splice, *refused) {
	if err := checkOwn(at.value); err != nil {
		return splice{}, err
	}
	if marked := l.marked(at.value); marked != nil {
		return splice{}, l.checkUnrepeated(marked)
	}
	parent := at.parent()
	if err := checkSpelledOnce(parent, at.key); err != nil {
		return splice{}, err
	}
	if !needsLines(value) && !isLines(at.value) || isFlow(parent) {
		return l.setInline(at, inline(value), nil)
	}
	if at.key == nil {
		return splice{}, &refused{line: at.value.Line, why: "a list item cannot become a value of several lines", fix: byHand}
	}
	return l.setLines(at, l.value(value, at.key.Column-1), nil)
}

// marked returns a node, or one below, that aliases repeat; nil when there is none.
func (l *lines) marked(n *yaml.Node) *yaml.Node {
	if l.repeated[n] > 0 {
		return n
	}
	for _, child := range n.Content {
		if marked := l.marked(child); marked != nil {
			return marked
		}
	}
	return nil
}

// setInline puts a value on the line of the old one. Table is the one whose keys change, if any.
func (l *lines) setInline(at place, value string, mapping any) (splice, *refused) {
	s := splice{text: value, mapping: mapping}
	var err *refused
	switch {
	case !isNothing(at.value):
		s.from = l.offset(at.value)
		s.to, err = l.inlineEnd(at.value)
	case at.key == nil:
		err = &refused{line: at.value.Line, why: "the list item is empty", fix: byHand}
	default:
		s.from, err = l.keyEnd(at.key)
		s.to, s.text = s.from, " "+value
	}
	return s, err
}

// setLines replaces what follows a key's colon; a comment on the key's line stays there.
func (l *lines) setLines(at place, value string, mapping any) (splice, *refused) {
	from, err := l.keyEnd(at.key)
	if err != nil {
		return splice{}, err
	}
	s := splice{from: from, to: l.lineEnd(from), mapping: mapping}
	kept := l.data[from:s.to]
	switch v := at.value; {
	case isLines(v):
		last, err := l.lastLine(at.key, v, at.key.Column-1)
		if err != nil {
			return splice{}, err
		}
		s.to = l.lineEnd(l.starts[last])
	case !isNothing(v):
		end, err := l.inlineEnd(v)
		if err != nil {
			return splice{}, err
		}
		if v.Line != at.key.Line {
			return splice{}, &refused{line: v.Line, why: "the value is on another line than its key", fix: byHand}
		}
		s.to = l.lineEnd(end)
		kept = l.data[end:s.to]
	}
	comment := strings.TrimRight(string(kept), " \t")
	if s.text = comment + value; !strings.HasPrefix(value, l.eol) {
		s.text = value + comment
	}
	return s, nil
}
