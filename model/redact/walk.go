package redact

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// findPlaces masks what is secret by its key, place or shape.
func (s *scan) findPlaces() {
	s.shapes()
	p := parser{data: s.data}
	roots, ok := p.parse()
	if !ok {
		s.text(0, len(s.data))
		return
	}
	s.isYAML = true
	p.setNext(roots, len(s.data))
	w := walker{scan: s, byNode: p.byNode, seen: map[visit]bool{}}
	for _, root := range roots {
		w.walk(root, open)
	}
	begin := 0
	for _, e := range p.all {
		s.text(begin, max(begin, e.start)) // an element, and the comments behind it
		begin = max(begin, e.start)
		if e.Kind == yaml.ScalarNode && !e.isMasked {
			w.maskInside(e)
		}
	}
	s.text(begin, len(s.data))
	s.elements = p.all
}

type visit struct {
	node *yaml.Node
	at   place
}

// walker finds the values of secret keys. It follows aliases.
type walker struct {
	*scan
	byNode map[*yaml.Node]*element
	seen   map[visit]bool
}

func (w *walker) walk(e *element, at place) {
	if visited := (visit{e.Node, at}); !w.seen[visited] {
		w.seen[visited] = true
		switch e.Kind {
		case yaml.MappingNode:
			w.walkMapping(e, at)
		case yaml.SequenceNode:
			if at == customSecrets || at == openField {
				at = credentials
			}
			for _, item := range e.children {
				w.value(item, at)
			}
			w.maskArguments(e.children)
		case yaml.AliasNode:
			if target := w.byNode[e.Alias]; target != nil {
				w.value(target, at)
			}
		}
	}
}

func (w *walker) walkMapping(e *element, at place) {
	named, isSecret := w.kind(e)
	for key, value := range pairs(e) {
		w.key(key, at)
		switch {
		case key.Value == "<<":
			w.value(value, at)
		case at == open && strings.EqualFold(key.Value, "value"):
			w.value(value, named)
		case isSecret && (key.Value == "data" || key.Value == "stringData"):
			w.value(value, secret)
		default:
			w.value(value, w.below(at, key.Value))
		}
		if part, ok := secretPart(key.Value, value.text()); ok && value.Kind == yaml.ScalarNode && !value.isMasked {
			w.maskPart(value, part)
		}
	}
}

// kind returns the place of the value in a pair of name and value, and whether the mapping is a Secret.
func (w *walker) kind(e *element) (named place, isSecret bool) {
	for key, value := range pairs(e) {
		switch strings.ToLower(key.Value) {
		case "name", "key":
			named = w.below(open, value.Value)
		case "kind":
			isSecret = value.Value == "Secret"
		}
	}
	return named, isSecret
}

// key masks a key that may be a secret, and what is secret in a key that is a mapping or a sequence.
func (w *walker) key(e *element, at place) {
	if e.Kind != yaml.ScalarNode {
		w.value(e, at)
	} else if at.hidesKey(e.Value) {
		w.maskElement(e)
	}
}

// maskArguments masks the items of a list of arguments that are passwords, such as the one behind --password.
func (w *walker) maskArguments(items []*element) {
	var line []byte
	var starts []int
	for _, item := range items {
		starts = append(starts, len(line))
		if item.Kind == yaml.ScalarNode && !strings.Contains(item.Value, "\n") { // a script is masked by its lines
			line = append(line, strings.ReplaceAll(item.Value, " ", "_")...)
		}
		line = append(line, ' ')
	}
	inner := w.inner(string(line))
	inner.arguments(span{0, len(line)})
	for _, at := range inner.spans { // to the end of the line: only the first item is the password
		i, isStart := slices.BinarySearch(starts, at.start)
		if !isStart {
			i--
		}
		item, from := items[i], at.start-starts[i]
		if !isStart || !strings.HasPrefix(item.Value, "--") {
			w.maskPart(item, span{from, len(item.Value)})
		}
	}
}

// maskPart masks a part of the value of a scalar, or all of it where it is written in another way.
func (w *walker) maskPart(e *element, part span) {
	value := e.text()
	i := bytes.Index(w.data[e.start:e.next], []byte(value))
	if i < 0 || part == (span{0, len(value)}) {
		w.maskElement(e)
		return
	}
	w.mask(e.start+i+part.start, e.start+i+part.end)
}

func pairs(e *element) func(yield func(key, value *element) bool) {
	return func(yield func(key, value *element) bool) {
		for i := 0; i+1 < len(e.children); i += 2 {
			if !yield(e.children[i], e.children[i+1]) {
				return
			}
		}
	}
}

// below is place.below, remembered: files repeat keys.
func (s *scan) below(at place, path string) place {
	key := atKey{at, path}
	if known, ok := s.places[key]; ok {
		return known
	}
	s.places[key] = at.below(path)
	return s.places[key]
}

