package chart

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

// maxSize is the most bytes of a values file. Helm keeps values in a Secret of 1 MiB (compressed); what is far beyond
// is another file.
const maxSize = 8 << 20

// ParseError says that a values file is not YAML as Helm reads it.
type ParseError struct {
	File   string
	Line   int // 1-based; 0 is unknown
	Reason string
}

// Error is file, line, what is wrong, and how to mend it.
func (e *ParseError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
	}
	return e.File + ": " + e.Reason
}

// parse reads the first document of a source. Nothing at all is no values.
func parse(source Source) (map[string]any, error) {
	if len(source.Data) > maxSize {
		return nil, &ParseError{File: source.Name, Reason: fmt.Sprintf("%d MiB are too much for a values file, "+
			"the limit is %d MiB: is it the right file?", len(source.Data)>>20, maxSize>>20)}
	}
	tree := map[string]any{}
	if err := yaml.Unmarshal(source.Data, &tree); err != nil {
		return nil, explain(source, err)
	}
	return tree, nil
}

// explain finds the line of a YAML error and adds what mends it.
func explain(source Source, err error) *ParseError {
	out := &ParseError{File: source.Name, Reason: err.Error()}
	if m := regexp.MustCompile(`line (\d+): `).FindStringSubmatch(out.Reason); m != nil {
		out.Line, _ = strconv.Atoi(m[1])
		_, out.Reason, _ = strings.Cut(out.Reason, m[0])
	}
	for _, noise := range []string{"error converting YAML to JSON: ", "error unmarshaling JSON: ",
		"while decoding JSON: ", "yaml: "} {
		out.Reason = strings.Replace(out.Reason, noise, "", 1)
	}
	switch {
	case strings.Contains(out.Reason, "cannot unmarshal"):
		out.Reason, out.Line = notATable(source, out.Reason)
	case strings.Contains(out.Reason, "unsupported value"):
		out.Reason, out.Line = infinite(source)
	case strings.Contains(line(source, out.Line), "{{"):
		out.Reason += ": quote a value that begins with {{, for example tag: \"{{ … }}\"; Helm fills no templates in values"
	default:
		out.Reason += remedy(out.Reason)
	}
	return out
}

func remedy(reason string) string {
	for _, r := range []struct{ sign, remedy string }{
		{"cannot start any token", ": indent with spaces, not tabs, and quote a value that begins with @, ` or %"},
		{"mapping values are not allowed", ": quote a value that holds a colon and a space, or check the indentation, " +
			`for example tag: "5.2.42"`},
		{"did not find expected", ": check the indentation, brackets and quotes here and in the line before"},
		{"could not find expected ':'", `: a key is followed by a colon and a space, for example tag: "5.2.42"`},
		{"excessive aliasing", ": write the values out instead of repeating aliases (*name)"},
	} {
		if strings.Contains(reason, r.sign) {
			return r.remedy
		}
	}
	return ""
}

// line is a source's line by number; "" when there is no such line.
func line(source Source, number int) string {
	lines := strings.Split(string(source.Data), "\n")
	if number < 1 || number > len(lines) {
		return ""
	}
	return lines[number-1]
}

func notATable(source Source, reason string) (string, int) {
	_, found, _ := strings.Cut(reason, "cannot unmarshal ")
	found, _, _ = strings.Cut(found, " ")
	top := node(source)
	words := map[string]string{"array": "a list", "string": "text", "number": "a number", "bool": "true or false"}
	return "the top of a values file is keys and values, for example global:, and not " + words[found], top.Line
}

// infinite finds the number that JSON cannot hold.
func infinite(source Source) (string, int) {
	var find func(n *yamlv3.Node) int
	find = func(n *yamlv3.Node) int {
		if n.Kind == yamlv3.ScalarNode && n.Tag == "!!float" && strings.ContainsAny(n.Value, "nN") {
			return n.Line
		}
		for _, c := range n.Content {
			if at := find(c); at > 0 {
				return at
			}
		}
		return 0
	}
	return "values cannot hold infinity or .nan: quote it if it is text, for example \".inf\"", find(node(source))
}

// node is the first document's content; an empty node when it cannot be parsed.
func node(source Source) *yamlv3.Node {
	var document yamlv3.Node
	err := yamlv3.Unmarshal(source.Data, &document)
	if err != nil || len(document.Content) == 0 {
		return &yamlv3.Node{}
	}
	return document.Content[0]
}
