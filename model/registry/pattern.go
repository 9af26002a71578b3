package registry

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model"
)

// Pattern is an RE2 expression that must match the whole of a text. A nil Pattern matches everything.
type Pattern struct {
	text string
	re   *regexp.Regexp
}

// NewPattern compiles an RE2 expression without anchors.
func NewPattern(expression string) (*Pattern, error) {
	re, err := regexp.Compile("^(?:" + expression + ")$")
	if err != nil {
		return nil, err
	}
	return &Pattern{expression, re}, nil
}

// UnmarshalYAML reads the expression from a scalar. The error names its line.
func (p *Pattern) UnmarshalYAML(node *yaml.Node) error {
	var text string
	if err := node.Decode(&text); err != nil {
		return err
	}
	compiled, err := NewPattern(text)
	if err != nil {
		return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %q: %v", node.Line, text, err)}}
	}
	*p = *compiled
	return nil
}

// String returns the expression without anchors, and "" for nil.
func (p *Pattern) String() string {
	if p == nil {
		return ""
	}
	return p.text
}

// Match reports whether the whole of text matches.
func (p *Pattern) Match(text string) bool { return p == nil || p.re.MatchString(text) }

// groups returns the named groups of a match, and false when text does not match.
func (p *Pattern) groups(text string) (named map[string]string, ok bool) {
	named = map[string]string{}
	if p == nil {
		return named, true
	}
	found := p.re.FindStringSubmatch(text)
	if found == nil {
		return nil, false
	}
	for i, name := range p.re.SubexpNames() {
		if name != "" {
			named[name] = found[i]
		}
	}
	return named, true
}

// groupNames returns the names of the pattern's named groups.
func (p *Pattern) groupNames() []string {
	if p == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.re.SubexpNames()), func(name string) bool { return name == "" })
}

// with returns the pattern with each {field} replaced by that field's text, taken literally.
func (p *Pattern) with(fields map[string]string) *Pattern {
	if p == nil || !strings.Contains(p.text, "{") {
		return p
	}
	text := model.Expand(p.text, func(name string) (string, bool) { return regexp.QuoteMeta(fields[name]), true })
	if text == p.text {
		return p
	}
	expanded, err := NewPattern(text)
	if err != nil { // NewPattern has compiled p.text, and a quoted text cannot break it
		return p
	}
	return expanded
}
