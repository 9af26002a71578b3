package chart

import (
	"strings"

	"conductor-registry/model/values"
)

// Own is the image that the chart gives a component when values say nothing of it, without a tag; "" when that is none.
func (p *Profile) Own(component string) string {
	rules, err := p.Rules.get()
	if err != nil {
		return ""
	}
	for _, c := range p.Components {
		if c.Name == component {
			parts := []string{c.Registry.untold(rules), c.Repository.untold(rules)}
			return strings.TrimPrefix(strings.Join(parts, "/"), "/")
		}
	}
	return ""
}

// untold is the text that the chain gives for the chart's defaults; "" for anything else.
func (c Chain) untold(rules *rules) string {
	won, _ := c.pick(rules.Defaults)
	text, _ := won.value.(string)
	return text
}

// Default is the chart's own value at a path; nil when it has none there.
func (p *Profile) Default(path string) any {
	rules, err := p.Rules.get()
	if err != nil {
		return nil
	}
	value, _ := values.Find(rules.Defaults, path)
	return value
}
