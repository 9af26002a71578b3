package plain

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// review says what will be written, asks about each file that differs, and writes after a confirmation. Back is the path
// of a question to go back to; "" when the files were written.
func (d *dialog) review() (delivery session.Delivery, back string, err error) {
	d.openPage(answers.Review)
	if _, wrong := d.draft.Build(); len(wrong) > 0 {
		back, err = d.fix(wrong)
		return delivery, back, err
	}
	for {
		delivery = session.Look(d.draft, d.options.Store, d.options.ValuesToStdout)
		if goBack, err := d.offerFixes(&delivery); goBack || err != nil {
			return delivery, d.previous(""), err
		}
		d.overview(delivery)
		if back, err = d.confirm(&delivery); !errors.Is(err, session.ErrChanged) {
			return delivery, back, err
		}
		d.sayError(err)
	}
}

// fix says the problems and returns the path of the question that fixes the first one. If there is none, the problems
// are the error.
func (d *dialog) fix(wrong model.Problems) (path string, err error) {
	f, notFound := d.options.Catalog.Field(d.draft.Answers, wrong[0].Path)
	if notFound != nil {
		return "", wrong
	}
	for _, problem := range wrong {
		d.sayProblem(problem)
	}
	d.say("Fix this first: %s.", f.Label)
	return f.Path, nil
}

// overview says the images, what happens to each file, and every problem.
func (d *dialog) overview(delivery session.Delivery) {
	for _, env := range delivery.Plan.Environments {
		d.sayImages(env, true)
	}
	if delivery.Folder != "." {
		d.say("The folder is %s.", delivery.Folder)
	}
	for _, f := range delivery.Files {
		d.say("%s: %s", f.Name, state(f))
	}
	if delivery.ToStdout() {
		d.say("The values go to standard output.")
	}
	for _, problem := range delivery.Plan.Problems() {
		d.sayProblem(problem)
	}
	if d.options.Helm == nil {
		return
	}
	for _, env := range delivery.Plan.Environments {
		d.say("Running helm with %s.", env.FileName("values"))
		verdict := d.options.Helm(env.Values)
		problems := verdict.Problems(env)
		for _, problem := range problems {
			d.sayProblem(problem)
		}
		if len(problems) == 0 {
			d.say("%s agrees.", verdict.Program)
		}
	}
}

// state returns what happens to a file, before the user was asked about it.
func state(f session.File) string {
	switch {
	case f.Err != nil:
		return "unreadable, " + f.Err.Error()
	case f.Unchanged():
		return "unchanged"
	case f.Offered:
		return "skipped by default, because the secret probably exists already"
	case f.Differs() && f.Decision() == session.Merge:
		return "merged by default; " + f.ChangedLines() + " changed"
	case f.Differs() && f.Overwrite:
		return "exists and is replaced by default; " + f.ChangedLines() + " changed"
	case f.Differs():
		return "exists and is kept by default; " + f.ChangedLines() + " would change"
	}
	return "new"
}

// confirm asks about each file that differs, and last whether to write. It returns the path of the last question when
// the user goes back from the first file.
func (d *dialog) confirm(delivery *session.Delivery) (back string, err error) {
	var differ []int // files
	for i, f := range delivery.Files {
		if f.Asks() {
			differ = append(differ, i)
		}
	}
	for at := 0; at >= 0; {
		var goBack bool
		if at < len(differ) {
			goBack, err = d.decide(delivery, differ[at])
		} else {
			goBack, err = d.write(delivery)
		}
		switch {
		case err != nil:
			return "", err
		case goBack:
			at--
		case at == len(differ):
			return "", nil
		default:
			at++
		}
	}
	return d.previous(""), nil
}

