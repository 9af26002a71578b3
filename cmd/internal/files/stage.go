package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"conductor-registry/model/plan"
)

// staging is a file written in full beside the place it is to take, with a copy of what is there now.
type staging struct {
	name, target      string // as the user names it, and where a link leads
	temporary, backup string // "" when there is none
}

// stage makes all that can fail for want of room or rights before anything is touched.
func stage(name string, file plan.File) (s staging, err error) {
	s.name = name
	if s.target, err = follow(name); err != nil {
		return s, err
	}
	mode := fs.FileMode(file.Mode)
	info, err := os.Stat(s.target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return s, err
	default:
		if err := replaceable(info, name); err != nil {
			return s, err
		}
		mode = info.Mode().Perm() | mode&0o111 // a private file stays private
		old, err := os.ReadFile(s.target)
		if err != nil {
			return s, err
		}
		if s.backup, err = write(name+".bak", old, info.Mode().Perm()); err != nil {
			return s, err
		}
	}
	s.temporary, err = write(s.target, file.Data, mode)
	return s, err
}

// replaceable refuses what a new file should not silently take the place of.
func replaceable(info fs.FileInfo, name string) error {
	backup, err := os.Lstat(name + ".bak")
	switch {
	case info.IsDir():
		return errors.New("it is a folder")
	case !info.Mode().IsRegular():
		return errors.New("not a regular file")
	case info.Mode().Perm()&0o200 == 0: // the mode counts for root too
		return fmt.Errorf("it is read-only; allow it with: chmod u+w %s", name)
	case err == nil && backup.IsDir():
		return fmt.Errorf("%s.bak, which is to keep the old one, is a folder", name)
	}
	return nil
}

// write puts data into a new file beside path, with this mode whatever the umask.
func write(path string, data []byte, mode fs.FileMode) (temporary string, err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Chmod(mode), file.Sync(), file.Close())
	return file.Name(), err
}

// follow is where the links at path lead, to a place that need not exist: a link stays a link.
func follow(path string) (string, error) {
	for range 40 { // as many as Linux follows
		to, err := os.Readlink(path)
		if err != nil {
			return path, nil //nolint:nilerr // not a link: a file, or nothing yet
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return path, errors.New("its links lead in a circle")
}

// move takes the place; what was there is kept.
func (s *staging) move() error {
	if s.backup != "" {
		if err := os.Rename(s.backup, s.name+".bak"); err != nil {
			return err
		}
		s.backup = ""
	}
	if err := os.Rename(s.temporary, s.target); err != nil {
		return err
	}
	s.temporary = ""
	return nil
}

// remove takes away what has not moved.
func (s *staging) remove() {
	for _, path := range []string{s.temporary, s.backup} {
		if path != "" {
			_ = os.Remove(path)
		}
	}
}
