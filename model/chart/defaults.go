package chart

import (
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/values"
)

// filled returns a chart's own defaults with those of the profile that it lacks, except the keys that decide images and
// pull secrets: there only the chart's own count. So a chart without a mapping of databases does not fail for its lack.
func (p *Profile) filled(known, own map[string]any, mapping string) map[string]any {
	out := map[string]any{}
	maps.Copy(out, own)
	for key, value := range known {
		path := strings.TrimPrefix(mapping+"."+key, ".")
		below, isMapping := value.(map[string]any)
		mine, has := out[key]
		switch there, ok := mine.(map[string]any); {
		case isMapping && (ok || !has):
			out[key] = p.filled(below, there, path)
		case !has && !p.reads(path):
			out[key] = value
		}
	}
	return out
}

// reads reports whether a path, or one below it, decides images or pull secrets.
func (p *Profile) reads(path string) bool {
	return slices.ContainsFunc(p.ReadKeys(), func(read string) bool {
		return read == path || strings.HasPrefix(read, path+".")
	})
}

// DefaultImage returns the image that the chart gives a component when values do not set it, without a tag; "" when
// there is none.
func (p *Profile) DefaultImage(component string) string {
	for _, c := range p.Components {
		if c.Name == component {
			return strings.TrimPrefix(c.Registry.defaultText(p.Defaults)+"/"+c.Repository.defaultText(p.Defaults), "/")
		}
	}
	return ""
}

// defaultText returns the text that the chain gives for the chart's defaults; "" for anything else.
func (c Chain) defaultText(defaults map[string]any) string {
	won, _ := c.pick(defaults)
	text, _ := won.value.(string)
	return text
}

// Default returns the chart's own value at a path; nil when it has none there.
func (p *Profile) Default(path string) any {
	value, _ := values.Find(p.Defaults, path)
	return value
}
