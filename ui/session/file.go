package session

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
)

// File is one file of a plan beside what exists now.
type File struct {
	plan.File
	Path      string // with its folder, as the user would name it
	Old       []byte // nil: the file does not exist
	Overwrite bool   // replace the file that exists, by its merge when Edit is set
	Offered   bool   // a new file that is written only if the user asks for it
	Err       error  // why the file that exists cannot be read
	NoMerge   string // why our keys cannot be written into the values file that exists; "" for no such file
	whole     plan.File
	merged    *plan.File // the values file that exists with our keys changed; nil when it is not offered
}

// Decision says what to do with a file that exists.
type Decision string

// The decisions. Merge changes only our keys.
const (
	Keep      Decision = "keep"
	Merge     Decision = "merge"
	Overwrite Decision = "overwrite"
)

// Decision returns what was decided about the file.
func (f *File) Decision() Decision {
	switch {
	case !f.Overwrite:
		return Keep
	case f.Edit:
		return Merge
	}
	return Overwrite
}

// CanMerge reports whether only our keys can be changed in the file.
func (f *File) CanMerge() bool { return f.merged != nil || f.Edit }

// CanOverwrite reports whether the file is a values file that the user may replace as a whole.
func (f *File) CanOverwrite() bool { return f.merged != nil || f.NoMerge != "" }

// LostLines returns how many lines of the file that exists are not in the one that would replace it as a whole.
func (f *File) LostLines() string {
	n := 0
	for _, hunk := range hunks(string(f.Old), string(f.whole.Data)) {
		for _, line := range hunk.Lines {
			if line.Kind == udiff.Delete {
				n++
			}
		}
	}
	return Count(n, "line")
}

// decide makes a decision. A file that is kept shows what its merge would change, where there is one.
func (f *File) decide(d Decision) {
	f.Overwrite = d != Keep
	switch {
	case f.merged == nil:
	case d == Overwrite:
		f.File = f.whole
	default:
		f.File = *f.merged
	}
}

// isOwnScript reports whether the file that exists is a script that this program wrote, so that replacing it loses
// nothing.
func (f *File) isOwnScript() bool {
	return bytes.HasPrefix(f.Old, []byte("#!/usr/bin/env bash\n# ")) && bytes.Contains(f.Old, []byte("\n#   bash "+f.Name))
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
func Compare(store Reader, files []plan.File) []File {
	out := make([]File, len(files))
	for i, f := range files {
		old, err := store.Read(f.Name)
		f.Replaces = old
		out[i] = File{File: f, Path: filepath.Join(store.Folder(), f.Name), Old: old, Err: err, whole: f}
		out[i].Overwrite = f.Edit && out[i].IsEdit()
	}
	return out
}

// Unchanged reports whether the file exists with the same bytes.
func (f *File) Unchanged() bool { return f.Old != nil && bytes.Equal(f.Old, f.Data) }

// Differs reports whether the file exists with other bytes.
func (f *File) Differs() bool { return f.Old != nil && !f.Unchanged() }

// Asks reports whether the user decides about the file: it differs, or is only offered.
func (f *File) Asks() bool { return f.Differs() || f.Offered }

// Writes reports whether the file is written.
func (f *File) Writes() bool {
	return f.Overwrite && !f.Unchanged() || f.Old == nil && f.Err == nil && !f.Offered
}

// IsEdit reports whether the new content was made by editing the file that exists.
func (f *File) IsEdit() bool { return f.Base != "" && filepath.Clean(f.Base) == f.Path }

// Action returns what writing does to the file.
func (f *File) Action() Action {
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
func (f *File) Diff() string { return Diff(f.Path+" (now)", f.Path+" (new)", f.Old, f.Data) }

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
func (f *File) Changes() []Change {
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
func (f *File) ChangedLines() string {
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
