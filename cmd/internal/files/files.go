// Package files writes sets of files whole or not at all, and keeps what they replace. It never asks: who calls it has
// decided what may be replaced.
package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"conductor-registry/model/plan"
)

// Folder is where a set of files goes. It need not exist yet.
type Folder string

// Folder is the folder as the user named it.
func (f Folder) Folder() string { return string(f) }

// Path is where a file of the folder is, as the user would name it.
func (f Folder) Path(name string) string { return filepath.Join(string(f), name) }

// Read is the content of a file in the folder; nil without an error when there is none.
func (f Folder) Read(name string) ([]byte, error) {
	data, err := os.ReadFile(f.Path(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("can't read %s: %w", f.Path(name), reason(err))
	case data == nil:
		return []byte{}, nil // an empty file is there all the same
	}
	return data, nil
}

// Write puts all files into the folder. Each is written in full beside its place first; only when all are, they move
// there. So a full disk or a missing right leaves everything as it was, with nothing beside it. What is replaced stays
// as NAME.bak.
func (f Folder) Write(files []plan.File) (err error) {
	if len(files) == 0 {
		return nil
	}
	undo, err := makeFolder(string(f))
	if err != nil {
		return fmt.Errorf("can't make the folder %s: %w; nothing was written", f, reason(err))
	}
	var staged []staging
	defer func() {
		for i := range staged {
			staged[i].remove()
		}
		if err != nil {
			undo()
		}
	}()
	for _, file := range files {
		s, err := stage(f.Path(file.Name), file)
		staged = append(staged, s)
		if err != nil {
			return fmt.Errorf("can't write %s: %w; nothing was written", f.Path(file.Name), reason(err))
		}
	}
	for i := range staged {
		if err := staged[i].move(); err != nil {
			return fmt.Errorf("can't replace %s: %w; %d of %d files were written", staged[i].name, reason(err), i, len(staged))
		}
	}
	return nil
}

// Replace puts data in the place of one file, as Write does.
func Replace(name string, data []byte) error {
	return Folder(filepath.Dir(name)).Write([]plan.File{{Name: filepath.Base(name), Data: data, Mode: 0o644}})
}

// makeFolder makes a folder and those above it. Undo removes the ones it made, as far as they are empty.
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
			_ = os.Remove(folder) // what others have put there meanwhile keeps it
		}
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		undo()
		return nil, err
	}
	return undo, nil
}

// reason is an error without the path of a temporary file in it.
func reason(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	if linkError, ok := errors.AsType[*os.LinkError](err); ok {
		return linkError.Err
	}
	return err
}
