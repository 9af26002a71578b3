package files

import (
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"
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

// keep gives a file that exists a second name, that of a temporary file beside a path.
func keep(name, beside string) (*temporary, error) {
	info, err := os.Lstat(name)
	if err != nil {
		return nil, err
	}
	for {
		number := strconv.Itoa(int(rand.Uint32())) //nolint:gosec // a name, not a secret
		t := &temporary{path: filepath.Join(filepath.Dir(beside), "."+filepath.Base(beside)+"."+number+".tmp")}
		switch err := os.Link(name, t.path); {
		case err == nil:
			return t, nil
		case errors.Is(err, fs.ErrExist):
			continue
		}
		data, err := Read(name) // another file system, or one without links
		if err != nil {
			return nil, err
		}
		return create(beside, data, info.Mode().Perm(), info)
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

// renameNew renames the file to a path where no file exists. It returns a ChangedError for one that was created meanwhile.
func (t *temporary) renameNew(path string) error {
	switch err := os.Link(t.path, path); {
	case errors.Is(err, fs.ErrExist):
		return ChangedError{"was created"}
	case err != nil: // this file system has no links
		return t.rename(path)
	}
	t.isMoved = true
	_ = os.Remove(t.path)
	return nil
}

// discard removes the file if it was not moved.
func (t *temporary) discard() {
	if !t.isMoved {
		_ = os.Remove(t.path)
	}
}

var temporaryName = regexp.MustCompile(`^\.(.+)\.\d+\.tmp$`)

// claim makes other runs that write into the same folders wait, until release is called. It first removes the temporary
// files of these files: their runs were killed.
func claim(paths []string) (release func()) {
	folders := byFolder(paths)
	var open []*os.File
	for _, folder := range slices.Sorted(maps.Keys(folders)) { // in one order, so that no two runs wait for each other
		file, err := os.Open(folder)
		if err != nil {
			continue
		}
		open = append(open, file)
		if lockAlone(file, lockWait) {
			removeNamed(folder, folders[folder])
		}
	}
	return func() {
		for _, file := range open {
			_ = file.Close()
		}
	}
}

// lockWait is the longest time that a run waits for another run, which takes milliseconds. After it the run continues: the
// lock then belongs to another program.
const lockWait = time.Second

// byFolder returns the names of files, of their backups and of what links lead to, by folder.
func byFolder(paths []string) map[string]map[string]bool {
	folders := map[string]map[string]bool{}
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
	return folders
}

// removeLeftovers removes the temporary files of the files with these names, unless another run writes to the folder.
func removeLeftovers(folder string, names map[string]bool) {
	file, err := os.Open(folder)
	if err != nil {
		return
	}
	defer func() { _ = file.Close() }()
	if lockAlone(file, 0) {
		removeNamed(folder, names)
	}
}

// removeNamed removes the temporary files of the files with these names.
func removeNamed(folder string, names map[string]bool) {
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		m := temporaryName.FindStringSubmatch(entry.Name())
		if len(m) > 1 && names[m[1]] && entry.Type().IsRegular() {
			_ = os.Remove(filepath.Join(folder, entry.Name()))
		}
	}
}
