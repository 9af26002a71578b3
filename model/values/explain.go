package values

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"

	"conductor-registry/model"
)

// maxSize is the most bytes of a values file. Helm keeps values in a Secret of 1 MiB (compressed); what is far beyond
// is another file.
const maxSize = 8 << 20

// ParseError says that a values file is not YAML as Helm reads it.
type ParseError struct {
	File    string
	Line    int // 1-based; 0 is unknown
	Reason  string
	Hint    string // what to type; "" for none
	IsOther bool   // it is YAML, but not a file whose values are read
}

// Error returns file and line, what is wrong, and how to fix it.
func (e *ParseError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
	}
	return e.File + ": " + e.Reason
}

// parse reads the first document of a part of a file. An empty one has no keys.
func (v *view) parse(source Source) error {
	v.tree = map[string]any{}
	if err := yaml.Unmarshal(v.data, &v.tree); err != nil {
		return explain(Source{Name: source.Name, Data: v.data}, err)
	}
	return nil
}

// explain returns a YAML error with its line and its fix.
func explain(source Source, err error) *ParseError {
	out := &ParseError{File: source.Name, Reason: model.YAMLReason(err)}
	if m := regexp.MustCompile(`line (\d+): `).FindStringSubmatch(out.Reason); m != nil {
		out.Line, _ = strconv.Atoi(m[1])
		_, out.Reason, _ = strings.Cut(out.Reason, m[0])
	}
	for _, noise := range []string{"error converting YAML to JSON: ", "error unmarshaling JSON: ",
		"while decoding JSON: ", "yaml: "} {
		out.Reason = strings.Replace(out.Reason, noise, "", 1)
	}
	if expected, ok := strings.CutPrefix(out.Reason, "did not find expected "); ok && isGrammar(expected) {
		out.Line++ // the YAML library counts these from 0, and leaves 0 out
	}
	anchor, isAnchor := strings.CutPrefix(out.Reason, "unknown anchor '")
	if out.Line == 0 {
		out.Line = 1 // the YAML library names every line but the first
	}
	switch {
	case strings.Contains(out.Reason, "cannot unmarshal"):
		out.Reason, out.Line = notATable(source, out.Reason)
	case strings.Contains(out.Reason, "unsupported value"):
		out.Reason, out.Line = infinite(source)
	case isAnchor:
		name, _, _ := strings.Cut(anchor, "'")
		out.Line = lineWith(source, "*"+name)
		out.Reason = fmt.Sprintf(`*%s repeats a value that no &%s marks: quote it if it is text, as in "*%[1]s"`, name, name)
	case strings.Contains(out.Reason, "invalid map key"):
		out.Line = lineOfBraces(source)
		out.Reason = `a mapping cannot be a key: quote a value that begins with a brace, for example tag: "{{ ... }}"`
	default:
		out.Reason += remedy(out.Reason)
	}
	return out
}

// isGrammar reports whether an error is of the YAML library's parser, whose line numbers are not those of its scanner.
func isGrammar(expected string) bool {
	for _, token := range []string{"key", "node content", "'-' indicator", "',' or", "<"} {
		if strings.HasPrefix(expected, token) {
			return true
		}
	}
	return false
}

func remedy(reason string) string {
	for _, r := range []struct{ sign, remedy string }{
		{"cannot start any token", ": indent with spaces, not tabs, and quote a value that begins with @, ` or %"},
		{"tab character", ": indent with spaces, not tabs"},
		{"mapping values are not allowed", ": quote a value that holds a colon and a space, or check the indentation, " +
			`for example tag: "5.2.42"`},
		{"did not find expected", ": check the indentation, brackets and quotes here and in the line before"},
		{"could not find expected ':'", `: a key is followed by a colon and a space, for example tag: "5.2.42"`},
		{"unexpected end of stream", ": a quote is opened and not closed"},
		{"contains itself", ": write the value out where its alias (*name) stands"},
		{"exceeded max depth", ": no values file is that deep: is it the right file?"},
		{"excessive aliasing", ": write the values out instead of repeating aliases (*name)"},
	} {
		if strings.Contains(reason, r.sign) {
			return r.remedy
		}
	}
	return ""
}

// bareBraces matches a line whose value begins with {{ outside quotes.
var bareBraces = regexp.MustCompile(`^[^#"']*[:-][ \t]+(?:[&!]\S+[ \t]+)*\{\{`)

// lineOfBraces returns the number of the first line whose value begins with {{ outside quotes, or that has {{ at all.
func lineOfBraces(source Source) int {
	for i, line := range strings.Split(string(source.Data), "\n") {
		if bareBraces.MatchString(line) {
			return i + 1
		}
	}
	return lineWith(source, "{{")
}

// lineWith returns the number of the first line that has text in it; 0 when none has.
func lineWith(source Source, text string) int {
	before, _, found := strings.Cut(string(source.Data), text)
	if !found {
		return 0
	}
	return strings.Count(before, "\n") + 1
}

func notATable(source Source, reason string) (string, int) {
	_, found, _ := strings.Cut(reason, "cannot unmarshal ")
	found, _, _ = strings.Cut(found, " ")
	top := rootOf(source)
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
	return "values cannot hold infinity or .nan: quote it if it is text, for example \".inf\"", find(rootOf(source))
}

// rootOf returns the top of the first document; an empty node when it cannot be parsed.
func rootOf(source Source) *yamlv3.Node {
	root, err := parseNodes(source.Data)
	if err != nil {
		return &yamlv3.Node{}
	}
	return root
}
