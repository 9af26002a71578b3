// Package files reads and writes files safely: a set of files is written whole or not at all, and what it replaces is
// kept. It never asks: the caller has decided what may be replaced.
package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/plan"
)

// Folder is the folder for a set of files. It need not exist yet.
type Folder string

// Folder returns the folder as the user named it.
func (f Folder) Folder() string { return string(f) }

// Path returns the path of a file in the folder, as the user would name it.
func (f Folder) Path(name string) string { return filepath.Join(string(f), name) }

// Read returns the content of a file in the folder; nil without an error when it does not exist.
func (f Folder) Read(name string) ([]byte, error) {
	data, err := Read(f.Path(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", f.Path(name), err)
	}
	return data, nil
}

// Write writes all files into the folder, or none. Each is written in full beside its place first; only when all are,
// they are renamed. So a full disk or a missing permission changes nothing and leaves nothing. A file that is replaced is
// kept as NAME.bak. A file that is not as plan.File.Replaces has it, or at the place of another file or of an input, is an
// error. Inputs are the paths of files that the run only reads.
func (f Folder) Write(set []plan.File, inputs ...string) (err error) {
	if len(set) == 0 {
		return nil
	}
	undo, err := makeFolder(string(f))
	if err != nil {
		return fmt.Errorf("cannot create the folder %s: %w; nothing was written", f, reason(err))
	}
	defer func() {
		if err != nil {
			undo()
		}
	}()
	files := slices.Clone(set)
	for i := range files {
		files[i].Name = f.Path(files[i].Name)
	}
	return Replace(files, inputs...)
}

// Tidy removes what an earlier run that was killed left beside the files of the folder.
func (f Folder) Tidy(names ...string) {
	Tidy(model.Map(names, f.Path)...)
}

// Tidy removes what an earlier run that was killed left beside files, each named by its path.
func Tidy(paths ...string) {
	for folder, names := range byFolder(paths) {
		removeLeftovers(folder, names)
	}
}

// Replace writes files, each named by its path, as Write does: it stages all of them, and then moves them to their
// places. Folders must exist.
func Replace(set []plan.File, inputs ...string) error {
	if err := checkPlaces(set, inputs); err != nil {
		return err
	}
	release := claim(model.Map(set, func(f plan.File) string { return f.Name }))
	defer release()
	staged, err := stageAll(set)
	defer func() {
		for _, s := range staged {
			s.discard()
		}
	}()
	if err != nil {
		return err
	}
	return moveAll(staged)
}

// stageAll writes all files beside their places. It returns those that it began, also with an error.
func stageAll(set []plan.File) (staged []*staging, err error) {
	for _, file := range set {
		s, err := stage(file)
		staged = append(staged, s)
		if err != nil {
			return staged, fmt.Errorf("cannot write %s: %w; nothing was written", file.Name, reason(err))
		}
	}
	for _, s := range staged {
		if err := s.checkUnchanged(); err != nil {
			return staged, fmt.Errorf("cannot write %s: %w; nothing was written", s.name, reason(err))
		}
	}
	return staged, nil
}

// moveAll puts all files in their places. If one fails, it puts back the others.
func moveAll(staged []*staging) error {
	for i, s := range staged {
		if err := s.move(); err != nil {
			return undone(staged[:i+1], fmt.Errorf("cannot replace %s: %w", s.name, reason(err)))
		}
	}
	return nil
}

// undone puts back what was moved, and returns err with what is true of the files now.
func undone(staged []*staging, err error) error {
	var changed []string
	for _, s := range slices.Backward(staged) {
		if failed := s.restore(); failed != nil {
			changed = append(changed, s.name)
		}
	}
	if len(changed) == 0 {
		return fmt.Errorf("%w; nothing was written", err)
	}
	return fmt.Errorf("%w; these files have changed and could not be put back: %v", err, changed)
}

// makeFolder creates a folder and those above it. Undo removes the ones it created, as far as they are empty.
func makeFolder(path string) (undo func(), err error) {
	var made []string // the deepest first
	for at := filepath.Clean(path); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		made = append(made, at)
	}
	undo = func() {
		for _, folder := range made {
			_ = os.Remove(folder) // fails where others have put something meanwhile
		}
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		undo()
		return nil, err
	}
	return undo, nil
}

// reason returns an error without the path of a temporary file.
func reason(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	if linkError, ok := errors.AsType[*os.LinkError](err); ok {
		return linkError.Err
	}
	return err
}
