package chart

import (
	"strings"

	"conductor-registry/model/values"
)

// DefaultImage is the image that the chart gives a component when values say nothing of it, without a tag; "" when that is none.
func (p *Profile) DefaultImage(component string) string {
	for _, c := range p.Components {
		if c.Name == component {
			parts := []string{c.Registry.untold(p.Defaults), c.Repository.untold(p.Defaults)}
			return strings.TrimPrefix(strings.Join(parts, "/"), "/")
		}
	}
	return ""
}

// untold is the text that the chain gives for the chart's defaults; "" for anything else.
func (c Chain) untold(defaults map[string]any) string {
	won, _ := c.pick(defaults)
	text, _ := won.value.(string)
	return text
}

// Default is the chart's own value at a path; nil when it has none there.
func (p *Profile) Default(path string) any {
	value, _ := values.Find(p.Defaults, path)
	return value
}
