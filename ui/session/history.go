package session

import (
	"bytes"

	"conductor-registry/model/answers"
)

// maxHistory is how many answers can be undone: more than a wizard has questions, and a bound for one left open.
const maxHistory = 100

// step is how the answers were before one of them was given.
type step struct {
	path   string // of the question that was answered
	before *answers.Answers
}

// remember keeps the answers as they are before the question at path is answered. What is typed key by key, or tried in
// a list entry by entry, is one answer: Settled ends it.
func (d *Draft) remember(path string) {
	if d.open == path {
		return
	}
	d.open = path
	if len(d.history) == maxHistory {
		d.history = append(d.history[:0], d.history[1:]...)
	}
	d.history = append(d.history, step{path, d.Answers.Clone()})
}

// Settled says that the question was left: its next answer is another one.
func (d *Draft) Settled() { d.open = "" }

// Touched tells whether anything was answered that could be undone.
func (d *Draft) Touched() bool { return len(d.history) > 0 }

// Undo takes the last answer back that changed anything. Path is the question's; ok is false when there is none.
func (d *Draft) Undo() (path string, ok bool) {
	d.Settled()
	now := d.Answers.Encode()
	for len(d.history) > 0 {
		last := d.history[len(d.history)-1]
		d.history = d.history[:len(d.history)-1]
		if !bytes.Equal(last.before.Encode(), now) {
			d.Answers = last.before
			return last.path, true
		}
	}
	return "", false
}
