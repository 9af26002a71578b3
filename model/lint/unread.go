package lint

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

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
		for _, root := range f.roots {
			if root.Kind == yaml.MappingNode {
				c.unreadIn(f, root, "", false, known)
			}
		}
		for at := range f.entries() { // keys that the profile knows, and that have no effect
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
	isRoot     bool // it is at the top
	isKnown    bool // the profile of the chart has it, or a key below it
	isAbout    bool // it is about images, or an unread key above it is
}

func (k candidate) isMapping() bool { return k.value.Kind == yaml.MappingNode }

// unreadIn looks at the keys of a mapping, and returns whether one of them is read or reported. IsMeant says that a key
// above it, which the chart does not read, is about images.
func (c *checker) unreadIn(f *file, mapping *yaml.Node, path string, isMeant bool, known map[string]bool) bool {
	isSettled := false
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		at := strings.TrimPrefix(path+"."+key.Value, ".")
		isAbout := isMeant || roleOf(key.Value) != "" || known[path] && isImageMapping(path)
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
	case c.isFreeForm(k.path), c.isForeign(k):
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

// isForeign reports whether a key at the top is there for something else than the images of the chart.
func (c *checker) isForeign(k candidate) bool {
	if !k.isRoot || k.isKnown {
		return false
	}
	isReused := k.value.Anchor != "" || strings.HasPrefix(k.path, "x-")
	return isReused || !k.isAbout || k.isMapping() && !c.isOnlyAboutImages(k.key.Value)
}

// isImageMapping reports whether a path is that of a mapping for an image: all its keys are about images.
func isImageMapping(path string) bool {
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
	freeForm := []string{"env", "labels", "annotations", "selector", "properties", "data", "affinity"}
	return len(words) > 0 && slices.Contains(freeForm, words[len(words)-1]) ||
		slices.Contains([]string{"config", "configuration"}, key)
}

// isMisspelled reports whether another rule reports the key.
func (c *checker) isMisspelled(path string) bool {
	return slices.ContainsFunc(c.findings, func(f Finding) bool { return f.Path == path && f.Rule == misspelledKey })
}

// isOnlyAboutImages reports whether all words of a key are about images: other mappings at the top belong to another
// program.
func (c *checker) isOnlyAboutImages(key string) bool {
	about := []string{"image", "images", "registry", "registries", "repository", "tag", "digest", "pull", "policy",
		"secret", "secrets", "name"}
	about = append(about, wordsOf(c.Profile.Name)...)
	for _, component := range c.Profile.Components {
		about = append(append(about, component.Name), component.Aliases...)
	}
	return !slices.ContainsFunc(wordsOf(key), func(w string) bool { return !slices.Contains(about, w) })
}
