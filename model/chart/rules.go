package chart

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
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
	Logins   []Login        `yaml:"logins"`
	Traps    []Trap         `yaml:"traps"`
	Advice   []Trap         `yaml:"advice"` // told by lint only: of installing, not of the values' own effect
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
// the profile remembers. Defaults may be nil.
func (p *Profile) With(version, appVersion string, defaults map[string]any) *Profile {
	out := *p
	out.Version, out.AppVersion = version, appVersion
	out.Rules.read = sync.OnceValues(func() (*rules, error) {
		known, err := p.Rules.get()
		if err != nil {
			return nil, err
		}
		own := *known
		own.Defaults = p.filled(known.Defaults, defaults, "")
		return &own, nil
	})
	return &out
}

// filled is a chart's own defaults with those of the profile that it lacks, but for what images and pull secrets come
// from: there only the chart's own count. A chart that has no table of databases does not fail for want of it.
func (p *Profile) filled(known, own map[string]any, table string) map[string]any {
	out := map[string]any{}
	maps.Copy(out, own)
	for key, value := range known {
		path := strings.TrimPrefix(table+"."+key, ".")
		below, isTable := value.(map[string]any)
		mine, has := out[key]
		switch there, ok := mine.(map[string]any); {
		case isTable && (ok || !has):
			out[key] = p.filled(below, there, path)
		case !has && !p.reads(path):
			out[key] = value
		}
	}
	return out
}

// reads tells whether images or pull secrets come from a path or from one below it.
func (p *Profile) reads(path string) bool {
	return slices.ContainsFunc(p.ReadKeys(), func(read string) bool {
		return read == path || strings.HasPrefix(read, path+".")
	})
}

// Traps are the keys that people write and this chart does not read. The error says that the profile can't be decoded.
func (p *Profile) Traps() ([]Trap, error) {
	known, err := p.Rules.get()
	if err != nil {
		return nil, err
	}
	return known.Traps, nil
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
