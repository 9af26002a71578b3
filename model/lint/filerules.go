package lint

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model"
	"conductor-registry/model/values"
)

// fileRules are about YAML itself, and about values that the chart refuses as a whole.
func fileRules() []Rule {
	return []Rule{
		{
			ID: "yaml-syntax", Severity: model.Error, Title: "the file is no YAML",
			Why: "neither Helm nor anything else can read it", Fix: "mend it at the line that is named",
		},
		{
			ID: "multi-document", Severity: model.Error, Title: "the file has more than one document",
			Why: "Helm 3 reads the first document only and says nothing of the others; Helm 4 merges them",
			Fix: "make two files of it and give helm both: -f a.yaml -f b.yaml", find: (*subject).multiDocument,
		},
		{
			ID: "duplicate-key", Severity: model.Error, Title: "a key stands twice in one table",
			Why: "Helm takes the last one whole and says nothing: what stands below the first is lost",
			Fix: "put both together", find: (*subject).duplicateKeys,
		},
		{
			ID: "null-table", Severity: model.Error, Title: "null stands where the chart wants a table",
			Why: "the chart's templates fail on it: nil pointer", Fix: "leave the key out, or give it its keys",
			find: (*subject).refusal,
		},
		{
			ID: "chart-refuses", Severity: model.Error, Title: "the chart refuses the values",
			Why: "helm install and helm upgrade stop with this error", Fix: "change the value at the line that is named",
		},
		{
			ID: "unknown-ignore", Severity: model.Warning, Title: "a comment ignores a rule that there is not",
			Why: "the comment has no effect", Fix: "write the id of a rule, such as moving-tag",
		},
	}
}

func (s *subject) multiDocument() {
	for _, f := range s.files {
		line := f.secondDocument()
		if line == 0 {
			continue
		}
		p := model.Problem{File: f.name, Line: line, Summary: "a second document begins here, and Helm 3 reads only " +
			"the first"}
		if f.root.Kind == 0 {
			p.Summary = "the first document is empty, and Helm 3 reads only that one: it sees none of these values"
			p.Fix = "take out the line ---"
		}
		s.report(p)
	}
}

// secondDocument is the line of the --- that begins a second document with something in it; 0 when there is none.
func (f *file) secondDocument() int {
	begun, divider := false, 0
	for number, line := range f.lines() {
		rest, isMarker := strings.CutPrefix(strings.TrimPrefix(line, "\uFEFF"), "---")
		isMarker = isMarker && (rest == "" || strings.ContainsAny(rest[:1], " \t"))
		content := strings.TrimSpace(line)
		if isMarker {
			content = strings.TrimSpace(rest)
		}
		switch {
		case isMarker && begun && divider == 0:
			divider = number
		case isMarker:
			begun = true
		}
		if content == "" || strings.HasPrefix(content, "#") || content == "..." {
			continue
		}
		if begun = true; divider > 0 {
			return divider
		}
	}
	return 0
}

func (s *subject) duplicateKeys() {
	for _, f := range s.files {
		duplicates(f.root, "", func(path string, first, again *yaml.Node) {
			s.report(model.Problem{File: f.name, Line: again.Line, Path: path,
				Summary: fmt.Sprintf("%s stands here again, after line %d: only this one counts", again.Value, first.Line)})
		})
	}
}

// duplicates reports each key of a table that stands in it before.
func duplicates(n *yaml.Node, path string, report func(path string, first, again *yaml.Node)) {
	seen := map[string]*yaml.Node{}
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		below := strings.TrimPrefix(path+"."+key.Value, ".")
		if first := seen[key.Value]; first != nil {
			report(below, first, key)
		}
		seen[key.Value] = key
		duplicates(n.Content[i+1], below, report)
	}
	for i := 0; n.Kind == yaml.SequenceNode && i < len(n.Content); i++ {
		duplicates(n.Content[i], fmt.Sprintf("%s[%d]", path, i), report)
	}
}

// refusal tells of each key that made the chart refuse the values.
func (s *subject) refusal() {
	refused := s.resolution.Error
	if refused == nil {
		return
	}
	reasons := refused.Details
	if len(reasons) == 0 {
		reasons = []string{refused.Message}
	}
	for _, reason := range reasons {
		p := model.Problem{Rule: "chart-refuses", Summary: fmt.Sprintf("chart %s refuses these values (%s): %s",
			s.Profile.Version, refused.Kind, reason)}
		p.Path = s.nearestKey(pathIn(reason))
		if value, ok := s.values.Lookup(p.Path); ok && value == nil {
			p.Rule, p.Summary = "null-table", p.Path+" is null, and the chart reads keys below it"
			p.Why = "the templates fail: " + reason
		}
		s.report(p)
	}
}

// pathIn is the value path that a message of Helm names: a JSON pointer, .Values.a.b, or a path as a word.
func pathIn(message string) string {
	for _, form := range []string{`at '/([^']+)'`, `<\.Values\.([^>]+)>`, `([A-Za-z]\w*(?:\.[A-Za-z]\w*)+)`} {
		if m := regexp.MustCompile(form).FindStringSubmatch(message); m != nil {
			return strings.ReplaceAll(m[1], "/", ".")
		}
	}
	return ""
}

// nearestKey is a path, or the table nearest above it, that the values have; "" when they have none of it.
func (s *subject) nearestKey(path string) string {
	for path != "" {
		if _, ok := s.values.Lookup(path); ok {
			return path
		}
		path = path[:max(0, strings.LastIndexByte(path, '.'))]
	}
	return ""
}

// Syntax is the finding for a file that is no YAML.
func Syntax(e *values.ParseError) Finding {
	rule, _ := Find("yaml-syntax")
	return Finding{Problem: model.Problem{Rule: rule.ID, Severity: rule.Severity, File: e.File, Line: e.Line,
		Summary: e.Reason, Why: rule.Why, Fix: rule.Fix}}
}
