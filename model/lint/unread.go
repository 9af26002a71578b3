package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// checkUnreadKeys looks for keys about images that the chart does not read: at the top, and below the mappings that it
// reads. A key at the top with dots in it is never read.
func (c *checker) checkUnreadKeys() {
	known := map[string]bool{}
	for _, path := range slices.Concat(c.Profile.Keys, c.Profile.KnownPaths()) {
		known[path] = true
	}
	for _, path := range slices.Concat(c.Profile.ReadKeys(), c.Profile.SetKeys()) { // and the mappings above them
		for ; path != ""; path, _ = values.CutKey(path) {
			known[path] = true
		}
	}
	for _, f := range c.files {
		if f.root.Kind == yaml.MappingNode {
			c.unreadIn(f, f.root, "", false, known)
		}
		for at := range f.entries() { // those that the profile knows count for nothing once the right one is set
			if c.namesAnotherSecret(at.path) {
				c.reportUnread(f, at.key, at.path)
			}
		}
	}
}

// namesAnotherSecret reports whether a key that the chart does not read names a pull secret, and no trap says so.
func (c *checker) namesAnotherSecret(path string) bool {
	isTrap := slices.ContainsFunc(c.Profile.Traps, func(t chart.Trap) bool { return t.Secret != "" && slices.Contains(t.Paths, path) })
	value, _ := c.values.Lookup(path)
	return isTrap && len(secretNames(value)) > 0 &&
		!slices.ContainsFunc(c.traps, func(t chart.TriggeredTrap) bool { return t.Path == path })
}

// unreadIn looks at the keys of a mapping. IsMeant says that a key above it, which the chart does not read, is about images.
func (c *checker) unreadIn(f *file, table *yaml.Node, path string, isMeant bool, known map[string]bool) (reported bool) {
	for i := 0; i+1 < len(table.Content); i += 2 {
		key, value := table.Content[i], table.Content[i+1]
		at := strings.TrimPrefix(path+"."+key.Value, ".")
		isRoot, isMapping := path == "", value.Kind == yaml.MappingNode
		about := isMeant || roleOf(key.Value) != "" || known[path] && isImageTable(path)
		switch {
		case isRoot && strings.Contains(key.Value, "."):
			c.reportUnread(f, key, at)
			reported = true
		case known[at] && !isMapping:
			reported = true // or read
		case c.isFreeForm(at), isRoot && !known[at] && (value.Anchor != "" || strings.HasPrefix(at, "x-")):
		case isRoot && !known[at] && (!about || isMapping && !isOnlyAboutImages(key.Value)):
		case isMapping && (known[at] || !isRoot) && len(value.Content) > 0:
			below := c.unreadIn(f, value, at, about && !known[at], known)
			if !below && about && !known[at] {
				c.reportUnread(f, key, at)
				below = true
			}
			reported = reported || below
		case about && !known[at] && !c.isMisspelled(at):
			c.reportUnread(f, key, at)
			reported = true
		}
	}
	return reported
}

// isImageTable reports whether a path is that of a mapping for an image: all its keys are about images.
func isImageTable(path string) bool {
	_, key := values.CutKey(path)
	return key == "image" || strings.HasSuffix(key, "Image")
}

// isFreeForm reports whether all keys below a path are the user's own, such as the variables of env.
func (c *checker) isFreeForm(path string) bool {
	for _, paths := range c.Profile.Shapes {
		if slices.Contains(paths, path) {
			return true
		}
	}
	_, key := values.CutKey(path)
	words := wordsOf(key)
	return len(words) > 0 && slices.Contains([]string{"env", "labels", "annotations", "selector", "properties", "data", "affinity"},
		words[len(words)-1]) || slices.Contains([]string{"config", "configuration"}, key)
}

// isMisspelled reports whether another rule reports the key.
func (c *checker) isMisspelled(path string) bool {
	return slices.ContainsFunc(c.findings, func(f Finding) bool { return f.Path == path && f.Rule == misspelledKey })
}

// roles are what a key about images is for, by the words of its name.
const (
	roleSecret   = "secret"
	rolePolicy   = "pullPolicy"
	roleDigest   = "digest"
	roleTag      = "tag"
	roleRegistry = "registry"
	roleImage    = "repository"
)

