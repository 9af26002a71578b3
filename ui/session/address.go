package session

import (
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/redact"
	"conductor-registry/model/registry"
)

// UseAddress answers a provider's question with the address of a registry: it chooses the provider that knows the host
// and sets its fields from the address. It returns notes for the user and the paths of the other answers that changed;
// ok is false, and nothing changed, when the text is not the address of a known registry.
func (d *Draft) UseAddress(f answers.Field, text string) (notes, changed []string, ok bool) {
	text = strings.TrimSpace(RemoveInvisible(text))
	preset := d.registryAt(text)
	if preset == nil || !strings.HasSuffix(f.Path, answers.ProviderLeaf) {
		return nil, nil, false
	}
	changed = d.Answer(f, preset.ID)
	notes = []string{"recognized " + preset.Title + "; its details are filled in from the address"}
	prefix := strings.TrimSuffix(f.Path, "provider")
	for _, question := range d.Catalog.Fields(d.Answers) {
		if !strings.HasPrefix(question.Path, prefix) || question.Normalise == nil || len(question.Choices) > 0 {
			continue
		}
		n := question.Normalise(text)
		changed = append(append(changed, question.Path), d.setAll(question.Path, n)...)
		return append(notes, n.Notes...), changed, true
	}
	return notes, changed, true
}

// registryAt returns the registry whose host a text begins with; nil when no preset knows it.
func (d *Draft) registryAt(text string) *registry.Preset {
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

// RemoveInvisible removes the characters of pasted text that no terminal shows: control characters, joiners and
// direction marks.
func RemoveInvisible(text string) string {
	return strings.Map(func(r rune) rune {
		if redact.IsHidden(r) {
			return -1
		}
		return r
	}, text)
}
