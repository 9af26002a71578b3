// Package session is a person's work with the questions, from the first answer to the written files: the draft and its
// history, the file it is resumed from, and what is written at the end. The wizard, the line prompts and generate share
// it. It opens no file: a Store does.
package session

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
	"conductor-registry/model/secret"
)

// Store is the folder that files are written to.
type Store interface {
	// Read returns the file's content; nil and no error when it does not exist.
	Read(name string) ([]byte, error)
	// Write writes all files or none. A file that it replaces is kept as NAME.bak.
	Write(files []plan.File) error
	// Folder returns the folder as the user named it.
	Folder() string
}

// Delivery is a plan beside the files that exist already. Use Look.
type Delivery struct {
	Plan       *plan.Plan
	Files      []File // all files to write, answers.yaml last
	Folder     string
	Redirected bool   // standard output is not a terminal
	Width      int    // of the terminal in cells, for the final message; 0 is unknown
	Colour     bool   // of the final message
	Mark       string // before the final message; "" for none
}

// answersFile is the name of the file with the answers.
const answersFile = "answers.yaml"

// File is one file of a plan beside what exists now.
type File struct {
	plan.File
	Path      string // with its folder, as the user would name it
	Old       []byte // nil: the file does not exist
	Overwrite bool   // replace the file that exists
	Offered   bool   // a new file that is written only if the user asks for it
	Err       error  // why the file that exists cannot be read
}

// Action says what happens to a file. It is part of the JSON output.
type Action string

// The actions. WouldChange is a file that is missing or differs and is left as it is.
const (
	Created     Action = "created"
	Unchanged   Action = "unchanged"
	Merged      Action = "merged" // only our keys change
	Overwritten Action = "overwritten"
	WouldChange Action = "would-change"
)

// Compare reads the files that exist in the store.
func Compare(store Store, files []plan.File) []File {
	out := make([]File, len(files))
	for i, f := range files {
		old, err := store.Read(f.Name)
		out[i] = File{File: f, Path: filepath.Join(store.Folder(), f.Name), Old: old, Err: err, Overwrite: f.Edit}
	}
	return out
}

// Look compares a plan with the files that exist. With redirected, standard output is not a terminal and takes the
// values, unless there are several environments. When a values file was opened to be changed, answers.yaml is left out
// (the values file gives the answers again) and a new pull-secret script is only offered (its secret exists most likely).
func Look(p *plan.Plan, store Store, redirected bool) Delivery {
	d := Delivery{Plan: p, Folder: store.Folder(), Redirected: redirected}
	first := p.Environments[0]
	files, values, opened := p.Files(), first.FileName("values"), false
	for _, env := range p.Environments {
		opened = opened || env.Opened()
	}
	if !opened {
		files = append(files, plan.File{Name: answersFile, Data: p.Answers.Encode(), Mode: 0o644})
	}
	for _, f := range Compare(store, files) {
		if d.ToStdout() && f.Name == values {
			continue
		}
		f.Offered = opened && f.Name != values && f.Old == nil && first.Secret.Script == secret.Kubectl
		d.Files = append(d.Files, f)
	}
	return d
}

// ToStdout reports whether the values go to standard output, which holds one file.
func (d Delivery) ToStdout() bool { return d.Redirected && len(d.Plan.Environments) == 1 }

// StdoutValues returns the values for a redirected standard output; nil when they went to files.
func (d Delivery) StdoutValues() []byte {
	if !d.ToStdout() {
		return nil
	}
	return d.Plan.Environments[0].Values
}

// Writing returns the files that are written.
func (d Delivery) Writing() []plan.File { return Writing(d.Files) }

// Writing returns those of files that are written.
func Writing(files []File) []plan.File {
	var out []plan.File
	for _, f := range files {
		if f.Writes() {
			out = append(out, f.File)
		}
	}
	return out
}

// Unchanged reports whether the file exists with the same bytes.
func (f File) Unchanged() bool { return f.Old != nil && bytes.Equal(f.Old, f.Data) }

// Differs reports whether the file exists with other bytes.
func (f File) Differs() bool { return f.Old != nil && !f.Unchanged() }

// Asks reports whether the user decides about the file: it differs, or is only offered.
func (f File) Asks() bool { return f.Differs() || f.Offered }

// Writes reports whether the file is written.
func (f File) Writes() bool {
	return f.Overwrite && !f.Unchanged() || f.Old == nil && f.Err == nil && !f.Offered
}

// IsEdit reports whether the new content was made by editing the file that exists.
func (f File) IsEdit() bool { return f.Base != "" && filepath.Clean(f.Base) == f.Path }

// Action returns what writing does to the file.
func (f File) Action() Action {
	switch {
	case f.Unchanged():
		return Unchanged
	case !f.Writes():
		return WouldChange
	case f.Old == nil:
		return Created
	case f.IsEdit():
		return Merged
	}
	return Overwritten
}

// Diff returns the unified diff from the file that exists, with secrets masked.
func (f File) Diff() string { return Diff(f.Path+" (now)", f.Path+" (new)", f.Old, f.Data) }

// Diff returns the unified diff of two versions of a values file, with secrets masked.
func Diff(oldName, newName string, old, updated []byte) string {
	before, after := shown(old, updated)
	return udiff.Unified(redact.Visible(oldName), redact.Visible(newName), before, after)
}

// shown returns both versions as they can be shown: without secrets. Line ends are shown only where they differ.
func shown(old, updated []byte) (before, after string) {
	a, b := redact.Pair(old, updated)
	if crlf := []byte("\r\n"); bytes.Contains(old, crlf) && bytes.Contains(updated, crlf) {
		a, b = bytes.ReplaceAll(a, crlf, []byte("\n")), bytes.ReplaceAll(b, crlf, []byte("\n"))
	}
	return string(a), string(b)
}

// Change is one line that writing adds or removes.
type Change struct {
	Adds bool
	Line string
}

// Changes returns the lines that writing removes and adds, in order, with secrets masked.
func (f File) Changes() []Change {
	var out []Change
	for _, hunk := range hunks(shown(f.Old, f.Data)) {
		for _, line := range hunk.Lines {
			if line.Kind != udiff.Equal {
				out = append(out, Change{line.Kind == udiff.Insert, strings.TrimRight(line.Content, "\r\n")})
			}
		}
	}
	return out
}

// ChangedLines returns how many lines change, in words: a line that replaces another counts once.
func (f File) ChangedLines() string {
	n := 0
	for _, hunk := range hunks(string(f.Old), string(f.Data)) {
		added, removed := 0, 0
		for _, line := range hunk.Lines {
			switch line.Kind {
			case udiff.Insert:
				added++
			case udiff.Delete:
				removed++
			case udiff.Equal:
			}
		}
		n += max(added, removed)
	}
	return Count(n, "line")
}

// hunks returns the places where two versions of a file differ.
func hunks(old, now string) []*udiff.Hunk {
	unified, err := udiff.ToUnifiedDiff("", "", old, udiff.Lines(old, now), 0)
	if err != nil {
		return nil
	}
	return unified.Hunks
}

// Count returns a number of things in words: "1 line", "2 lines".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
