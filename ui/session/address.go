package session

import (
	"strings"
	"unicode"

	"conductor-registry/model/answers"
	"conductor-registry/model/registry"
)

// Address takes the address of a registry where a provider is asked for: the provider is the one that knows the host,
// and its fields are what the address says. Notes tell what was made of it, touched are the paths answered otherwise
// now; ok is false when it is no such address, and then nothing changed.
func (d *Draft) Address(f answers.Field, text string) (notes, touched []string, ok bool) {
	text = strings.TrimSpace(Visible(text))
	preset := d.addressed(text)
	if preset == nil || !strings.HasSuffix(f.Path, "registry.provider") {
		return nil, nil, false
	}
	touched = d.Answer(f, preset.ID)
	notes = []string{"that is " + preset.Title + ", its details are filled in from the address"}
	prefix := strings.TrimSuffix(f.Path, "provider")
	for _, question := range d.Catalog.Fields(d.Answers) {
		if !strings.HasPrefix(question.Path, prefix) || question.Normalise == nil || len(question.Choices) > 0 {
			continue
		}
		n := question.Normalise(text)
		touched = append(append(touched, question.Path), d.fill(question.Path, n)...)
		return append(notes, n.Notes...), touched, true
	}
	return notes, touched, true
}

// addressed is the registry whose host begins the text; nil when none does.
func (d *Draft) addressed(text string) *registry.Preset {
	bare := strings.ToLower(text)
	if _, rest, ok := strings.Cut(bare, "://"); ok {
		bare = rest
	}
	host, _, _ := strings.Cut(bare, "/")
	if !strings.ContainsAny(host, ".:") || registry.CheckHost(host) != nil {
		return nil
	}
	return d.Catalog.Registries.ForHost(host)
}

// Visible leaves out of pasted text what can't be seen: control characters, and those that join, split or turn others.
func Visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
			return -1
		}
		return r
	}, text)
}

// Fill answers a question with what was made of an address, and the questions beside it that the address answers too.
// Touched are the paths of the others.
func (d *Draft) Fill(path string, n registry.Normalised) (touched []string) {
	d.remember(path)
	return d.fill(path, n)
}

func (d *Draft) fill(path string, n registry.Normalised) (touched []string) {
	prefix := path[:strings.LastIndex(path, ".")+1]
	for id, value := range n.Fields {
		d.Answers.Set(prefix+id, value)
		touched = append(touched, prefix+id)
	}
	if n.Value == "" { // all of it belongs to the others
		d.Answers.Unset(path)
	} else {
		d.Answers.Set(path, n.Value)
	}
	return touched
}
