package registry

import (
	"regexp"
	"strings"
	"sync"
)

// Pattern is an RE2 expression that must match the whole of a text. It is compiled when it is first used: a program
// that asks about one registry does not pay for the others. A nil Pattern matches everything.
type Pattern struct {
	text    string
	compile func() (*regexp.Regexp, error)
}

// NewPattern is the pattern of an RE2 expression without anchors.
func NewPattern(expression string) *Pattern {
	p := &Pattern{text: expression}
	p.compile = sync.OnceValues(func() (*regexp.Regexp, error) { return regexp.Compile(p.String()) })
	return p
}

// UnmarshalText takes the expression as it stands in YAML.
func (p *Pattern) UnmarshalText(text []byte) error {
	*p = *NewPattern(string(text))
	return nil
}

// String is the expression with its anchors, and "" for nil.
func (p *Pattern) String() string {
	if p == nil {
		return ""
	}
	return "^(?:" + p.text + ")$"
}

// Err says why the expression is none.
func (p *Pattern) Err() error {
	if p == nil {
		return nil
	}
	_, err := p.in(nil).compile()
	return err
}

// Match tells whether the whole of text matches.
func (p *Pattern) Match(text string) bool {
	if p == nil {
		return true
	}
	re, err := p.compile()
	return err == nil && re.MatchString(text)
}

// groups are the named groups of a match; ok is false when text does not match.
func (p *Pattern) groups(text string) (named map[string]string, ok bool) {
	if p == nil {
		return nil, true
	}
	re, err := p.compile()
	if err != nil {
		return nil, false
	}
	found := re.FindStringSubmatch(text)
	if found == nil {
		return nil, false
	}
	named = map[string]string{}
	for i, name := range re.SubexpNames() {
		if name != "" {
			named[name] = found[i]
		}
	}
	return named, true
}

// in is the pattern with each {field} replaced by the field's text, taken literally.
func (p *Pattern) in(fields map[string]string) *Pattern {
	if p == nil || !strings.Contains(p.text, "{") {
		return p
	}
	text := expand(p.text, func(name string) (string, bool) { return regexp.QuoteMeta(fields[name]), true })
	if text == p.text {
		return p
	}
	return NewPattern(text)
}
