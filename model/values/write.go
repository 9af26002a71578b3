package values

import (
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

// needsLines tells whether a new value can only stand in lines of its own.
func needsLines(value string) bool {
	var parsed yamlv3.Node
	err := yamlv3.Unmarshal([]byte(value), &parsed)
	return err == nil && len(parsed.Content) > 0 && isLines(parsed.Content[0])
}

// inline is a new value on one line.
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

// flowEntry is a new key, and the tables around it, within braces.
func flowEntry(missing []string, value string) string {
	var out strings.Builder
	for i, key := range missing {
		if i > 0 {
			out.WriteByte('{')
		}
		out.WriteString(Word(key) + ": ")
	}
	return out.String() + inline(value) + strings.Repeat("}", len(missing)-1)
}

// entry is the lines of a new key and the tables around it, each with its line end.
func (t *text) entry(missing []string, c Change, indent int) string {
	var out strings.Builder
	for i, key := range missing {
		pad := strings.Repeat(" ", indent+i*t.step())
		if i < len(missing)-1 {
			out.WriteString(pad + Word(key) + ":" + t.eol)
			continue
		}
		for line := range strings.Lines(c.Comment) {
			out.WriteString(pad + strings.TrimSpace("# "+strings.TrimSpace(line)) + t.eol)
		}
		out.WriteString(pad + Word(key) + ":" + t.value(c.Value, indent+i*t.step()) + t.eol)
	}
	return out.String()
}

// value is what stands behind the colon of a key of an indentation, without the last line end.
func (t *text) value(value string, indent int) string {
	if !needsLines(value) {
		return strings.TrimRight(" "+inline(value), " ")
	}
	var out strings.Builder
	for line := range strings.Lines(strings.TrimRight(value, "\r\n")) {
		out.WriteString(t.eol + strings.Repeat(" ", indent+t.step()) + strings.TrimRight(line, "\r\n"))
	}
	return out.String()
}

// step is how far the file indents a table's keys: as its first table does, or 2.
func (t *text) step() int {
	for i := 0; i+1 < len(t.root.Content); i += 2 {
		key, value := t.root.Content[i], t.root.Content[i+1]
		if value.Kind == yamlv3.MappingNode && isLines(value) && len(value.Content) > 0 && value.Content[0].Line > key.Line {
			return max(1, value.Content[0].Column-key.Column)
		}
	}
	return 2
}
