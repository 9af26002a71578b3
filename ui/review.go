package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"conductor-registry/ui/session"
)

// review is the last page: the files to write, the button that writes them, the problems and the answers.
type review struct {
	session.Delivery
	at      int // the item with the focus
	ready   bool
	visit   int
	stays   bool                        // the focus stays where it is when the files were compared
	decided map[string]session.Decision // by file name; kept while other pages are shown
	asking  string                      // the values file that another o overwrites; "" for none
	failed  string                      // why writing failed
	writes  bool                        // writing has begun: a second enter must not write again, over the .bak files
}

// existingMsg is the result of comparing the plan with the files that exist.
type existingMsg struct {
	visit int // the visit to the review that asked; results of an earlier one are dropped
	session.Delivery
}

// writtenMsg is the result of writing.
type writtenMsg struct{ err error }

// itemMsg is a click on an item.
type itemMsg struct{ at int }

// open starts to compare the plan of a draft with the files in the store.
func (r *review) open(d *session.Draft, store session.Store, toStdout bool) tea.Cmd {
	*r = review{visit: r.visit, decided: r.decided}
	return r.compare(d, store, toStdout)
}

// compare starts to compare again. The focus stays where it is.
func (r *review) compare(d *session.Draft, store session.Store, toStdout bool) tea.Cmd {
	r.visit, r.stays, r.ready, r.asking = r.visit+1, len(r.Files) > 0, false, ""
	visit := r.visit
	draft := d.Snapshot()
	return func() tea.Msg { return existingMsg{visit, session.Look(draft, store, toStdout)} }
}

// onExisting stores the files and focuses the first one that is kept though it differs, else the button. The draft gets
// the files as they were read.
func (r *review) onExisting(msg existingMsg, d *session.Draft) {
	if msg.visit != r.visit {
		return
	}
	d.Reread(msg.Delivery)
	r.Delivery, r.ready = msg.Delivery, true
	for i, f := range r.Files {
		if decision, ok := r.decided[f.Name]; ok && (decision != session.Merge || f.CanMerge()) {
			r.Decide(i, decision)
		}
	}
	if r.stays {
		return
	}
	r.at = slices.IndexFunc(r.Files, func(f session.File) bool { return f.Differs() && !f.Overwrite })
	if r.at < 0 {
		r.at = len(r.Files)
	}
}

// item is a line of the review that can have the focus.
type item struct {
	kind itemKind
	file int              // of the files
	path string           // of the question that enter opens
	fix  *session.Finding // that enter fixes; nil for none
}

type itemKind int

const (
	noItem itemKind = iota
	fileItem
	buttonItem
	probeItem
	problemItem
	answerItem
)

// items returns the files, the button, the image check, the problems that an answer fixes, and the answers.
func (r *review) items(s scene) []item {
	var out []item
	for i := range r.Files {
		out = append(out, item{kind: fileItem, file: i})
	}
	out = append(out, item{kind: buttonItem})
	if s.probe.ask != nil {
		out = append(out, item{kind: probeItem})
	}
	for _, p := range s.problems {
		if i := s.problemItem(p); i.kind != noItem {
			out = append(out, i)
		}
	}
	for _, f := range s.answered() {
		out = append(out, item{kind: answerItem, path: f.Path})
	}
	return out
}

// focused returns the item with the focus.
func (r *review) focused(s scene) item {
	items := r.items(s)
	return items[min(r.at, len(items)-1)]
}

// focusedFile returns the file with the focus; an empty one when the focus is elsewhere.
func (r *review) focusedFile(s scene) session.File {
	if i := r.focused(s); i.kind == fileItem {
		return r.Files[i.file]
	}
	return session.File{}
}

// shown returns the file that the preview shows: the one with the focus, else the first; nil without files.
func (r *review) shown() *session.File {
	switch {
	case len(r.Files) == 0:
		return nil
	case r.at < len(r.Files):
		return &r.Files[r.at]
	}
	return &r.Files[0]
}

// press handles a key and returns the item to open, if any. Moved reports that the focus is on another item.
func (r *review) press(s scene, k keys, msg tea.KeyPressMsg) (open item, moved bool) {
	if !r.ready || r.writes {
		return item{}, false
	}
	last, asked := len(r.items(s))-1, r.asking
	r.asking = ""
	switch {
	case key.Matches(msg, k.Up, k.Previous):
		r.at, moved = max(0, min(r.at, last)-1), true
	case key.Matches(msg, k.Down, k.Next):
		r.at, moved = min(last, r.at+1), true
	case key.Matches(msg, k.Probe):
		open = item{kind: probeItem}
	case key.Matches(msg, k.Toggle):
		r.toggle(r.focused(s))
	case key.Matches(msg, k.Overwrite):
		r.overwrite(r.focused(s), asked)
	case key.Matches(msg, k.Enter):
		if open = r.focused(s); open.kind == fileItem {
			r.nextFile()
			return item{}, true
		}
	}
	return open, moved
}

// click handles a click on an item: the first click focuses it, the second one opens it.
func (r *review) click(s scene, at int) (open item, moved bool) {
	items := r.items(s)
	if !r.ready || r.writes || at >= len(items) {
		return item{}, false
	}
	again := at == r.at
	r.at = at
	switch i := items[at]; {
	case again && i.kind == fileItem:
		r.toggle(i)
	case again || i.path != "" && i.fix == nil || i.kind == probeItem:
		return i, true
	}
	return item{}, true
}

// nextFile moves the focus to the next file that the user decides about, else to the button.
func (r *review) nextFile() {
	r.at++
	for r.at < len(r.Files) && !r.Files[r.at].Asks() {
		r.at++
	}
}

// toggle decides about a file: keep it, or write it with its merge where there is one.
func (r *review) toggle(i item) {
	if i.kind != fileItem || !r.Files[i.file].Asks() {
		return
	}
	r.decide(i.file, toggled(r.Files[i.file]))
}

// toggled returns the decision that space makes.
func toggled(f session.File) session.Decision {
	switch {
	case f.Overwrite:
		return session.Keep
	case f.CanMerge():
		return session.Merge
	case f.CanOverwrite():
		return session.Keep
	}
	return session.Overwrite
}

// overwrite replaces a whole values file when the key before asked for it too, because the file's other keys are lost.
func (r *review) overwrite(i item, asked string) {
	if i.kind != fileItem || !r.Files[i.file].CanOverwrite() {
		return
	}
	if name := r.Files[i.file].Name; asked != name {
		r.asking = name
		return
	}
	r.decide(i.file, session.Overwrite)
}

func (r *review) decide(file int, decision session.Decision) {
	r.Decide(file, decision)
	if r.decided == nil {
		r.decided = map[string]session.Decision{}
	}
	r.decided[r.Files[file].Name] = decision
}
