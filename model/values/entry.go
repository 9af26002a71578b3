package values

import (
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

// needsLines reports whether a new value needs lines of its own.
func needsLines(value string) bool {
	var parsed yamlv3.Node
	err := yamlv3.Unmarshal([]byte(value), &parsed)
	return err == nil && len(parsed.Content) > 0 && isLines(parsed.Content[0])
}

// inline returns a new value on one line.
func inline(value string) string {
	value = strings.TrimSpace(value)
	if !needsLines(value) && !strings.Contains(value, "\n") {
		return value
	}
	json, err := yaml.YAMLToJSON([]byte(value)) // JSON is YAML too
	if err != nil {
		return value
	}
	return string(json)
}

// flowEntry returns a new key, and the mappings around it, for a mapping in braces.
func flowEntry(missing []string, value string) string {
	var out strings.Builder
	for i, key := range missing {
		if i > 0 {
			out.WriteByte('{')
		}
		out.WriteString(QuoteIfNeeded(key) + ": ")
	}
	return out.String() + inline(value) + strings.Repeat("}", len(missing)-1)
}

// entry returns the lines of a new key and the mappings around it, each with its line break.
func (l *lines) entry(missing []string, c Change, indent int) string {
	var out strings.Builder
	for i, key := range missing {
		pad := strings.Repeat(" ", indent+i*l.step())
		if i < len(missing)-1 {
			out.WriteString(pad + QuoteIfNeeded(key) + ":" + l.eol)
			continue
		}
		out.WriteString(commentLines(c.Comment, pad, l.eol))
		out.WriteString(pad + QuoteIfNeeded(key) + ":" + l.value(c.Value, indent+i*l.step()) + l.eol)
	}
	return out.String()
}

// value returns what follows the colon of a key of that indentation, without the last line break.
func (l *lines) value(value string, indent int) string {
	if !needsLines(value) {
		return strings.TrimRight(" "+inline(value), " ")
	}
	var out strings.Builder
	for line := range strings.Lines(strings.TrimRight(value, "\r\n")) {
		out.WriteString(l.eol + strings.Repeat(" ", indent+l.step()) + strings.TrimRight(line, "\r\n"))
	}
	return out.String()
}

// step returns how far the file indents the keys of a mapping: as its first mapping does, or 2.
func (l *lines) step() int {
	for i := 0; i+1 < len(l.root.Content); i += 2 {
		key, value := l.root.Content[i], l.root.Content[i+1]
		if value.Kind == yamlv3.MappingNode && isLines(value) && len(value.Content) > 0 && value.Content[0].Line > key.Line {
			return max(1, value.Content[0].Column-key.Column)
		}
	}
	return 2
}
