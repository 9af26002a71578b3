// Package delivery is what answers come to in a folder: which files are new there, which differ from what is there and
// are kept unless the user says so, and what is to be said when all is written. It decides nothing and opens no file
// itself: a Store does.
package session

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
)

// Store is where the files are.
type Store interface {
	// Read is the file's content; nil and no error when it does not exist.
	Read(name string) ([]byte, error)
	// Write writes all files whole, or says why not; what it replaces it keeps as NAME.bak.
	Write(files []plan.File) error
	// Folder is where the files go, as the user named it.
	Folder() string
}

// Delivery is a plan beside what is there already. Use Look.
type Delivery struct {
	Plan       *plan.Plan
	Files      []File // all that is to be written, the answers last
	Folder     string
	Redirected bool // standard output is no terminal
	Width      int  // of the terminal, for what is said at the end; 0 is not known
}

// File is one file against what is there now.
type File struct {
	plan.File
	Old       []byte // nil: there is none
	Overwrite bool   // what is there is kept unless the user says so; one that was opened to be changed is changed
	Offered   bool   // a new one that is written only if the user says so
	Err       error  // why what is there can't be read
}

// Look asks the store what is there already. Redirected says that standard output is no terminal: the values go there.
// Of a values file that was opened to be changed the answers can be had again, and its secret is there most likely.
func Look(p *plan.Plan, store Store, redirected bool) Delivery {
	d := Delivery{Plan: p, Folder: store.Folder(), Redirected: redirected}
	opened := false
	for _, env := range p.Environments {
		opened = opened || env.Opened()
	}
	files := p.Files()
	if !opened {
		files = append(files, plan.File{Name: "answers.yaml", Data: p.Answers.Encode(), Mode: 0o644})
	}
	for _, f := range files {
		values := f.Name == p.Environments[0].FileName("values")
		if d.ToStdout() && values {
			continue
		}
		old, err := store.Read(f.Name)
		offered := opened && !values && old == nil && p.Environments[0].Secret.Script == secret.Kubectl
		d.Files = append(d.Files, File{File: f, Old: old, Err: err, Overwrite: f.Edit, Offered: offered})
	}
	return d
}

// ToStdout tells whether the values go to standard output: only one file can.
func (d Delivery) ToStdout() bool { return d.Redirected && len(d.Plan.Environments) == 1 }

// StdoutValues is the values file for a redirected standard output; nil when the values went to files.
func (d Delivery) StdoutValues() []byte {
	if !d.ToStdout() {
		return nil
	}
	return d.Plan.Environments[0].Values
}

// Writing are the files that the go-ahead writes.
func (d Delivery) Writing() []plan.File {
	var out []plan.File
	for _, f := range d.Files {
		if f.Writes() {
			out = append(out, f.File)
		}
	}
	return out
}

// Unchanged tells whether the file is there already, byte for byte.
func (f File) Unchanged() bool { return f.Old != nil && bytes.Equal(f.Old, f.Data) }

// Differs tells whether there is another file of that name already.
func (f File) Differs() bool { return f.Old != nil && !f.Unchanged() }

// Asks tells whether the user decides about the file: it is there and differs, or is only offered.
func (f File) Asks() bool { return f.Differs() || f.Offered }

// Writes tells whether the go-ahead writes this file.
func (f File) Writes() bool {
	return f.Overwrite && !f.Unchanged() || f.Old == nil && f.Err == nil && !f.Offered
}

// Diff is the unified difference from what is there now.
func (f File) Diff() string {
	return udiff.Unified(f.Name+" (now)", f.Name+" (new)", string(f.Old), string(f.Data))
}

// Change is one line that writing would add or take away.
type Change struct {
	Adds bool
	Line string
}

// Changes are the lines that writing would take away or add, in order.
func (f File) Changes() []Change {
	var out []Change
	for _, hunk := range f.hunks() {
		for _, line := range hunk.Lines {
			if line.Kind != udiff.Equal {
				out = append(out, Change{line.Kind == udiff.Insert, strings.TrimRight(line.Content, "\r\n")})
			}
		}
	}
	return out
}

// ChangedLines is how many lines those are, in words: one that gives way to another is one.
func (f File) ChangedLines() string {
	n := 0
	for _, hunk := range f.hunks() {
		added, taken := 0, 0
		for _, line := range hunk.Lines {
			switch line.Kind {
			case udiff.Insert:
				added++
			case udiff.Delete:
				taken++
			case udiff.Equal:
			}
		}
		n += max(added, taken)
	}
	return Count(n, "line")
}

// hunks are the places where the file differs from what is there.
func (f File) hunks() []*udiff.Hunk {
	old, now := string(f.Old), string(f.Data)
	unified, err := udiff.ToUnifiedDiff("", "", old, udiff.Lines(old, now), 0)
	if err != nil {
		return nil
	}
	return unified.Hunks
}

// Count is a number of things in words: "1 line", "2 lines".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