type atKey struct {
	at   place
	path string
}

// value masks a value if its place is secret, and looks below it.
func (w *walker) value(e *element, at place) {
	isLeaf := e.Kind == yaml.ScalarNode || e.Kind == yaml.AliasNode || at == secret && isFlowList(e)
	if isLeaf && (at == secret || at == credentials || at == customSecrets) {
		w.maskElement(e)
	}
	w.walk(e, at)
}

// isFlowList reports whether an element is written as [a] or {a: b}, without names only: it may be meant as text.
func isFlowList(e *element) bool {
	if e.Style&yaml.FlowStyle == 0 || len(e.children) == 0 {
		return false
	}
	return e.Kind == yaml.SequenceNode || slices.ContainsFunc(e.children, func(c *element) bool {
		return c.isKey && !isName(c.Value)
	})
}

// isPlainWord reports whether a value is not a secret, wherever it is.
func isPlainWord(text string) bool {
	words := []string{"", "true", "false", "null", "~", "yes", "no", "on", "off", "none"}
	return slices.Contains(words, strings.ToLower(text)) || placeholder.MatchString(text)
}

// maskElement masks a value with its anchor and tag, and in a block what is behind it on its line: in "password: a #b" and
// "password: #b" the comment may be meant as a part of the password.
func (w *walker) maskElement(e *element) {
	end, isExact := e.end(w.data)
	if w.isPlainScalar(e, end) {
		return
	}
	e.isMasked = true
	for line := range strings.Lines(e.Value + "\n" + e.text()) {
		w.remember(line)
	}
	switch {
	case !e.inFlow && !e.isKey:
		w.maskBlock(e, end, isExact)
	case isExact:
		w.mask(e.start, end)
	default:
		w.mask(e.start, e.next)
	}
}

// isPlainScalar reports whether an element is a plain word, both as it is read and as it is written up to its end.
func (w *walker) isPlainScalar(e *element, end int) bool {
	return e.Kind == yaml.ScalarNode && isPlainWord(e.Value) && end > e.start &&
		isPlainWord(strings.Trim(string(w.data[e.start:end]), `"'`))
}

// maskBlock masks the lines of a value in a block, up to the next element. It leaves those behind the value that are
// only a comment or signs.
func (w *walker) maskBlock(e *element, end int, isExact bool) {
	for i, line := range splitLines(w.data, e.start, e.next) {
		text := w.data[line.start:line.end]
		isContent := i == 0 && bytes.IndexByte(w.data[e.start:line.start], '\n') < 0 || isExact && line.start < end ||
			e.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 && w.column(line.start) > e.indent
		if isContent || text[0] != '#' && len(bytes.Trim(text, "-.?: ")) > 0 {
			w.mask(line.start, line.end)
		}
	}
}

// column returns how far a byte is from the start of its line.
func (s *scan) column(at int) int { return at - 1 - bytes.LastIndexByte(s.data[:at], '\n') }

// maxDepth is the most texts inside texts that are searched, such as JSON in a string of JSON.
const maxDepth = 4

// maskInside masks what is secret in a scalar whose text is YAML or JSON itself, or is not written as it is read: with
// escapes, in base64, or broken into lines.
func (w *walker) maskInside(e *element) {
	text := e.text()
	isBlock := e.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	i := bytes.Index(w.data[e.start:e.next], []byte(text))
	switch {
	case w.depth >= maxDepth || e.isKey && i >= 0:
	case isBlock && e.Tag != "!!binary":
		begin := e.start + bytes.IndexByte(w.data[e.start:e.next], '\n') + 1
		w.maskNested(splitLines(w.data, begin, e.next))
	case i < 0:
		if w.isSecretInside(text) {
			w.maskElement(e)
		}
	case strings.Contains(text, ": ") || strings.ContainsAny(text, "{[\n"):
		w.maskNested([]span{{e.start + i, e.start + i + len(text)}})
	}
}

// maskNested masks what is secret in lines that are YAML without their indentation, which is that of the first.
func (w *walker) maskNested(lines []span) {
	var text strings.Builder
	starts := make([]int, len(lines)) // of the lines in the nested text
	for i, line := range lines {
		text.WriteString(strings.Repeat(" ", max(0, w.column(line.start)-w.column(lines[0].start))))
		starts[i] = text.Len()
		text.Write(w.data[line.start:line.end])
		text.WriteByte('\n')
	}
	inner := w.inner(text.String())
	inner.findPlaces()
	if !inner.isYAML {
		return // the lines were searched as text
	}
	for _, at := range inner.spans {
		i, isStart := slices.BinarySearch(starts, at.start)
		if !isStart {
			i--
		}
		shift := lines[i].start - starts[i]
		w.spans = append(w.spans, span{at.start + shift, at.end + shift})
	}
	maps.Copy(w.secrets, inner.secrets)
}
