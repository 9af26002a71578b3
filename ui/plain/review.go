package plain

import (
	"cmp"
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

// review says what will be written over what, asks for each file that differs, and for the go-ahead. To is the path of
// a question to go back to; without one all is written.
func (s *dialog) review() (done session.Delivery, to string, err error) {
	s.open(answers.Review)
	p, wrong := s.draft.Build()
	if len(wrong) > 0 {
		to, err = s.mend(wrong)
		return done, to, err
	}
	done = session.Look(p, s.options.Store, s.options.ValuesToStdout)
	s.overview(done)
	to, err = s.confirm(&done)
	return done, to, err
}

// mend leads to the question whose answer is wrong. Where there is none the problems are the error.
func (s *dialog) mend(wrong model.Problems) (to string, err error) {
	f, none := s.options.Catalog.Field(s.draft.Answers, wrong[0].Path)
	if none != nil {
		return "", wrong
	}
	for _, problem := range wrong {
		s.problem(problem)
	}
	s.say("First mend %s.", f.Label)
	return f.Path, nil
}

// overview says what the pods will get, what becomes of each file, and every remark.
func (s *dialog) overview(d session.Delivery) {
	for _, env := range d.Plan.Environments {
		s.names(env, true)
	}
	if d.Folder != "." {
		s.say("The folder is %s.", d.Folder)
	}
	for _, f := range d.Files {
		s.say("%s: %s", f.Name, state(f))
	}
	if d.ToStdout() {
		s.say("The values go to standard output.")
	}
	for _, problem := range d.Plan.Problems() {
		s.problem(problem)
	}
	if s.options.Helm == nil {
		return
	}
	for _, env := range d.Plan.Environments {
		s.say("Asking helm about %s.", env.FileName("values"))
		verdict := s.options.Helm(env.Values)
		problems := verdict.Problems(env)
		for _, problem := range problems {
			s.problem(problem)
		}
		if len(problems) == 0 {
			s.say("%s agrees.", verdict.Program)
		}
	}
}

func state(f session.File) string {
	switch {
	case f.Err != nil:
		return "unreadable, " + f.Err.Error()
	case f.Unchanged():
		return "unchanged"
	case f.Offered:
		return "not written unless you say so: the secret is there already, most likely"
	case f.Differs() && f.Edit:
		return f.ChangedLines() + " of it change, unless you say otherwise"
	case f.Differs():
		return "is there already and stays unless you say otherwise; " + f.ChangedLines() + " would change"
	}
	return "new"
}

// confirm asks for each file that differs whether it is overwritten, and at last whether all is to be written.
func (s *dialog) confirm(d *session.Delivery) (to string, err error) {
	var differ []*session.File
	for i := range d.Files {
		if d.Files[i].Asks() {
			differ = append(differ, &d.Files[i])
		}
	}
	for at := 0; at >= 0; {
		var back bool
		if at < len(differ) {
			back, err = s.overwrite(differ[at])
		} else {
			back, err = s.write(d)
		}
		switch {
		case err != nil:
			return "", err
		case back:
			at--
		case at == len(differ):
			return "", nil
		default:
			at++
		}
	}
	return s.before(""), nil
}

// overwrite asks whether a file that is there may be replaced; it is kept unless the user says so.
func (s *dialog) overwrite(f *session.File) (back bool, err error) {
	explain := func() {
		for _, c := range f.Changes() {
			does := "takes away"
			if c.Adds {
				does = "adds"
			}
			s.say("%s %s", does, cmp.Or(strings.TrimRight(c.Line, " "), "an empty line"))
		}
	}
	question := fmt.Sprintf("Write %s?", f.Name)
	if f.Old != nil {
		question = fmt.Sprintf("%s %s? The old one stays as %s.bak, and ? says what changes.", verb(f), f.Name, f.Name)
	}
	f.Overwrite, back, err = s.yes(question, f.Overwrite, explain)
	return back, err
}

func verb(f *session.File) string {
	if f.Edit {
		return "Change"
	}
	return "Overwrite"
}

// write asks for the go-ahead and writes. What fails is told, and can be tried again.
func (s *dialog) write(d *session.Delivery) (back bool, err error) {
	files := d.Writing()
	question := "Nothing to write: finish?"
	if len(files) > 0 {
		names := make([]string, len(files))
		for i, f := range files {
			names[i] = f.Name
		}
		question = "Write " + model.List(names) + "?"
	}
	var failed error
	for {
		ahead, back, err := s.yes(question, true, func() { s.overview(*d) })
		switch {
		case err != nil && failed != nil: // nobody is there to try again
			return false, failed
		case err != nil || back:
			return back, err
		case !ahead:
			return false, ErrLeft
		}
		if failed = s.options.Store.Write(files); failed == nil {
			return false, nil
		}
		s.wrong(failed)
	}
}

// yes asks a question that yes or no answers, or < for the question before.
func (s *dialog) yes(question string, otherwise bool, explain func()) (yes, back bool, err error) {
	short, _, _ := strings.Cut(question, "?")
	hint := " [y/N]"
	if otherwise {
		hint = " [Y/n]"
	}
	for {
		line, err := s.line(question+hint, short)
		if err != nil {
			return false, false, err
		}
		switch strings.ToLower(line) {
		case "":
			return otherwise, false, nil
		case "y", "yes":
			return true, false, nil
		case "n", "no":
			return false, false, nil
		case "<":
			return otherwise, true, nil
		case "?":
			explain()
		default:
			s.say("error: answer y for yes or n for no; < goes back")
		}
	}
}
