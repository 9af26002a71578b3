package ui

import (
	"slices"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// start says what the wizard does, on its first page.
const start = "Writes values.yaml and pull-secret.sh, so that pods pull Orkes Conductor's two images from your registry. " +
	"Paste an image name to answer most questions at once."

// providerField returns the question for the registry of all images.
func (w *work) providerField() (answers.Field, bool) {
	fields := w.on(answers.Registry)
	i := slices.IndexFunc(fields, func(f answers.Field) bool { return f.Path == answers.ProviderLeaf })
	if i < 0 {
		return answers.Field{}, false
	}
	return fields[i], true
}

// registries lists the registries of the next page on the first one: a click chooses one, and a letter begins to filter
// them. It returns an empty block where less than a few fit.
func (s scene) registries(labels, width, height int) block {
	const fewest = 6
	f, ok := s.providerField()
	if !ok || height < fewest {
		return block{}
	}
	names := 0
	for _, c := range f.Choices {
		names = max(names, len(c.Label))
	}
	head := "  " + pad(f.Label, labels) + "  " + registryPrompt
	b := block{lines: []string{s.style.dim.Render(s.fitted(head, width))}}
	for i, c := range f.Choices {
		if rest := len(f.Choices) - i; len(b.lines) == height-1 && rest > 1 {
			b.lines = append(b.lines, s.others(0, rest))
			break
		}
		name := pad(c.Label, names)
		if c.Value == s.draft.AnswerTo(f) {
			name = s.style.accent.Render(name)
		}
		b.hit(0, width, choiceMsg{field: f, choice: c})
		b.lines = append(b.lines, s.fitted("    "+name+"  "+s.style.dim.Render(c.Summary), width))
	}
	return b
}

// registryPrompt says how to find a registry.
const registryPrompt = "type to filter, or paste an image name"

// beginsFilter reports whether a key on the first page is the first letter of a registry, which the next page filters.
func (p *form) beginsFilter(f answers.Field, msg tea.KeyPressMsg) bool {
	letter, _ := utf8.DecodeRuneInString(msg.Text)
	return p.page == answers.Chart && len(f.Choices) > 0 && !p.returning && unicode.IsLetter(letter)
}
