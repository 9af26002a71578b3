package chart

import (
	"fmt"

	"conductor-registry/model"
)

// DecodeProfile decodes a profile file, built in or the user's own. The error names the file and line of each mistake.
func DecodeProfile(name string, data []byte) (*Profile, error) {
	p := new(Profile)
	if err := model.DecodeFile(name, data, p); err != nil {
		return nil, err
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// check reports what a profile needs to resolve values and lacks.
func (p *Profile) check() error {
	for _, need := range []struct {
		key   string
		isSet bool
	}{
		{"id", p.ID != ""}, {"name", p.Name != ""}, {"version", p.Version != ""}, {"components", len(p.Components) > 0},
	} {
		if !need.isSet {
			return fmt.Errorf("missing key %q", need.key)
		}
	}
	for i, c := range p.Components {
		if c.Name == "" {
			return fmt.Errorf("components[%d]: missing key %q", i, "name")
		}
	}
	return nil
}
