package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// reportUnread reports a key, with the one that the chart reads.
func (c *checker) reportUnread(f *file, key *yaml.Node, path string) {
	role := roleOf(path)
	value, _ := c.values.Lookup(path)
	if strings.Contains(key.Value, ".") { // it is one key, not a path
		value = c.values.Tree()[key.Value]
	}
	if role == roleSecret && c.isNamed(value) {
		return
	}
	report := found{rule: "key-ignored", path: path, at: place{f.name, key.Line},
		summary: "chart {chart} does not read {path}",
		facts:   facts{"chart": c.Profile.ID, "keys": strings.Join(c.keysFor(role, c.componentOf(path)), " and ")}}
	report.facts["right"] = c.rightText(role, value)
	switch isFullName := role == roleRegistry && c.settings([]string{roleRegistry}, "") == nil; {
	case strings.Contains(key.Value, "."):
		report.fix = "write it as mappings: {right}"
		report.facts["right"] = nested(key.Value, value)
	case c.isElsewhere(path):
		report.fix = "remove it"
	case role == roleSecret && report.facts["keys"] == "":
		report.fix = "remove it: this chart cannot name your secret"
		if logins := c.Profile.Logins; len(logins) > 0 {
			report.fix += "; put the credentials of the registry in " + logins[0].Table
		}
	case role == roleDigest && report.facts["keys"] != "":
		report.fix = "write the digest behind the tag, such as 5.2.42@sha256:..., in {keys}"
	case report.facts["keys"] == "":
		report.fix = "remove it"
	case isFullName:
		report.fix = "write full image names, with the registry, in {keys}"
	case report.facts["right"] != "":
		report.fix = "set {keys} to {right}"
	default:
		report.fix = "set {keys}"
	}
	c.report(report)
}

// nested returns a key with dots as mappings, one in the other.
func nested(key string, value any) string {
	text := fmt.Sprint(value)
	if _, isText := value.(string); isText {
		text = values.Quote(text)
	}
	parts := strings.Split(key, ".")
	return strings.Join(parts, ": {") + ": " + text + strings.Repeat("}", len(parts)-1)
}

// isElsewhere reports whether a key is below a mapping of something else than the components, such as redis.
func (c *checker) isElsewhere(path string) bool {
	root, _, isBelow := strings.Cut(path, ".")
	return isBelow && c.componentOf(root) == "" &&
		!slices.ContainsFunc(c.Profile.ReadKeys(), func(read string) bool { return strings.HasPrefix(read, root+".") })
}

// componentOf returns the component that a path names, by its name or an alias; "" for none or a common one.
func (c *checker) componentOf(path string) string {
	words := wordsOf(path)
	isNamed := func(name string) bool { return slices.Contains(words, name) }
	for _, component := range c.Profile.Components {
		if isNamed(component.Name) {
			return component.Name
		}
	}
	for _, component := range c.Profile.Components { // conductorWorkersImage is one of workers
		if slices.ContainsFunc(component.Aliases, isNamed) {
			return component.Name
		}
	}
	return ""
}

// keysFor returns the keys that the chart reads for a role, of one component or of all.
func (c *checker) keysFor(role, component string) []string {
	fact := cmp.Or(map[string]string{roleSecret: "secret.name", roleDigest: roleTag}[role], role)
	ofComponent := []string{fact}
	if role == roleRegistry || role == roleImage {
		ofComponent = append(ofComponent, "fullName")
	}
	canBeShared := slices.Contains([]string{roleSecret, rolePolicy, roleTag, roleRegistry}, role)
	// a default of the components comes before a common policy
	if component != "" || !canBeShared || role == rolePolicy {
		if keys := c.settings(ofComponent, component); len(keys) > 0 {
			return keys
		}
	}
	if key := c.sharedKey(role, fact); canBeShared && key != "" {
		return []string{key}
	}
	return c.settings(ofComponent, component)
}

// sharedKey returns the key that holds a fact for all components; "" when the chart has none.
func (c *checker) sharedKey(role, fact string) string {
	for _, s := range c.Profile.Settings {
		if s.Value == fact && s.As == "" && (role != roleSecret || slices.Contains(s.Methods, "existing")) {
			return s.Path
		}
	}
	for _, s := range c.Profile.Settings { // a list of names
		if role == roleSecret && s.Value == fact && slices.Contains(c.Profile.ReadKeys(), s.Path) {
			return s.Path
		}
	}
	return ""
}

// settings returns the keys of the first fact that the chart has a key for, of one component or of all.
func (c *checker) settings(ofFacts []string, component string) []string {
	for _, fact := range ofFacts {
		var keys []string
		for _, known := range c.Profile.Components {
			at := slices.IndexFunc(c.Profile.Settings, func(s chart.Setting) bool { return s.Value == known.Name+"."+fact })
			if at >= 0 && (component == "" || known.Name == component) && !slices.Contains(keys, c.Profile.Settings[at].Path) {
				keys = append(keys, c.Profile.Settings[at].Path)
			}
		}
		if len(keys) > 0 {
			return keys
		}
	}
	return nil
}

// rightText returns a value as it is to be written at the right key; "" where that is not known.
func (c *checker) rightText(role string, value any) string {
	text, isText := value.(string)
	switch names := secretNames(value); {
	case role == roleSecret && len(names) == 1:
		return quote(names[0])
	case role == rolePolicy && nearestPolicy(text) != "":
		return nearestPolicy(text)
	case role == roleTag && isScalar(value):
		return quote(value)
	case role == roleRegistry && isText && values.Placeholder(text) == "":
		name, _ := correctName(text)
		return quote(name)
	}
	return ""
}
