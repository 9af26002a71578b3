package session

import (
	"bytes"
	"maps"

	"conductor-registry/model/answers"
)

// maxHistory is the number of answers that can be undone. It bounds the memory of a wizard that stays open; there are
// fewer questions.
const maxHistory = 100

// step is an answer in the history.
type step struct {
	path   string // of the question
	before *answers.Answers
	edited map[string]edited // by the fixes before it
	from   Sources
}

// remember adds the present answers to the history, before the question at path is answered. All that is typed into one
// question, or tried in one list, counts as one answer until EndAnswer.
func (d *Draft) remember(path string) {
	if d.open == path {
		return
	}
	d.open = path
	if len(d.history) == maxHistory {
		d.history = append(d.history[:0], d.history[1:]...)
	}
	d.history = append(d.history, step{path, d.Answers.Clone(), d.edited, d.sources})
}

// EndAnswer ends the answer being given: the question was left.
func (d *Draft) EndAnswer() { d.open = "" }

// CanUndo reports whether the user has answered anything.
func (d *Draft) CanUndo() bool { return len(d.history) > 0 }

// Undo restores the answers before the last answer that changed any, and returns the path of its question; ok is false
// when there is nothing to undo.
func (d *Draft) Undo() (path string, ok bool) {
	d.EndAnswer()
	now := d.Answers.Encode()
	for len(d.history) > 0 {
		last := d.history[len(d.history)-1]
		d.history = d.history[:len(d.history)-1]
		if !bytes.Equal(last.before.Encode(), now) || !maps.EqualFunc(last.edited, d.edited, edited.equal) {
			d.Answers, d.edited, d.sources = last.before, last.edited, last.from
			clear(d.followed)
			return last.path, true
		}
	}
	return "", false
}
