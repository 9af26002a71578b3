package values

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Comment is one comment of a file.
type Comment struct {
	Line int    // from 1
	Text string // from its #
}

// Comments returns the comments of the values, in order; none for a file that cannot be parsed.
func (f *File) Comments() []Comment {
	var out []Comment
	for _, b := range f.blocks {
		if b.fixed != nil {
			continue
		}
		l := b.view.lines()
		from, to := l.starts[0], l.end
		if b.path != "" {
			key, value := followPath(l.root, b.path)
			if value == nil || key == nil {
				continue
			}
			last, err := l.lastLine(key, value, key.Column-1)
			if err != nil {
				continue
			}
			from, to = l.offset(key), l.starts[last]+len(l.line(last))
		}
		out = append(out, l.comments(from, to)...)
	}
	return out
}

// comments returns the comments between two bytes. A # begins one at the start of a line or after a space, outside of
// text.
func (l *lines) comments(from, to int) []Comment {
	var out []Comment
	texts := l.texts()
	for at := from; at < to; at++ {
		i := bytes.IndexByte(l.data[at:to], '#')
		if i < 0 {
			break
		}
		at += i
		line := l.lineAt(at)
		isOutside := !slices.ContainsFunc(texts, func(t span) bool { return t.from <= at && at < t.to })
		if isOutside && (at == l.starts[line] || strings.IndexByte(" \t", l.data[at-1]) >= 0) {
			end := l.lineEnd(at)
			out = append(out, Comment{line + 1, strings.TrimRight(string(l.data[at:end]), " \t")})
			at = end
		}
	}
	return out
}

// texts returns where the keys and values are that can hold a # of their own.
func (l *lines) texts() []span {
	var out []span
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		for _, child := range n.Content {
			walk(child)
		}
		if n.Kind != yaml.ScalarNode || !strings.Contains(n.Value, "#") {
			return
		}
		if isText(n) {
			out = append(out, l.block(n))
		} else if end, err := l.inlineEnd(n); err == nil {
			out = append(out, span{l.offset(n), end})
		}
	}
	walk(l.root)
	return out
}

// block returns the lines of a block of text, without its first line: those that are indented at least as its first
// one with text.
func (l *lines) block(n *yaml.Node) span {
	last, indent := n.Line-1, 0
	for i := n.Line; i < len(l.starts); i++ {
		line := l.line(i)
		isBlank := len(bytes.TrimSpace(line)) == 0
		own := len(line) - len(bytes.TrimLeft(line, " "))
		if !isBlank && indent == 0 {
			indent = own
		}
		if !isBlank && own < indent {
			break
		}
		last = i
	}
	return span{l.lineEnd(l.starts[n.Line-1]), l.starts[last] + len(l.line(last))}
}
