package helm

import (
	"regexp"
	"strings"
)

// RefusedError is helm's refusal to render.
type RefusedError struct{ Said string } // in its own words

// Error is what helm said.
func (f *RefusedError) Error() string {
	if f.Said == "" {
		return "helm failed and said nothing"
	}
	return f.Said
}

// Kind is how the chart refused: schema, required, yaml or template.
func (f *RefusedError) Kind() string {
	for _, sign := range []struct{ text, kind string }{
		{"values don't meet the specifications of the schema", "schema"},
		{"execution error at", "required"},
		{"failed to parse", "yaml"},
	} {
		if strings.Contains(f.Said, sign.text) {
			return sign.kind
		}
	}
	return "template"
}

// trim is helm's message without the word that it is an error, the advice to try --debug, and its log lines: they tell
// of values that do not fit the chart's tables, and are no reason to refuse.
func trim(said string) string {
	noise := regexp.MustCompile(`^(coalesce\.go|values\.go|[a-z_]+\.go:\d+|level=(INFO|WARN)|WARNING: )`)
	var out []string
	for line := range strings.Lines(said) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case noise.MatchString(line), line == "Use --debug flag to render out invalid YAML":
		case line == "" && len(out) == 0:
		default:
			out = append(out, line)
		}
	}
	return strings.TrimPrefix(strings.TrimSpace(strings.Join(out, "\n")), "Error: ")
}
