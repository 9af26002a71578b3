package cli

import (
	"bytes"
	"io"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// fileAction is the JSON output for a file: its path and what was done with it.
type fileAction struct {
	Path   string         `json:"path"`
	Action session.Action `json:"action"`
}

func actionsOf(set []session.File) []fileAction {
	out := make([]fileAction, len(set))
	for i, f := range set {
		out[i] = fileAction{f.Path, f.Action()}
	}
	return out
}

func (a fileAction) isHeld() bool { return a.Action == session.WouldChange }

// write prints the action in a word, and the file.
func (a fileAction) write(w io.Writer, isMissing bool) {
	word := string(a.Action)
	if a.isHeld() {
		word = "differs"
		if isMissing {
			word = "missing"
		}
	}
	printf(w, "%-14s%s\n", word, a.Path)
}

// replaceFile replaces a file when write is set, and returns what happened to it. Data is nil when there is no result.
func (c *command) replaceFile(name string, old, data []byte, write bool) (fileAction, error) {
	out := fileAction{Path: name, Action: session.WouldChange}
	switch {
	case data == nil:
		return out, nil
	case bytes.Equal(old, data):
		if write {
			files.Tidy(name)
		}
		out.Action = session.Unchanged
		return out, nil
	case !write:
		return out, nil
	}
	out.Action = session.Overwritten
	if err := c.replace(plan.File{Name: name, Data: data, Mode: 0o644, Replaces: old}); err != nil {
		return out, err
	}
	return out, nil
}
