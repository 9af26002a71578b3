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

// Decode reads an answers file. Name is how problems name the file. Values are taken as they are written: tag: 5.10 is
// the text 5.10. It lists everything that is wrong with the shape; what a key means is for others to judge.
func Decode(name string, data []byte) (*Answers, model.Problems) {
	d := decoder{answers: New(), name: name}
	d.answers.lines = map[string]int{}
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
	problems model.Problems
}

func (d *decoder) mapping(n *yaml.Node, prefix string) {
	if n.Kind != yaml.MappingNode {
		d.refuse(n.Line, strings.TrimSuffix(prefix, "."), "is "+kind(n)+" where keys are wanted",
			"write key: value lines below it")
		return
	}
	seen := map[string]int{}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		path := prefix + key.Value
		if key.Kind != yaml.ScalarNode || strings.Contains(key.Value, ".") {
			d.refuse(key.Line, path, "is no key that answers can have", "use the keys of the documented answers file")
			continue
		}
		if first, ok := seen[key.Value]; ok {
			d.refuse(key.Line, path, fmt.Sprintf("stands twice, first in line %d", first), "keep one of them")
			continue
		}
		seen[key.Value] = key.Line
		d.entry(path, value)
		d.answers.lines[path] = key.Line // after Set, which forgets it
	}
}

func (d *decoder) entry(path string, value *yaml.Node) {
	env, _ := Split(path)
	switch {
	case value.Kind == yaml.AliasNode || value.Anchor != "":
		d.refuse(value.Line, path, "anchors and aliases are not read here", "write the value out")
	case path == "version":
		if value.Value != Version {
			d.refuse(value.Line, path, fmt.Sprintf("is %q, and this program reads version %s", value.Value, Version),
				"write version: "+Version)
		}
	case isSection(path) || value.Kind == yaml.MappingNode && !isLeaf(path):
		if env != "" {
			d.answers.addEnvironment(env)
		}
		switch {
		case !empty(value):
			d.mapping(value, path+".")
		case !isSection(path):
			d.answers.Set(path, "") // an empty group of no known name: for form to say which was meant
		}
	case value.Kind != yaml.ScalarNode:
		d.refuse(value.Line, path, "is "+kind(value)+" where a single value is wanted", "write it as "+path+": value")
	case value.Tag == "!!null":
		d.refuse(value.Line, path, "has no value", `give it one, or take the line away; "" is an empty text`)
	default:
		d.answers.Set(path, value.Value)
	}
}

// isSection tells which keys hold keys: all that may, known or not, so that a scalar there is told apart.
func isSection(path string) bool {
	env, rest := Split(path)
	component, below := SplitComponent(rest)
	return path == "environments" || rest == "components" || rest == "registry" || rest == "pullSecret" ||
		component != "" && (below == "" || below == "registry") || env != "" && rest == ""
}

// isLeaf tells the keys that are known to hold a single value: keys below one are a mistake of shape, below any other
// key it is the key that is wrong, and that is for form to say.
func isLeaf(path string) bool {
	_, rest := Split(path)
	_, rest = SplitComponent(rest)
	return slices.Contains([]string{"version", "chart", "pattern", "tag", "pullPolicy", "repository", "base"}, rest) ||
		strings.HasPrefix(rest, "registry.") || strings.HasPrefix(rest, "pullSecret.")
}

func empty(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode && len(n.Content) == 0 || n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

func (d *decoder) refuse(line int, path, summary, fix string) {
	d.problems = append(d.problems, model.Problem{Rule: "answers-shape", Severity: model.Error, File: d.name,
		Line: line, Path: path, Summary: summary, Fix: fix})
}

// syntax turns the YAML library's "yaml: line 3: …" into a problem with that line.
func (d *decoder) syntax(err error) {
	text, line := strings.TrimPrefix(err.Error(), "yaml: "), 0
	if m := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = strings.TrimPrefix(text, m[0])
	}
	fix := "indent with blanks, and quote text that has : or # in it"
	if line == 0 {
		line = 1 // the YAML library names every line but the first
	}
	if strings.Contains(text, "UTF-8") || strings.Contains(text, "control characters") {
		line, fix = 0, "it is no text file in UTF-8: is it the right one?"
	}
	d.problems = append(d.problems, model.Problem{Rule: "answers-syntax", Severity: model.Error, File: d.name,
		Line: line, Summary: "is no YAML: " + text, Fix: fix})
}

func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "a group of keys"
	case yaml.AliasNode:
		return "an alias"
	}
	return "a single value"
}
