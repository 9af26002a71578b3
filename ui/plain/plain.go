// Package plain asks line by line, for screen readers, terminals that can do no more, and pipes: the questions of the
// wizard from the same list, one at a time, with the same answers and files. It writes plain lines alone: no escape
// sequence, no colour, no mark that has to be seen. It opens no file and no password passes through it.
package plain

import (
	"errors"
	"io"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// Options are what it works with.
type Options struct {
	Catalog *answers.Catalog
	Answers *answers.Answers // to start from; nil is none
	Sources session.Sources  // values files that the keys go into
	// Keep keeps the answers file so far, so that a crash loses at most the last answer; nil keeps nothing.
	Keep  func(data []byte) error
	Store session.Store
	In    io.Reader // nobody else may read from it
	Talk  io.Writer // where it asks
	ASCII bool      // nothing else is written: the locale is not UTF-8
	Echo  bool      // answers are repeated: no terminal shows them as they are typed
	// Helm asks the real helm what it makes of values; nil where there is no chart to ask about.
	Helm func(values []byte) session.Verdict
	// ValuesToStdout says that standard output is no terminal. The values go there and not into a file, as long as there
	// is one set of them.
	ValuesToStdout bool
}

// ErrLeft tells that the user chose to write nothing.
var ErrLeft = errors.New("cancelled")

// EndedError is an input that ended too early.
type EndedError struct{ Before string } // the label of the question that was not answered

// Error names the question.
func (e EndedError) Error() string { return "the input ended before an answer to: " + e.Before }

// dialog is one round of questions.
type dialog struct {
	options Options
	*speaker
	*lines
	draft *session.Draft

	page   answers.Page          // of the question before
	full   map[answers.Page]bool // pages whose questions that few need are asked too
	listed []answers.Field       // all that there were when the question was asked
	said   answers.Field         // the question described last: what another has in common with it is not said again
	plan   *plan.Plan            // what the answers lead to
	images map[string]string     // the image names as they were said last
	told   map[model.Problem]bool
}

// Run asks until all is written, and says what that is. An error is ErrLeft, an EndedError, model.Problems that no
// question can mend, or what reading or writing came to.
func Run(o Options) (session.Delivery, error) {
	s := &dialog{options: o, speaker: &speaker{w: o.Talk, ascii: o.ASCII}, lines: newLines(o.In),
		draft: session.New(o.Catalog, o.Answers, o.Sources), page: -1, full: map[answers.Page]bool{}, images: map[string]string{},
		told: map[model.Problem]bool{}}
	s.introduce()
	s.conclude()
	at := s.fields()[0].Path
	for {
		if at == "" {
			done, to, err := s.review()
			if err != nil || to == "" {
				return done, err
			}
			at = to
		}
		f, err := o.Catalog.Field(s.draft.Answers, at)
		if err != nil {
			return session.Delivery{}, err
		}
		if at, err = s.ask(f); err != nil {
			return session.Delivery{}, err
		}
	}
}

func (s *dialog) introduce() {
	s.say("conductor-registry, one question at a time. Nothing is written before you confirm it at the end.")
	s.say("An empty line takes the answer in brackets. ? (question mark) explains. < (less than) goes back to the")
	s.say("question before. + (plus) asks what else there is on a page. - (minus) empties an answer. ctrl+c leaves.")
}

// conclude draws the conclusions from the answers.
func (s *dialog) conclude() {
	s.plan = s.draft.Preview()
	if s.options.Keep != nil && s.draft.Touched() {
		_ = s.options.Keep(s.draft.Answers.Encode()) // what can't be kept is told when the questions are left
	}
}
