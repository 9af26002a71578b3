package plain

import (
	"slices"

	"conductor-registry/model/answers"
)

// questions returns the questions that the answers lead to.
func (d *dialog) questions() []answers.Field { return d.options.Catalog.Fields(d.draft.Answers) }

// isAsked reports whether a question is asked. Optional ones are asked when their answer is invalid or is not the
// default, and after the user asked for the optional questions of the page.
func (d *dialog) isAsked(f answers.Field) bool {
	answer := d.draft.AnswerTo(f)
	isDefault := answer == "" || answer == f.Default || answer == f.Inherits
	return !f.Advanced || d.full[f.Page] || !isDefault || d.draft.Validate(f) != nil
}

// next returns the path of the question after one; "" for the review. A page is not left while an answer on it is
// invalid.
func (d *dialog) next(f answers.Field) string {
	fields := d.questions()
	rest := fields[d.position(fields, f.Path)+1:]
	first := func(fields []answers.Field, ok func(g answers.Field) bool) string {
		if i := slices.IndexFunc(fields, ok); i >= 0 {
			return fields[i].Path
		}
		return ""
	}
	if path := first(rest, func(g answers.Field) bool { return g.Page == f.Page && d.isAsked(g) }); path != "" {
		return path
	}
	if path := first(fields, func(g answers.Field) bool { return g.Page == f.Page && d.draft.Validate(g) != nil }); path != "" {
		return path
	}
	return first(rest, func(g answers.Field) bool { return g.Page > f.Page && d.isAsked(g) })
}

// finish returns the path of the first question that has neither an answer nor a default; "" for the review.
func (d *dialog) finish() string {
	for _, f := range d.questions() {
		if d.draft.MustChoose(f) || d.draft.Validate(f) != nil {
			return f.Path
		}
	}
	return ""
}

// previous returns the path of the question before one, or with "" of the last question; "" before the first.
func (d *dialog) previous(path string) string {
	fields := d.questions()
	at := len(fields)
	if path != "" {
		at = d.position(fields, path)
	}
	for at--; at >= 0; at-- {
		if d.isAsked(fields[at]) {
			return fields[at].Path
		}
	}
	return ""
}

// position returns the index of a question. An answer can remove its own question: then it is the index of the last
// question before it that remains.
func (d *dialog) position(fields []answers.Field, path string) int {
	for at := index(d.listed, path); at >= 0; at-- {
		if now := index(fields, d.listed[at].Path); now >= 0 {
			return now
		}
	}
	return max(0, index(fields, path))
}

func index(fields []answers.Field, path string) int {
	return slices.IndexFunc(fields, func(f answers.Field) bool { return f.Path == path })
}

// askOptional makes the optional questions of a page asked, and returns the path of the question to continue with: the
// first optional one if it is before f, else f.
func (d *dialog) askOptional(f answers.Field) (next string) {
	optional := d.optional(f.Page)
	if len(optional) == 0 {
		d.say("This step has no more optional questions.")
		return f.Path
	}
	d.full[f.Page] = true
	d.say("Also asked: %s.", labels(optional))
	if fields := d.questions(); index(fields, optional[0].Path) < index(fields, f.Path) {
		return optional[0].Path
	}
	return f.Path
}

// optional returns the questions of a page that are not asked.
func (d *dialog) optional(page answers.Page) []answers.Field {
	return slices.DeleteFunc(d.questions(), func(f answers.Field) bool { return f.Page != page || d.isAsked(f) })
}
