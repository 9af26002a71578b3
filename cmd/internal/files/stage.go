package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"conductor-registry/model/plan"
)

// staging is a file that is written in full beside its place, with a second name for the one that exists.
type staging struct {
	name, target string     // as the user names it, and what a link points to
	replaces     []byte     // the content that the file must still have; nil: it must not exist
	file, backup *temporary // nil without one
	earlier      *temporary // the backup that existed, while the new one may have to be undone
	isMoved      bool
}

// stage does all that can fail for want of space or permissions, before anything is touched.
func stage(file plan.File) (s *staging, err error) {
	s = &staging{name: file.Name, replaces: file.Replaces}
	if s.target, err = follow(file.Name); err != nil {
		return s, err
	}
	mode := fs.FileMode(file.Mode)
	info, err := os.Stat(s.target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		info = nil
	case err != nil:
		return s, err
	default:
		if err := checkReplaceable(info, file.Name); err != nil {
			return s, err
		}
		mode = info.Mode().Perm() | mode&0o111 // a private file stays private
		// The backup is the file itself, so that it has what others write into it at the last moment.
		if s.backup, err = keep(s.target, s.name+backupSuffix); err != nil {
			return s, err
		}
	}
	s.file, err = create(s.target, file.Data, mode, info)
	return s, err
}

const backupSuffix = ".bak"

// checkReplaceable refuses files that should not be replaced silently.
func checkReplaceable(info fs.FileInfo, name string) error {
	backup, err := os.Lstat(name + backupSuffix)
	switch {
	case info.IsDir():
		return errors.New("it is a folder")
	case !info.Mode().IsRegular():
		return errors.New("not a regular file")
	case info.Mode().Perm()&0o200 == 0: // the mode counts for root too
		return fmt.Errorf("it is read-only; allow it with: chmod u+w %s", name)
	case err == nil && backup.IsDir():
		return fmt.Errorf("the backup %s.bak is a folder", name)
	}
	return nil
}

// follow returns what the links at a path lead to, which need not exist: a link stays a link.
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
	return path, errors.New("its links form a circle")
}

// move puts the file and the backup in their places. It looks at the file that exists once more, last.
func (s *staging) move() error {
	if s.backup != nil {
		backup := s.name + backupSuffix
		earlier, err := keep(backup, backup)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		s.earlier = earlier
		if err := s.backup.rename(backup); err != nil {
			return err
		}
	}
	if err := s.checkUnchanged(); err != nil {
		return err
	}
	put := s.file.rename
	if s.replaces == nil {
		put = s.file.renameNew
	}
	if err := put(s.target); err != nil {
		return err
	}
	s.isMoved = true
	return nil
}

// restore undoes move, completely or as far as it came.
func (s *staging) restore() error {
	backup := s.name + backupSuffix
	hasBackup := s.backup != nil && s.backup.isMoved
	var err error
	switch {
	case s.isMoved && hasBackup:
		err = os.Rename(backup, s.target)
	case s.isMoved:
		err = os.Remove(s.target)
	case hasBackup && s.earlier == nil:
		err = os.Remove(backup)
	}
	if s.earlier != nil {
		err = errors.Join(err, s.earlier.rename(backup))
	}
	return err
}

// discard removes what was not moved, and the earlier backup.
func (s *staging) discard() {
	for _, t := range []*temporary{s.file, s.backup, s.earlier} {
		if t != nil {
			t.discard()
		}
	}
}
