package answers

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model"
)

// Decode reads an answers file. Name is the file's name in problems. Values are taken as they are written: tag: 5.10 is
// the text "5.10". The problems list everything that is wrong with the file's shape; Check says what is wrong with a
// value.
func Decode(name string, data []byte) (*Answers, model.Problems) {
	d := decoder{answers: New(), name: name, sections: sections(), leaves: []string{"version"}}
	for _, q := range questions() {
		d.leaves = append(d.leaves, q.leaf)
	}
	decode := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	switch err := decode.Decode(&document); {
	case errors.Is(err, io.EOF):
		d.refuse(0, "", "the file is empty", "start with version: 1")
		return d.answers, d.problems
	case err != nil:
		d.syntax(err)
		return d.answers, d.problems
	}
	if !errors.Is(decode.Decode(&yaml.Node{}), io.EOF) {
		d.refuse(0, "", "there is more than one YAML document in the file", "keep the first, up to ---")
	}
	d.mapping(document.Content[0], "")
	return d.answers, d.problems
}

type decoder struct {
	answers  *Answers
	name     string
	sections []string // keys that hold keys
	leaves   []string // keys that hold a value
	problems model.Problems
}

func (d *decoder) mapping(n *yaml.Node, prefix string) {
	if n.Kind != yaml.MappingNode {
		d.refuse(n.Line, strings.TrimSuffix(prefix, "."), "is "+kind(n)+", not keys and values",
			"write key: value lines below it")
		return
	}
	seen := map[string]int{}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		path := prefix + key.Value
		if key.Kind != yaml.ScalarNode || strings.Contains(key.Value, ".") {
			d.refuse(key.Line, path, "is not a key of the answers file",
				"nest the keys, as conductor-registry schema answers lists them")
			continue
		}
		if first, ok := seen[key.Value]; ok {
			d.refuse(key.Line, path, fmt.Sprintf("is set twice, first in line %d", first), "keep one of them")
			continue
		}
		seen[key.Value] = key.Line
		d.entry(path, value)
		d.answers.lines[ParsePath(path)] = key.Line // after Set, which removes it
	}
}

func (d *decoder) entry(text string, value *yaml.Node) {
	path := ParsePath(text)
	switch {
	case value.Kind == yaml.AliasNode || value.Anchor != "":
		d.refuse(value.Line, text, "anchors and aliases are not supported", "write the value out")
	case text == "version":
		if value.Value != Version {
			d.refuse(value.Line, text, fmt.Sprintf("version %q is not supported: this program reads version %s",
				value.Value, Version), "write version: "+Version)
		}
	case d.isSection(path) || value.Kind == yaml.MappingNode && !d.isLeaf(path):
		d.section(text, path, value)
	case value.Kind != yaml.ScalarNode:
		d.refuse(value.Line, text, "is "+kind(value)+", not a single value", "write it as "+text+": value")
	case value.Tag == "!!null":
		d.refuse(value.Line, text, "has no value", `set one, or remove the line; "" is an empty text`)
	default:
		d.answers.Set(text, value.Value)
	}
}

// section reads the keys below a key.
func (d *decoder) section(text string, path Path, value *yaml.Node) {
	if path.Environment != "" {
		d.answers.addEnvironment(path.Environment)
	}
	switch {
	case !empty(value):
		d.mapping(value, text+".")
	case !d.isSection(path):
		d.answers.Set(text, "") // an unknown key: Check names the one that was probably meant
	}
}

// isSection reports whether a key holds further keys, known or not; a scalar there is a mistake of its own.
func (d *decoder) isSection(path Path) bool {
	return path.Leaf == "" || slices.Contains(d.sections, path.Leaf)
}

// isLeaf reports whether a key is known to hold a single value: keys below it are a mistake of the file's shape. Below
// any other key they are unknown keys, which Check reports.
func (d *decoder) isLeaf(path Path) bool {
	section, _, nested := strings.Cut(path.Leaf, ".")
	return nested && slices.Contains(d.sections, section) || slices.Contains(d.leaves, path.Leaf)
}

func empty(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode && len(n.Content) == 0 || n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

func (d *decoder) refuse(line int, path, summary, fix string) {
	d.problems = append(d.problems, model.Problem{Rule: "answers-shape", Severity: model.Error, File: d.name,
		Line: line, Path: path, Summary: summary, Fix: fix})
}

// yamlLine is the start of the YAML library's messages: "line 3: …".
var yamlLine = regexp.MustCompile(`^line (\d+): `)

// syntax reports the YAML library's error at its line.
func (d *decoder) syntax(err error) {
	text, line := model.YAMLReason(err), 1 // the library names every line but the first
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = strings.TrimPrefix(text, m[0])
	}
	fix := "indent with spaces, and quote text that contains : or #"
	if strings.Contains(text, "UTF-8") || strings.Contains(text, "control characters") {
		line, fix = 0, "it is not a UTF-8 text file: is it the right one?"
	}
	d.problems = append(d.problems, model.Problem{Rule: "answers-syntax", Severity: model.Error, File: d.name,
		Line: line, Summary: "is not YAML: " + text, Fix: fix})
}

func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "keys and values"
	case yaml.AliasNode:
		return "an alias"
	}
	return "a single value"
}
