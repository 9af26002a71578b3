package report

import (
	"strings"

	"conductor-registry/model/registry"
)

// Entry is a text and the word or two that it stands behind.
type Entry struct{ Label, Text string }

// Help is what there is to know of a registry while one answers for it: the login, how to do without, and what to mind
// with these fields.
func Help(p *registry.Preset, fields map[string]string) []Entry {
	all := []Entry{{"user", strings.TrimSpace(p.Login.Username + " " + p.Login.UsernameHelp)},
		{"password", p.Login.Password.Help}, {"lives", p.Login.Lifetime}}
	for _, s := range p.Secretless {
		all = append(all, Entry{"no secret", s.Where + ": " + s.How})
	}
	for _, note := range p.NotesFor(fields) {
		all = append(all, Entry{"note", note.Text})
	}
	var out []Entry
	for _, e := range all {
		if e.Text != "" {
			out = append(out, e)
		}
	}
	return out
}
