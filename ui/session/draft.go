package session

import (
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/redact"
	"conductor-registry/model/registry"
)

// Draft holds the answers while a person gives them. Use New.
type Draft struct {
	Catalog *answers.Catalog
	Answers *answers.Answers
	sources Sources
	edited  map[string]edited            // by the name of the file; a change makes a new map
	stash   map[string]map[string]string // the fields of providers that were replaced, by "PATH=PROVIDER"
	history []step
	open    string // the path of the answer being given
	// followed are the pull policies that followTag answered.
	followed map[string]bool
	// Removed lists the answers of the start that contained a password, such as "user:PASSWORD@host".
	Removed []string
}

// New returns a draft that starts with answers, after it corrected pasted ones; nil starts without answers.
func New(catalog *answers.Catalog, from *answers.Answers, sources Sources) *Draft {
	if from == nil {
		from = answers.New()
	}
	from, _ = catalog.Normalise(from, "")
	d := &Draft{Catalog: catalog, Answers: from, sources: sources, stash: map[string]map[string]string{},
		followed: map[string]bool{}}
	for _, path := range from.Paths() {
		if value := from.Get(path); redact.Text(value) != value {
			from.Unset(path)
			d.Removed = append(d.Removed, path)
		}
	}
	return d
}

// AnswerTo returns the user's answer to a question; "" when there is none.
func (d *Draft) AnswerTo(f answers.Field) string {
	if f.Path == "environments" {
		return strings.Join(d.Answers.Environments(), ", ")
	}
	return d.Answers.Get(f.Path)
}

// Effective returns the value that applies to a question: its answer, else its default, else what it inherits.
func (d *Draft) Effective(f answers.Field) string {
	if value := d.AnswerTo(f); value != "" {
		return value
	}
	if f.Default != "" {
		return f.Default
	}
	return f.Inherits
}

// Title returns the title of a page. The details of a registry have the registry's name.
func (d *Draft) Title(page answers.Page) string {
	if preset, ok := d.Preset(); ok && page == answers.Details {
		return preset.Title
	}
	return page.Title()
}

// Preset returns the registry that was chosen for all images.
func (d *Draft) Preset() (*registry.Preset, bool) {
	return d.Catalog.Registries.Preset(d.Answers.Get(answers.ProviderLeaf))
}

// Validate returns why the answer to a question is invalid or missing.
func (d *Draft) Validate(f answers.Field) error {
	value := d.AnswerTo(f)
	if value == "" && !f.Required {
		return nil
	}
	return f.Check(value)
}

// Labelled returns a problem for a person who answers questions: a problem with an answer has no path, and the summary of
// an error names the question by its label.
func (d *Draft) Labelled(p model.Problem) model.Problem {
	f, err := d.Catalog.Field(d.Answers, p.Path)
	if err != nil {
		return p
	}
	if p.Severity == model.Error && !strings.Contains(p.Summary, f.Label) {
		p.Summary = f.Label + ": " + p.Summary
	}
	p.Path = ""
	return p
}

// MustChoose reports whether a question is a list in which the user must choose an entry, because no value applies.
func (d *Draft) MustChoose(f answers.Field) bool {
	return len(f.Choices) > 0 && f.Choices[0].Value != "" && d.Effective(f) == ""
}

// Answer records an answer; an empty value removes it. It returns the paths of other answers that it removed or
// restored.
func (d *Draft) Answer(f answers.Field, value string) (changed []string) {
	d.remember(f.Path)
	return d.Preselect(f, value)
}

// Preselect records an answer that the user did not give, such as the first entry of a list, so undo skips it.
func (d *Draft) Preselect(f answers.Field, value string) (changed []string) {
	if strings.HasSuffix(f.Path, answers.ProviderLeaf) {
		return d.changeProvider(f.Path, value)
	}
	return d.set(f.Path, value)
}

// AnswerNormalised records a corrected answer, and answers that it gives to other fields of the same registry. It
// returns their paths.
func (d *Draft) AnswerNormalised(f answers.Field, n registry.Normalised) (changed []string) {
	d.remember(f.Path)
	return d.setAll(f.Path, n)
}

// Submit corrects, records and checks a complete answer; an empty text removes the answer. When it returns an error the
// answers are as before.
func (d *Draft) Submit(f answers.Field, text string) (registry.Normalised, error) {
	before, n := d.Answers.Clone(), registry.Normalised{Value: text}
	if f.Normalise != nil && text != "" && len(f.Choices) == 0 {
		n = f.Normalise(text)
		d.AnswerNormalised(f, n)
	} else {
		d.Answer(f, text)
	}
	now, err := d.Catalog.Field(d.Answers, f.Path) // another field's answer can make this one optional
	if err == nil {
		err = d.Validate(now)
	}
	if err != nil {
		d.Answers = before
	}
	return n, err
}

// set sets an answer; an empty value removes it. It returns the paths of others that changed with it.
func (d *Draft) set(path, value string) (changed []string) {
	delete(d.followed, path) // the user chose it
	if value == "" && path != "environments" {
		d.Answers.Unset(path)
	} else {
		d.Answers.Set(path, value)
	}
	return d.followTag(path)
}

// setAll sets a corrected answer and the fields beside it, and returns the paths of what changed with it.
func (d *Draft) setAll(path string, n registry.Normalised) (beside []string) {
	prefix := path[:strings.LastIndex(path, ".")+1]
	for id, value := range n.Fields {
		d.Answers.Set(prefix+id, value)
		beside = append(beside, prefix+id)
	}
	return append(beside, d.set(path, n.Value)...)
}
