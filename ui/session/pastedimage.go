package session

import (
	"regexp"
	"strings"
	"unicode"

	"conductor-registry/model/image"
)

// pastedImage is an image name found in a pasted text.
type pastedImage struct {
	registry    string // of its own, where it differs from that of the other images
	host, path  string // docker.io for a name without a host
	tag, digest string
	isWhole     bool     // it names its host, or a command that pulls it
	notes       []string // what was left out: "removed the login"
}

// pastedImages returns the image names in a pasted text: one on each line, as people copy them from a shell, a values
// file, a manifest, a browser or a registry's web page. It returns nil when no line is an image name; a registry's
// address without an image is not one. Names are the component names of the chart.
func pastedImages(text string, names []string) []pastedImage {
	var out []pastedImage
	var inFile pastedValues
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		words, labelled := imageWords(inFile.read(RemoveInvisible(strings.ReplaceAll(line, "\t", " ")), out))
		var found []pastedImage
		for i, word := range words {
			one, ok := parsePasted(word, labelled, names)
			if !ok {
				continue
			}
			if one.tag+one.digest == "" && i+1 < len(words) && version.MatchString(words[i+1]) { // a column of docker images
				one.tag = words[i+1]
			}
			found = append(found, one)
		}
		if labelled && len(found) > 1 { // the source of a copy, then its target
			found = found[len(found)-1:]
		}
		out = append(out, found...)
	}
	for i, one := range out {
		if one.tag+one.digest == "" {
			out[i].tag = inFile.tag
		}
	}
	return out
}

// version matches a tag beside an image name.
var version = regexp.MustCompile(`^(v?\d[\w.-]*|latest)$`)

// pastedValues are the keys of a pasted values file that belong to images on other lines.
type pastedValues struct{ registry, tag string }

// read returns a line with the registry before its repository. It keeps a registry, and a tag for the images without one;
// a tag below an image belongs to the last one of found.
func (v *pastedValues) read(line string, found []pastedImage) string {
	key, text, ok := strings.Cut(line, ": ")
	words, _ := imageWords(text)
	if !ok || len(words) == 0 {
		return line
	}
	last := len(found) - 1
	switch value := words[0]; strings.TrimSpace(key) {
	case "registry":
		v.registry = strings.TrimRight(value, "/")
	case "repository":
		if host, _, _ := strings.Cut(value, "/"); v.registry != "" && !strings.ContainsAny(host, ".:") {
			return key + ": " + v.registry + "/" + value
		}
	case "tag":
		tag, digest, _ := strings.Cut(value, "@")
		switch {
		case image.CheckTag(value) != nil:
		case last < 0:
			v.tag = value
		case found[last].tag+found[last].digest == "":
			found[last].tag, found[last].digest = tag, digest
		}
	}
	return line
}

// imageWords returns the words of a line that may be an image name, and whether the line says that one is: by a command
// that pulls, or by a key such as image.
func imageWords(line string) (words []string, labelled bool) {
	isBetween := func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Quotation_Mark, r) || strings.ContainsRune("`,<>{}()=[]", r)
	}
	for word := range strings.FieldsFuncSeq(line, isBetween) {
		switch strings.ToLower(strings.TrimLeft(strings.TrimSuffix(word, ":"), "-$")) {
		case "pull", "image", "from", "repository", "run", "inspect", "copy", "cp", "push", "tag", "manifest", "digest", "ls",
			"name":
			labelled = true
		default:
			words = append(words, word)
		}
	}
	return words, labelled
}

// parsePasted splits a word at host, path, tag and digest; false when it is not an image name.
func parsePasted(word string, labelled bool, names []string) (pastedImage, bool) {
	var found pastedImage
	word = strings.TrimRight(strings.TrimSpace(word), "/.;\\")
	if scheme, rest, ok := strings.Cut(word, "://"); ok {
		word = rest
		found.notes = append(found.notes, "removed "+scheme+"://")
	}
	if login, rest, ok := strings.Cut(word, "@"); ok && !strings.Contains(login, "/") && strings.Contains(rest, "/") {
		word = rest
		found.notes = append(found.notes, "removed the login")
	}
	name, suffix := image.SplitTag(word)
	if lower := strings.ToLower(name); lower != name {
		name = lower
		found.notes = append(found.notes, "changed to lower case")
	}
	parsed, err := image.Parse(name + suffix)
	if err != nil {
		return found, false
	}
	found.host, found.path, found.tag, found.digest = parsed.Host, parsed.Repository, parsed.Tag, parsed.Digest
	hasHost := strings.HasPrefix(name, parsed.Host+"/")
	if !hasHost {
		found.path = name // without the library/ that Docker Hub implies
	}
	found.isWhole = hasHost || labelled
	last := found.path[strings.LastIndex(found.path, "/")+1:]
	switch {
	case !hasHost && !strings.Contains(found.path, "/"):
		return found, false // a word, an option or a host
	case suffix != "" || componentIn(last, names) != "":
		return found, true
	}
	return found, labelled
}

// componentIn returns the component that a name contains as a word, such as server in orkes-conductor-server; "" for
// none.
func componentIn(name string, components []string) string {
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, c := range components {
			if word == c || word == strings.TrimSuffix(c, "s") || word+"s" == c {
				return c
			}
		}
	}
	return ""
}

// sibling returns the path of another component's image: the last occurrence of the component's name is replaced. It
// returns "" when the path does not contain it.
func sibling(path, from, to string) string {
	singular := func(name string) string { return strings.TrimSuffix(name, "s") }
	for _, pair := range [][2]string{{from, to}, {singular(from), singular(to)}} {
		if at := strings.LastIndex(path, pair[0]); at >= 0 {
			return path[:at] + pair[1] + path[at+len(pair[0]):]
		}
	}
	return ""
}