func roleOf(key string) string {
	has := func(words ...string) bool {
		return slices.ContainsFunc(wordsOf(key), func(w string) bool { return slices.Contains(words, w) })
	}
	switch {
	case has("pull") && has("secret", "secrets"):
		return roleSecret
	case has("pull") && has("policy"):
		return rolePolicy
	case has("digest"):
		return roleDigest
	case has("tag"):
		return roleTag
	case has("registry", "registries"):
		return roleRegistry
	case has("image", "images", "repository"):
		return roleImage
	}
	return ""
}

// isOnlyAboutImages reports whether all words of a key are about images: other mappings at the top are somebody's own.
func isOnlyAboutImages(key string) bool {
	return !slices.ContainsFunc(wordsOf(key), func(w string) bool {
		return !slices.Contains([]string{"image", "images", "registry", "registries", "repository", "tag", "digest", "pull", "policy",
			"secret", "secrets", "name", "server", "worker", "workers", "conductor", "orkes"}, w)
	})
}

// wordsOf returns the words of a key in lower case: imagePullSecrets is image, pull and secrets.
func wordsOf(key string) []string {
	var spaced strings.Builder
	for _, r := range key {
		switch {
		case !unicode.IsLetter(r):
			r = ' '
		case unicode.IsUpper(r):
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(unicode.ToLower(r))
	}
	return strings.Fields(spaced.String())
}

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
	report := found{rule: "key-ignored", path: path, at: place{f.name, key.Line}, summary: "chart {chart} does not read {path}",
		facts: facts{"chart": c.Profile.ID, "keys": strings.Join(c.keysFor(role, componentOf(path)), " and ")}}
	report.facts["right"] = c.rightText(role, value)
	switch isFullName := role == roleRegistry && c.settings([]string{roleRegistry}, "") == nil; {
	case strings.Contains(key.Value, "."):
		report.fix = "write it as mappings: {right}"
		report.facts["right"] = nested(key.Value, value)
	case c.isElsewhere(path):
		report.fix = "remove it"
	case role == roleSecret && report.facts["keys"] == "":
		report.fix = "remove it: this chart cannot name your secret; put the credentials of the registry in imageCredentials"
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

// isElsewhere reports whether a key is below a table of something else than the components, such as redis.
func (c *checker) isElsewhere(path string) bool {
	root, _, isBelow := strings.Cut(path, ".")
	return isBelow && !slices.Contains([]string{"conductor", "server", "workers"}, root) &&
		!slices.ContainsFunc(c.Profile.ReadKeys(), func(read string) bool { return strings.HasPrefix(read, root+".") })
}

func componentOf(path string) string {
	words := wordsOf(strings.ReplaceAll(path, ".", " "))
	switch {
	case slices.Contains(words, "workers") || slices.Contains(words, "worker"):
		return "workers"
	case slices.Contains(words, "server"), strings.HasPrefix(path, "conductor."):
		return "server"
	}
	return ""
}

// keysFor returns the keys that the chart reads for a role, of one component or of all.
func (c *checker) keysFor(role, component string) []string {
	wanted := map[string][]string{
		roleSecret: {"secret.name"}, rolePolicy: {rolePolicy}, roleTag: {roleTag}, roleDigest: {},
		roleRegistry: {roleRegistry}, roleImage: {},
	}[role]
	of := map[string][]string{
		rolePolicy: {rolePolicy}, roleTag: {roleTag}, roleDigest: {roleTag}, roleRegistry: {roleRegistry, "fullName"},
		roleImage: {roleImage, "fullName"},
	}[role]
	if component != "" || len(wanted) == 0 || role == rolePolicy { // a default of the components comes before a common policy
		if keys := c.settings(of, component); len(keys) > 0 {
			return keys
		}
	}
	for _, s := range c.Profile.Settings {
		if slices.Contains(wanted, s.Value) && s.As == "" && (role != roleSecret || slices.Contains(s.Methods, "existing")) {
			return []string{s.Path}
		}
	}
	for _, s := range c.Profile.Settings { // a list of names
		if role == roleSecret && s.Value == "secret.name" && c.isRead(s.Path) {
			return []string{s.Path}
		}
	}
	return c.settings(of, component)
}

func (c *checker) isRead(path string) bool { return slices.Contains(c.Profile.ReadKeys(), path) }

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

// isNamed reports whether the pods use the secret that a value names, by another key.
func (c *checker) isNamed(value any) bool {
	names := secretNames(value)
	return len(names) == 1 && len(c.components) > 0 && !slices.ContainsFunc(c.components, func(r component) bool {
		return !slices.Contains(r.PullSecrets, any(names[0]))
	})
}

// rightText returns a value as it is to stand at the right key; "" where that is not known.
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
