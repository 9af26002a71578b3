package chart

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// Rules are what a chart does with values, apart from its components. They are most of a profile and wanted of one
// version at most, so a profile holds them as text, which is decoded when values are first resolved.
type Rules struct {
	read func() (*rules, error)
}

// rules is the text of Rules, decoded.
type rules struct {
	Defaults map[string]any `yaml:"defaults"` // the chart's own values, as far as anything here reads or types them
	Keys     Paths          `yaml:"keys"`     // all keys of the tables that images are set in, and of the top
	Schema   Schema         `yaml:"schema"`
	Steps    []Step         `yaml:"steps"`
	Traps    []Trap         `yaml:"traps"`
}

// UnmarshalYAML takes the rules as text, which YAML writes after a |.
func (r *Rules) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: rules are a text, as after rules: |", node.Line)
	}
	text := strings.Repeat("\n", node.Line) + node.Value // so that errors name the line of the file
	r.read = sync.OnceValues(func() (*rules, error) { return decodeRules([]byte(text)) })
	return nil
}

func decodeRules(text []byte) (*rules, error) {
	out := new(rules)
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(out); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return out, nil
}

func (r Rules) get() (*rules, error) {
	if r.read == nil {
		return new(rules), nil
	}
	return r.read()
}

// Check says what is wrong with the part of the profile that is decoded late. Tests call it for every profile.
func (p *Profile) Check() error {
	_, err := p.Rules.get()
	return err
}

// With is the profile for a chart that is at hand: its own version, appVersion and values.yaml count, not those that
// the profile remembers.
func (p *Profile) With(version, appVersion string, defaults map[string]any) *Profile {
	out := *p
	out.Version, out.AppVersion = version, appVersion
	out.Rules.read = sync.OnceValues(func() (*rules, error) {
		known, err := p.Rules.get()
		if err != nil {
			return nil, err
		}
		own := *known
		own.Defaults = defaults
		return &own, nil
	})
	return &out
}

// Keys are the paths of all keys that the chart has in the tables that images are set in, and of its top-level keys:
// what is near one of them and none of them is misspelt. The error says that the profile can't be decoded.
func (p *Profile) Keys() ([]string, error) {
	known, err := p.Rules.get()
	if err != nil {
		return nil, err
	}
	return known.Keys, nil
}
