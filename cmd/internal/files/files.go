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

// Read is the content of a file in the folder; nil without an error when there is none.
func (f Folder) Read(name string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(string(f), name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && data == nil {
		data = []byte{} // an empty file is there all the same
	}
	return data, err
}

// Write puts all files into the folder. Each is written in full beside its place first; only when all are, they move
// there. So a full disk or a missing right leaves everything as it was. What is replaced stays as NAME.bak.
func (f Folder) Write(files []plan.File) error {
	if len(files) == 0 {
		return nil
	}
	if err := os.MkdirAll(string(f), 0o755); err != nil {
		return fmt.Errorf("can't make the folder %s: %w; nothing was written", f, reason(err))
	}
	staged := make([]staging, 0, len(files))
	defer func() {
		for _, s := range staged {
			_ = os.Remove(s.temporary) // gone already when it has moved
		}
	}()
	for _, file := range files {
		s, err := f.stage(file)
		if err != nil {
			return fmt.Errorf("can't write %s: %w; nothing was written", filepath.Join(string(f), file.Name), reason(err))
		}
		staged = append(staged, s)
	}
	for i, s := range staged {
		if err := s.move(); err != nil {
			return fmt.Errorf("can't replace %s: %w; %d of %d files were written", s.target, reason(err), i, len(staged))
		}
	}
	return nil
}

// staging is a file written in full beside the place it is to take.
type staging struct{ temporary, target string }

func (f Folder) stage(file plan.File) (s staging, err error) {
	s.target = filepath.Join(string(f), file.Name)
	if real, err := filepath.EvalSymlinks(s.target); err == nil {
		s.target = real // a link stays a link
	}
	temporary, err := os.CreateTemp(filepath.Dir(s.target), "."+file.Name+".*")
	if err != nil {
		return s, err
	}
	s.temporary = temporary.Name()
	defer func() {
		if err != nil {
			_ = os.Remove(s.temporary)
		}
	}()
	_, err = temporary.Write(file.Data)
	err = errors.Join(err, temporary.Sync(), temporary.Chmod(fs.FileMode(file.Mode)), temporary.Close())
	return s, err
}

// move takes the place, after making a copy of what is there.
func (s staging) move() error {
	old, err := os.ReadFile(s.target)
	if err == nil {
		info, statErr := os.Stat(s.target)
		if statErr != nil {
			return statErr
		}
		err = os.WriteFile(s.target+".bak", old, info.Mode().Perm())
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return err
	}
	return os.Rename(s.temporary, s.target)
}

// reason is an error without the path of a temporary file in it.
func reason(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
