package files

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"conductor-registry/model/plan"
)

// SharedError reports a file that cannot be written because its place, or that of its backup, is the place of another
// file of the run.
type SharedError struct {
	name, why string
	Backup    string // the file that the backup would replace; "" for none
}

// Error returns the names of both files.
func (e SharedError) Error() string {
	return fmt.Sprintf("cannot write %s: %s; nothing was written", e.name, e.why)
}

// taken are the places that the files of a run have: paths with all links resolved, and the IDs of files that exist.
type taken struct {
	paths map[string]use
	ids   map[[2]uint64]use
}

// use says what the run does with the file at a place.
type use struct {
	file              string // its path as the user named it
	isInput, isBackup bool
}

// checkPlaces returns an error when two files, their backups or an input meet at one place: one would overwrite another.
func checkPlaces(set []plan.File, inputs []string) error {
	places := taken{paths: map[string]use{}, ids: map[[2]uint64]use{}}
	for _, name := range inputs {
		places.add(use{file: name, isInput: true}, namesOf(name))
	}
	for _, file := range set {
		own := use{file: file.Name}
		names := namesOf(file.Name)
		if other, ok := places.find(names); ok {
			return shared(own, other)
		}
		places.add(own, names)
	}
	for _, file := range set {
		if file.Replaces == nil { // there is nothing to keep
			continue
		}
		name := file.Name + backupSuffix
		own := use{file: file.Name, isBackup: true}
		at := []string{inResolvedFolder(name)}
		if other, ok := places.find(at); ok && (other.file != own.file || places.paths[at[0]] == other) {
			return shared(own, other)
		}
		places.add(own, at)
	}
	return nil
}

// shared returns the error for two uses of one place.
func shared(own, other use) error {
	what := other.file
	switch {
	case other.isBackup:
		what = "the backup of " + what
	case other.isInput:
		what += ", which this command reads"
	}
	switch same := own.file == other.file; {
	case own.isBackup && same && !other.isInput:
		return SharedError{name: own.file, why: "it is a link to its own backup"}
	case own.isBackup:
		return SharedError{own.file, "its backup would replace " + what, other.file}
	case same && other.isInput:
		return SharedError{name: own.file, why: "this command reads it"}
	case same:
		return SharedError{name: own.file, why: "it is named twice"}
	}
	return SharedError{name: own.file, why: "it is the same file as " + what}
}

// namesOf returns the places of a file: its path, and where links lead from there.
func namesOf(path string) []string {
	names := []string{inResolvedFolder(path)}
	if target, err := follow(path); err == nil && target != path {
		names = append(names, inResolvedFolder(target))
	}
	return names
}

// inResolvedFolder returns an absolute path with the links of its folder resolved, as far as the folder exists.
func inResolvedFolder(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	folder := filepath.Dir(path)
	if resolved, err := filepath.EvalSymlinks(folder); err == nil {
		folder = resolved
	}
	return filepath.Join(folder, filepath.Base(path))
}

func (t taken) add(by use, paths []string) {
	for _, path := range paths {
		if _, ok := t.paths[path]; !ok {
			t.paths[path] = by
		}
		if id, ok := idOf(path); ok {
			t.ids[id] = by
		}
	}
}

func (t taken) find(paths []string) (use, bool) {
	for _, path := range paths {
		if other, ok := t.paths[path]; ok {
			return other, true
		}
		if id, ok := idOf(path); ok {
			if other, ok := t.ids[id]; ok {
				return other, true
			}
		}
	}
	return use{}, false
}

// idOf returns the ID of the file at a path; ok is false where there is none. Folders, devices and pipes have none.
func idOf(path string) (id [2]uint64, ok bool) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0 {
		return id, false
	}
	return fileID(info)
}
