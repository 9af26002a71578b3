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

// candidate is a key of the values that the chart may not read.
type candidate struct {
	key, value *yaml.Node
	path       string
	isRoot     bool // it stands at the top
	isKnown    bool // the profile of the chart has it, or a key below it
	isAbout    bool // it is about images, or an unread key above it is
}

func (k candidate) isMapping() bool { return k.value.Kind == yaml.MappingNode }

// unreadIn looks at the keys of a mapping, and returns whether one of them is read or reported. IsMeant says that a key
// above it, which the chart does not read, is about images.
func (c *checker) unreadIn(f *file, table *yaml.Node, path string, isMeant bool, known map[string]bool) bool {
	isSettled := false
	for i := 0; i+1 < len(table.Content); i += 2 {
		key, value := table.Content[i], table.Content[i+1]
		at := strings.TrimPrefix(path+"."+key.Value, ".")
		isAbout := isMeant || roleOf(key.Value) != "" || known[path] && isImageTable(path)
		k := candidate{key: key, value: value, path: at, isRoot: path == "", isKnown: known[at], isAbout: isAbout}
		isSettled = c.unreadAt(f, k, known) || isSettled
	}
	return isSettled
}

// unreadAt looks at a key and those below it, and returns whether one of them is read or reported.
func (c *checker) unreadAt(f *file, k candidate, known map[string]bool) bool {
	isUnread := k.isAbout && !k.isKnown
	switch {
	case k.isRoot && strings.Contains(k.key.Value, "."):
		isUnread = true
	case k.isKnown && !k.isMapping():
		return true
	case c.isFreeForm(k.path), k.isSomebodysOwn():
		return false
	case k.isMapping() && (k.isKnown || !k.isRoot) && len(k.value.Content) > 0:
		if c.unreadIn(f, k.value, k.path, isUnread, known) {
			return true
		}
	case isUnread:
		isUnread = !c.isMisspelled(k.path)
	}
	if isUnread {
		c.reportUnread(f, k.key, k.path)
	}
	return isUnread
}

// isSomebodysOwn reports whether a key at the top is there for something else than the images of the chart.
func (k candidate) isSomebodysOwn() bool {
	if !k.isRoot || k.isKnown {
		return false
	}
	isReused := k.value.Anchor != "" || strings.HasPrefix(k.path, "x-")
	return isReused || !k.isAbout || k.isMapping() && !isOnlyAboutImages(k.key.Value)
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
	tables := []string{"env", "labels", "annotations", "selector", "properties", "data", "affinity"}
	return len(words) > 0 && slices.Contains(tables, words[len(words)-1]) ||
		slices.Contains([]string{"config", "configuration"}, key)
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
	about := []string{"image", "images", "registry", "registries", "repository", "tag", "digest", "pull", "policy",
		"secret", "secrets", "name", "server", "worker", "workers", "conductor", "orkes"}
	return !slices.ContainsFunc(wordsOf(key), func(w string) bool { return !slices.Contains(about, w) })
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
	report := found{rule: "key-ignored", path: path, at: place{f.name, key.Line},
		summary: "chart {chart} does not read {path}",
		facts:   facts{"chart": c.Profile.ID, "keys": strings.Join(c.keysFor(role, componentOf(path)), " and ")}}
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
	// a default of the components comes before a common policy
	if component != "" || len(wanted) == 0 || role == rolePolicy {
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
