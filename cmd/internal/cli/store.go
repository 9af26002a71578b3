package cli

import (
	"errors"
	"sync"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/plan"
)

// store is the wizard's folder until the wizard is left. It writes beside the program's loop, so a key or a signal may
// end that loop meanwhile: close waits for what was begun, and then it is certain what was written.
type store struct {
	folder        files.Folder
	mutex         sync.Mutex
	closed, wrote bool
}

// Folder is where the files go, as the user named it.
func (s *store) Folder() string { return s.folder.Folder() }

// Read is the content of a file in the folder; nil when there is none.
func (s *store) Read(name string) ([]byte, error) { return s.folder.Read(name) }

// Write is the folder's, while the wizard runs.
func (s *store) Write(set []plan.File) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.closed {
		return errors.New("the wizard was left")
	}
	err := s.folder.Write(set)
	s.wrote = err == nil && len(set) > 0
	return err
}

// close lets no more be written, and says what happened to the files.
func (s *store) close() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.closed = true
	if s.wrote {
		return "the files were written"
	}
	return "nothing was written"
}
