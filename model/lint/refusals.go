package lint

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/chart"
	"conductor-registry/model/redact"
	"conductor-registry/model/values"
)

// checkRefusal reports each reason why the chart refuses the values.
func (c *checker) checkRefusal() {
	refused := c.refused
	if refused == nil {
		return
	}
	for _, reason := range refused.Reasons() {
		f := found{rule: "chart-refuses", path: refusedPath(c.Profile, c.values.Tree(), reason),
			facts: facts{"version": c.Profile.Version, "kind": refused.Kind, "reason": reason}}
		value, ok := c.values.Lookup(f.path)
		want := wantedType.FindStringSubmatch(reason)
		if text, isText := value.(string); isText && values.Placeholder(text) != "" {
			continue
		}
		switch {
		case ok && value == nil && want != nil:
			f.fix, f.changes = "remove {path}: null is not the same as a key that is left out", []values.Change{
				{Path: f.path, Remove: true},
			}
		case ok && value == nil:
			f.rule, f.why = "null-table", "the chart's templates fail: {reason}"
		case ok && want != nil:
			f.fix, f.facts["right"], f.changes = c.fixType(f.path, value, cmp.Or(want[1], want[2]))
		case ok && isUnprintable(value):
			f.fix, f.facts["right"], f.changes = c.fixText(f.path, fmt.Sprint(value))
		}
		c.report(f)
	}
}

var wantedType = regexp.MustCompile(`want (\w+)|expected (string)`)

// fixType returns how to write a value so that it has the type that the chart wants; "" where that is not known.
func (c *checker) fixType(path string, value any, want string) (fix, right string, changes []values.Change) {
	text, isText := value.(string)
	names := secretNames(value)
	switch {
	case want == "string" && !isText && len(names) == 1:
		right = values.Quote(names[0])
	case want == "string" && isScalar(value) && c.isSecretPath(path):
		return "use a name that is only text, for example registry-credentials", "", nil
	case want == "string" && isScalar(value):
		return c.fixScalar(path, value)
	case want == "boolean" && (text == "true" || text == "false"), want == "integer" && isText && isNumber(text):
		right = text
	default:
		return "", "", nil
	}
	return "write {path}: {right}", right, []values.Change{{Path: path, Value: right}}
}

// fixScalar returns how to write a number or a boolean as text. It does not show a secret.
func (c *checker) fixScalar(path string, value any) (fix, right string, changes []values.Change) {
	if file, _ := c.values.Position(path); file == "" {
		return "pass it as text: --set-string {path}={right}", fmt.Sprint(value), nil
	}
	right = values.Quote(c.written(path, value))
	changes = []values.Change{{Path: path, Value: right}}
	if shown := path + ": " + right; redact.Text(shown) != shown {
		return "write {path} in quotes", "", changes
	}
	return "write {path}: {right}", right, changes
}

// written returns a value as the last file with the path has it: 012 and 82736451 are not what YAML makes of them, and may
// be passwords.
func (c *checker) written(path string, value any) string {
	for _, f := range slices.Backward(c.files) {
		for at := range f.entries() {
			if at.path == path && at.value.Kind == yaml.ScalarNode {
				return at.value.Value
			}
		}
	}
	return fmt.Sprint(value)
}

// refusedPath returns the path of the value that a message of Helm is about, or of the mapping that should have it; ""
// if it is not known. A message about the YAML that the chart prints names no path: it is the value that breaks quotes.
func refusedPath(p *chart.Profile, tree map[string]any, reason string) string {
	if !strings.HasPrefix(reason, "YAML parse error") {
		return nearestKey(tree, pathIn(reason))
	}
	for _, path := range p.ReadKeys() {
		if value, ok := values.Find(tree, path); ok && isUnprintable(value) {
			return path
		}
	}
	return ""
}

// isUnprintable reports whether a text breaks the YAML that a chart prints it into.
func isUnprintable(value any) bool {
	text, ok := value.(string)
	return ok && (strings.ContainsAny(text, "\"\\\n") || strings.Contains(text, ": ") || strings.Contains(text, " #"))
}

// fixText returns how to write a text whose quotes became part of it.
func (c *checker) fixText(path, text string) (fix, right string, changes []values.Change) {
	right = unquoted(text)
	if isUnprintable(right) {
		return "", "", nil
	}
	if file, _ := c.values.Position(path); file == "" {
		return "the quotes became part of the value; pass it without them: --set-string {path}={right}", right, nil
	}
	right = values.Quote(right)
	return "write {path}: {right}, without quotes inside", right, []values.Change{{Path: path, Value: right}}
}

// isSecretPath reports whether the pods name the value of a path as pull secret: charts print it without quotes.
func (c *checker) isSecretPath(path string) bool {
	return slices.ContainsFunc(c.Profile.Pulls, func(p chart.PullSecret) bool { return p.Path == path })
}

func isScalar(value any) bool {
	switch value.(type) {
	case nil, map[string]any, []any:
		return false
	}
	return true
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// resolveRest returns what values resolve to without those that the chart refuses, so that one refusal does not hide
// what else is wrong; what it was given where that is not known.
func resolveRest(p *chart.Profile, v *values.Values, r *chart.Resolution) *chart.Resolution {
	rest, tree := r, v.Tree()
	for range maxRefusals {
		if rest.Error == nil {
			return rest
		}
		for _, reason := range rest.Error.Reasons() {
			path := refusedPath(p, tree, reason)
			if path == "" {
				return r
			}
			tree = without(tree, path)
		}
		rest = p.Resolve(values.FromTree(tree))
	}
	return r
}

// maxRefusals bounds resolveRest: templates stop at their first error.
const maxRefusals = 10

// without returns a tree without the value at a path. It does not change the tree.
func without(tree map[string]any, path string) map[string]any {
	key, rest, _ := strings.Cut(path, ".")
	out := maps.Clone(tree)
	if below, isTable := out[key].(map[string]any); isTable && rest != "" {
		out[key] = without(below, rest)
	} else {
		delete(out, key)
	}
	return out
}

// pathForms are the forms in which messages of Helm name a value: a JSON pointer, .Values.a.b, a path as a word.
var pathForms = []*regexp.Regexp{
	regexp.MustCompile(`at '/([^']+)'`),
	regexp.MustCompile(`<\.Values\.([^>]+)>`),
	regexp.MustCompile(`([A-Za-z]\w*(?:\.[A-Za-z]\w*)+)`),
}

// pathIn returns the value path that a message of Helm names; "" if it names none.
func pathIn(message string) string {
	for _, form := range pathForms {
		if m := form.FindStringSubmatch(message); m != nil {
			return strings.ReplaceAll(m[1], "/", ".")
		}
	}
	return ""
}

// nearestKey returns a path, or the nearest mapping above it that a tree has; "" if it has none of it.
func nearestKey(tree map[string]any, path string) string {
	for path != "" {
		if _, ok := values.Find(tree, path); ok {
			return path
		}
		path, _ = values.CutKey(path)
	}
	return ""
}
