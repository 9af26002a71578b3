// Package plain asks the wizard's questions line by line, for screen readers, simple terminals and pipes. Answers and
// files are the same. It writes plain lines: no escape sequences, no colour, no symbols. It opens no file, and no
// password passes through it.
package plain

import (
	"errors"
	"io"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// Options are what the dialog works with.
type Options struct {
	Catalog *answers.Catalog
	Answers *answers.Answers // to start from; nil for none
	Sources session.Sources  // values files to edit
	// Offered is earlier work that the user did not name, with its values file: :o opens it. Nil for none.
	Offered        *session.Session
	OfferedSources session.Sources
	Offer          string // what was found
	// Keep saves the answers after each one, so that a crash loses at most the last. Nil saves nothing.
	Keep  func(data []byte) error
	Store session.Store
	In    io.Reader // only the dialog may read from it
	Talk  io.Writer // for questions and messages
	ASCII bool      // write ASCII only: the locale is not UTF-8
	Echo  bool      // repeat the answers: no terminal shows them while they are typed
	// Helm compares values with what the real helm renders; nil without a chart.
	Helm func(values []byte) session.Verdict
	// ValuesToStdout reports that standard output is not a terminal and takes the values, unless there are several
	// environments.
	ValuesToStdout bool
}

// ErrCancelled reports that the user chose to write nothing.
var ErrCancelled = errors.New("cancelled")

// EndedError reports that the input ended before the last answer.
type EndedError struct{ Before string } // the label of the question without an answer

// Error names the question.
func (e EndedError) Error() string { return "the input ended before an answer to: " + e.Before }

// dialog asks the questions.
type dialog struct {
	options Options
	*speaker
	*lines
	draft *session.Draft
	plan  *plan.Plan // for the answers so far

	page      answers.Page           // of the previous question
	listed    []answers.Field        // the questions when the current one was asked
	full      map[answers.Page]bool  // pages whose optional questions are asked
	described answers.Field          // the question described last: what the next one shares with it is not repeated
	images    map[string]string      // the image names said last, by component and environment
	reported  map[model.Problem]bool // problems said before the review
}

// Run asks until the files are written, and returns them. The error is ErrCancelled, an EndedError, model.Problems that
// no answer fixes, or an error of reading or writing.
func Run(o Options) (session.Delivery, error) {
	d := &dialog{options: o, speaker: &speaker{w: o.Talk, ascii: o.ASCII, known: o.Sources.Secrets()},
		lines: newLines(o.In), draft: session.New(o.Catalog, o.Answers, o.Sources), page: -1,
		full: map[answers.Page]bool{}, images: map[string]string{}, reported: map[model.Problem]bool{}}
	d.say("conductor-registry, one question at a time. Nothing is written before you confirm it at the end.")
	d.say("An empty line accepts the answer in brackets. ? (question mark) shows help. < (less than) goes back to the")
	d.say("previous question. + (plus) asks the optional questions of a step. - (minus) removes an answer. :s (colon s)")
	d.say("takes the defaults for the rest. ctrl+c quits. An image name, such as docker pull HOST/TEAM/server:TAG, answers")
	d.say("most questions at once.")
	if o.Offered != nil {
		what, _, _ := strings.Cut(o.Offer, "; ctrl+r")
		d.say("%s. :o (colon o) opens it.", what)
	}
	d.update()
	at := d.questions()[0].Path
	if o.Sources.Opened.Name != "" { // the file answers what it can
		at = d.finish()
	}
	for {
		if at == "" {
			delivery, to, err := d.review()
			if err != nil || to == "" {
				return delivery, err
			}
			at = to
		}
		f, err := o.Catalog.Field(d.draft.Answers, at)
		if err != nil {
			return session.Delivery{}, err
		}
		if at, err = d.ask(f); err != nil {
			return session.Delivery{}, err
		}
	}
}

// openOffered continues with the earlier work, and returns the path of the question that it leaves open; "" for the
// review.
func (d *dialog) openOffered() (next string) {
	from := d.options.OfferedSources
	from.Named = d.options.Sources.Named
	d.draft = session.New(d.options.Catalog, d.options.Offered.Answers, from)
	d.known = from.Secrets()
	d.options.Offered = nil
	d.update()
	return d.finish()
}

// update computes the plan after a change, and saves the answers. The caller reports an error of Keep at the end.
func (d *dialog) update() {
	d.plan = d.draft.Preview()
	if d.options.Keep != nil && d.draft.CanUndo() {
		_ = d.options.Keep(d.draft.Answers.Encode())
	}
}
