package session

import (
	"conductor-registry/model/answers"
	"conductor-registry/model/registry"
)

// Take is a whole answer: it is put right, recorded with what it says of the questions beside it, and checked. With an
// error, which says what is wrong with it, nothing has changed. An empty text takes the answer away.
func (d *Draft) Take(f answers.Field, text string) (registry.Normalised, error) {
	before, n := d.Answers.Clone(), registry.Normalised{Value: text}
	if f.Normalise != nil && text != "" && len(f.Choices) == 0 {
		n = f.Normalise(text)
		d.Fill(f.Path, n)
	}
	d.Answer(f, n.Value)
	now, err := d.Catalog.Field(d.Answers, f.Path) // what is required may depend on what was filled in
	if err == nil {
		err = d.Mistake(now)
	}
	if err != nil {
		d.Answers = before
	}
	return n, err
}
