package cli

import (
	"bytes"
	"path/filepath"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/plan"
)

// What becomes of a file.
const (
	created     = "created"
	unchanged   = "unchanged"
	merged      = "merged" // only our keys changed
	overwritten = "overwritten"
	wouldChange = "would-change" // it is missing or differs, and was left so
)

// fileState is one file and what becomes of it.
type fileState struct {
	Path   string `json:"path"`
	Action string `json:"action"`

	file plan.File
	old  []byte // nil when there is none
}

// ontoItself tells whether the file is made of the one that is there.
func (s fileState) ontoItself() bool {
	return s.file.Base != "" && filepath.Clean(s.file.Base) == s.Path
}

// compare is what would become of each file if all were written.
func compare(folder files.Folder, wanted []plan.File) ([]fileState, error) {
	var states []fileState
	for _, f := range wanted {
		old, err := folder.Read(f.Name)
		if err != nil {
			return nil, err
		}
		state := fileState{Path: folder.Path(f.Name), Action: created, file: f, old: old}
		switch {
		case old == nil:
		case bytes.Equal(old, f.Data):
			state.Action = unchanged
		default:
			state.Action = wouldChange
		}
		states = append(states, state)
	}
	return states, nil
}

// hold makes of what was to be written what would be.
func hold(states []fileState) {
	for i := range states {
		if states[i].Action != unchanged {
			states[i].Action = wouldChange
		}
	}
}

// writable are the files to write.
func writable(states []fileState) []plan.File {
	var out []plan.File
	for _, s := range states {
		if s.Action == created || s.Action == merged || s.Action == overwritten {
			out = append(out, s.file)
		}
	}
	return out
}
