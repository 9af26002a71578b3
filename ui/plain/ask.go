package plain

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/registry"
)

// ask asks a question until it has a valid answer, and returns the path of the next question; "" for the review.
func (d *dialog) ask(f answers.Field) (next string, err error) {
	d.listed = d.questions()
	d.openPage(f.Page)
	d.describe(f)
	if err := d.draft.Validate(f); err != nil && d.draft.AnswerTo(f) != "" {
		d.sayError(err)
	}
	for {
		line, err := d.read(d.prompt(f), f.Label)
		if err != nil {
			return "", err
		}
		if next, known := d.command(f, line); known {
			if next != f.Path {
				return next, nil
			}
			continue
		}
		if u, ok := d.draft.UseImages(f, line); ok {
			d.say("%s.", u.Text)
			d.update()
			if u.Whole {
				return d.finish(), nil
			}
			return d.next(f), nil
		}
		if err := d.answer(f, line); err != nil {
			d.sayError(err)
			continue
		}
		d.update()
		return d.next(f), nil
	}
}

// command does what a line that is a command asks for, and returns the path of the next question: the same one for what
// only shows something. It reports false for an answer.
func (d *dialog) command(f answers.Field, line string) (next string, known bool) {
	switch line {
	case "?":
		d.help(f)
	case "<":
		if previous := d.previous(f.Path); previous != "" {
			d.described = answers.Field{}
			return previous, true
		}
		d.say("This is the first question. ctrl+c quits without writing.")
	case ":s":
		return d.finish(), true
	case ":o":
		if d.options.Offered != nil {
			return d.openOffered(), true
		}
		d.say("There is nothing to open.")
	case "+":
		return d.askOptional(f), true
	default:
		return "", false
	}
	return f.Path, true
}

// read prompts for a line. It reports lines that cannot be an answer, and reads again.
func (d *dialog) read(prompt, label string) (string, error) {
	for {
		d.put(prompt + " ")
		line, err := d.readLine()
		if d.options.Echo && err == nil {
			d.put(line)
		}
		if d.options.Echo || err != nil {
			d.put("\n")
		}
		invalid, ok := errors.AsType[invalidLineError](err)
		switch {
		case ok:
			d.sayError(invalid)
		case errors.Is(err, io.EOF):
			return "", EndedError{label}
		default:
			return line, err
		}
	}
}

func (d *dialog) sayError(err error) { d.say("error: %s", err) }

// prompt returns the label of a question, with the answer that an empty line accepts in brackets.
func (d *dialog) prompt(f answers.Field) string {
	effective := d.draft.Effective(f)
	switch {
	case effective != "":
		return f.Label + " [" + effective + "]:"
	case len(f.Choices) > 0 && !d.draft.MustChoose(f):
		return f.Label + " [" + f.Choices[0].Label + "]:"
	case len(f.Choices) > 0:
		return fmt.Sprintf("%s (1 to %d):", f.Label, len(f.Choices))
	case !f.Required:
		return f.Label + " (optional):"
	}
	return f.Label + ":"
}

// answer records the answer of a line; an empty line keeps the effective value. It returns why the answer is invalid.
func (d *dialog) answer(f answers.Field, line string) error {
	switch {
	case line == "" && d.draft.MustChoose(f):
		return errors.New("choose an entry by its number or name")
	case line == "":
		return d.draft.Validate(f)
	case line == "-" && len(f.Choices) == 0:
		_, err := d.draft.Submit(f, "")
		return err
	case len(f.Choices) > 0:
		return d.choose(f, line)
	}
	n, err := d.draft.Submit(f, line)
	if err == nil && n.Value != line {
		d.sayCorrections(f, n)
	}
	return err
}

// sayCorrections says how an answer was corrected, and which other fields it set.
func (d *dialog) sayCorrections(f answers.Field, n registry.Normalised) {
	if n.Value != "" {
		d.say("Read as %s.", n.Value)
	}
	if len(n.Notes) > 0 {
		d.say("Corrected: %s.", strings.Join(n.Notes, ", "))
	}
	prefix := f.Path[:strings.LastIndex(f.Path, ".")+1]
	for _, id := range slices.Sorted(maps.Keys(n.Fields)) {
		if other, err := d.options.Catalog.Field(d.draft.Answers, prefix+id); err == nil {
			d.say("%s is set to %s.", other.Label, n.Fields[id])
		}
	}
}
