package chart

import (
	"maps"
	"slices"
	"strings"
)

// With returns the profile with the version, appVersion and values.yaml of a chart on disk in place of its own.
// Defaults may be nil.
func (p *Profile) With(version, appVersion string, defaults map[string]any) *Profile {
	out := *p
	out.Version, out.AppVersion = version, appVersion
	out.Defaults = p.filled(p.Defaults, defaults, "")
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
