package ui

import (
	"strings"
	"unicode"

	"conductor-registry/model/form"
	"conductor-registry/model/registry"
)

// address takes the address of a registry where a provider is asked for: the provider is the one that knows the host,
// and its fields are what the address says.
func (m *Model) address(f form.Field, text string) bool {
	text = strings.TrimSpace(strings.Map(printable, text))
	bare := strings.ToLower(text)
	if _, rest, ok := strings.Cut(bare, "://"); ok {
		bare = rest
	}
	host, _, _ := strings.Cut(bare, "/")
	preset := m.options.Catalog.Registries.ForHost(host)
	if preset == nil || !strings.ContainsAny(host, ".:") || registry.CheckHost(host) != nil {
		return false
	}
	m.answer(f, preset.ID)
	var notes []string
	prefix := strings.TrimSuffix(f.Path, "provider")
	for _, question := range m.questions {
		if !strings.HasPrefix(question.Path, prefix) || question.Normalise == nil || len(question.Choices) > 0 {
			continue
		}
		n := question.Normalise(text)
		m.fill(question.Path, n)
		delete(m.rows, question.Path)
		notes = n.Notes
		break
	}
	m.recompute()
	notes = append([]string{"that is " + preset.Title + ", its details are filled in from the address"}, notes...)
	m.notice = strings.Join(notes, "; ")
	return true
}

// printable leaves control characters out of pasted text.
func printable(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

// normalise mends a pasted or finished answer, and keeps what it did to show it.
func (m *Model) normalise(f form.Field, r *row) {
	if f.Normalise == nil || r.input.value() == "" || len(f.Choices) > 0 {
		return
	}
	n := f.Normalise(r.input.value())
	if n.Value == r.input.value() && len(n.Fields) == 0 {
		return
	}
	r.notes = n.Notes
	r.input.set(n.Value)
	m.fill(f.Path, n)
	m.answer(f, n.Value)
}

// fill answers a question with what was made of an address, and the questions beside it that the address answers too.
func (m *Model) fill(path string, n registry.Normalised) {
	prefix := strings.TrimSuffix(path, lastKey(path))
	for id, value := range n.Fields {
		m.answers.Set(prefix+id, value)
		delete(m.rows, prefix+id)
	}
	if n.Value == "" { // all of it belongs to the others
		m.answers.Unset(path)
	} else {
		m.answers.Set(path, n.Value)
	}
}