// decide asks what to do with a file that exists or is only offered. A values file that exists is overwritten only when
// the user does not want to merge it and confirms that.
func (d *dialog) decide(delivery *session.Delivery, file int) (back bool, err error) {
	f := delivery.Files[file]
	yes, question := session.Overwrite, "Write "+f.Name+"?"
	switch {
	case f.Old == nil:
	case f.CanMerge():
		yes, question = session.Merge, fmt.Sprintf("Merge into %s? A backup is kept as %[1]s.bak; ? lists the changes.", f.Name)
	case f.CanOverwrite():
		d.say("%s cannot be merged: %s", f.Name, f.NoMerge)
		return d.overwrite(delivery, file)
	default:
		question = fmt.Sprintf("Overwrite %s? A backup is kept as %[1]s.bak; ? lists the changes.", f.Name)
	}
	agreed, back, err := d.yesNo(question, f.Overwrite, func() { d.sayFileChanges(delivery.Files[file]) })
	switch {
	case err != nil || back:
		return back, err
	case agreed:
		delivery.Decide(file, yes)
		return false, nil
	}
	delivery.Decide(file, session.Keep)
	if f.CanOverwrite() {
		return d.overwrite(delivery, file)
	}
	return false, nil
}

// overwrite asks whether to replace a whole values file.
func (d *dialog) overwrite(delivery *session.Delivery, file int) (back bool, err error) {
	delivery.Decide(file, session.Overwrite)
	f := delivery.Files[file]
	agreed, back, err := d.yesNo(fmt.Sprintf("Overwrite the whole %s? %s of it would be only in %[1]s.bak.", f.Name,
		f.LostLines()), false, func() { d.sayFileChanges(f) })
	if !agreed || back || err != nil {
		delivery.Decide(file, session.Keep)
	}
	return back, err
}

// sayFileChanges says the lines that writing a file removes and adds.
func (d *dialog) sayFileChanges(f session.File) {
	for _, c := range f.Changes() {
		verb := "removes"
		if c.Adds {
			verb = "adds"
		}
		d.say("%s %s", verb, cmp.Or(strings.TrimRight(c.Line, " "), "an empty line"))
	}
}

// write asks for a confirmation and writes. After an error of writing the user can try again.
func (d *dialog) write(delivery *session.Delivery) (back bool, err error) {
	if _, wrong := d.draft.BuildOnto(delivery.Bases()); len(wrong) > 0 {
		for _, problem := range wrong {
			d.sayProblem(problem)
		}
		return true, nil
	}
	files := delivery.Writing()
	question := "Nothing to write: finish?"
	if delivery.ToStdout() {
		question = "Print the values?"
	}
	if len(files) > 0 {
		names := make([]string, len(files))
		for i, f := range files {
			names[i] = f.Name
		}
		question = "Write " + model.List(names) + "?"
	}
	var failed error
	for {
		confirmed, back, err := d.yesNo(question, true, func() { d.overview(*delivery) })
		switch {
		case err != nil && failed != nil: // the input ended: nobody can try again
			return false, failed
		case err != nil || back:
			return back, err
		case !confirmed:
			return false, ErrCancelled
		}
		if failed = d.options.Store.Write(files); failed == nil || errors.Is(failed, session.ErrChanged) {
			return false, failed
		}
		d.sayError(failed)
	}
}

// yesNo asks for yes or no; an empty line is byDefault. Back reports that the user typed < for the previous question.
func (d *dialog) yesNo(question string, byDefault bool, explain func()) (yes, back bool, err error) {
	label, _, _ := strings.Cut(question, "?")
	hint := " [y/N]"
	if byDefault {
		hint = " [Y/n]"
	}
	for {
		line, err := d.read(question+hint, label)
		if err != nil {
			return false, false, err
		}
		switch strings.ToLower(line) {
		case "":
			return byDefault, false, nil
		case "y", "yes":
			return true, false, nil
		case "n", "no":
			return false, false, nil
		case "<":
			return byDefault, true, nil
		case "?":
			explain()
		default:
			d.say("error: answer y for yes or n for no; < goes back")
		}
	}
}
