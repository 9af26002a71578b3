package lint

import (
	"regexp"
	"strings"

	"conductor-registry/model/values"
)

// checkRefusal reports each reason why the chart refuses the values.
func (c *checker) checkRefusal() {
	refused := c.resolution.Error
	if refused == nil {
		return
	}
	reasons := refused.Details
	if len(reasons) == 0 {
		reasons = []string{refused.Message}
	}
	for _, reason := range reasons {
		f := found{rule: "chart-refuses", path: c.nearestKey(pathIn(reason)),
			facts: facts{"version": c.Profile.Version, "kind": refused.Kind, "reason": reason}}
		if value, ok := c.values.Lookup(f.path); ok && value == nil {
			f.rule, f.why = "null-table", "the chart's templates fail: {reason}"
		}
		c.report(f)
	}
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

// nearestKey returns a path, or the nearest mapping above it that the values have; "" if they have none of it.
func (c *checker) nearestKey(path string) string {
	for path != "" && !c.isSet(path) {
		path, _ = values.CutKey(path)
	}
	return path
}
