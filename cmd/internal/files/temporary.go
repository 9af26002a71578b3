package files

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
)

// temporary is a file beside its place, named .NAME.NUMBER.tmp.
type temporary struct {
	path    string
	isMoved bool
}

// create writes a new file beside a path, with this mode whatever the umask. It gets the owner of the file that it is
// going to replace, if there is one and the process may.
func create(path string, data []byte, mode fs.FileMode, replaces fs.FileInfo) (*temporary, error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return nil, err
	}
	_, err = file.Write(data)
	if replaces != nil {
		keepOwner(file, replaces)
	}
	return &temporary{path: file.Name()}, errors.Join(err, file.Chmod(mode), file.Sync(), file.Close())
}

// keep gives a file that exists a second, temporary name; nil when it does not exist.
func keep(path string) (*temporary, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, nil //nolint:nilerr // there is nothing to put back
	}
	for {
		number := strconv.Itoa(int(rand.Uint32())) //nolint:gosec // a name, not a secret
		t := &temporary{path: filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+number+".tmp")}
		switch err := os.Link(path, t.path); {
		case err == nil:
			return t, nil
		case errors.Is(err, fs.ErrExist):
			continue
		}
		data, err := Read(path) // this file system has no links
		if err != nil {
			return nil, err
		}
		return create(path, data, info.Mode().Perm(), info)
	}
}

// rename moves the file to its place.
func (t *temporary) rename(path string) error {
	if err := os.Rename(t.path, path); err != nil {
		return err
	}
	t.isMoved = true
	_ = os.Remove(t.path) // renaming between two names of the same file leaves both
	return nil
}

// discard removes the file if it was not moved.
func (t *temporary) discard() {
	if !t.isMoved {
		_ = os.Remove(t.path)
	}
}

var temporaryName = regexp.MustCompile(`^\.(.+)\.\d+\.tmp$`)

// claim tells other runs that this one is going to write files, until release is called. Where no other run writes to a
// folder, it first removes the temporary files of these files: their runs were killed.
func claim(paths []string) (release func()) {
	folders := map[string]map[string]bool{} // the names of files by folder
	add := func(path string) {
		folder := filepath.Dir(path)
		if folders[folder] == nil {
			folders[folder] = map[string]bool{}
		}
		folders[folder][filepath.Base(path)] = true
	}
	for _, path := range paths {
		add(path)
		add(path + backupSuffix)
		if target, err := follow(path); err == nil {
			add(target)
		}
	}
	var open []*os.File
	for folder, names := range folders {
		file, err := os.Open(folder)
		if err != nil {
			continue
		}
		open = append(open, file)
		if lockAlone(file) {
			removeLeftovers(folder, names)
		}
		lockShared(file)
	}
	return func() {
		for _, file := range open {
			_ = file.Close()
		}
	}
}

// removeLeftovers removes the temporary files of the files with these names.
func removeLeftovers(folder string, names map[string]bool) {
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		m := temporaryName.FindStringSubmatch(entry.Name())
		if len(m) > 1 && names[m[1]] && entry.Type().IsRegular() {
			_ = os.Remove(filepath.Join(folder, entry.Name()))
		}
	}
}
