package cli

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/shell"
)

// inputFiles are the files that a command has read. None of them may be overwritten under another name.
type inputFiles struct {
	mutex sync.Mutex // the wizard reads in the background
	names []string
}

// add adds a file; "-" is standard input.
func (i *inputFiles) add(name string) {
	if i == nil || name == "-" {
		return
	}
	i.mutex.Lock()
	defer i.mutex.Unlock()
	i.names = append(i.names, name)
}

// all returns the paths of all files.
func (i *inputFiles) all() []string { return i.beside() }

// beside returns the paths of the files that are not written by the same path: that one is read in order to be changed.
func (i *inputFiles) beside(written ...string) []string {
	if i == nil {
		return nil
	}
	i.mutex.Lock()
	defer i.mutex.Unlock()
	changed := map[string]bool{}
	for _, name := range written {
		changed[absolute(name)] = true
	}
	return slices.DeleteFunc(slices.Clone(i.names), func(name string) bool { return changed[absolute(name)] })
}

// withWriteHint returns an error of writing files with a hint that says what to type. Elsewhere is the hint for files that
// meet at one place.
func withWriteHint(err error, elsewhere string) error {
	if _, ok := errors.AsType[files.ChangedError](err); ok {
		return fmt.Errorf("%w\nhint: run the same command again, it reads the file as it is now", err)
	}
	shared, ok := errors.AsType[files.SharedError](err)
	switch {
	case ok && shared.Backup != "":
		return fmt.Errorf("%w\nhint: rename it first: mv %s NEW-NAME", err, shell.Quote(shared.Backup))
	case ok:
		return fmt.Errorf("%w\nhint: %s", err, elsewhere)
	}
	return err
}
