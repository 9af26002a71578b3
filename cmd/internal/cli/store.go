package cli

import (
	"errors"
	"fmt"
	"sync"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
	"conductor-registry/ui/session"
)

// store is the wizard's output folder. It writes beside the program's loop, which a key or a signal may end meanwhile:
// close waits for a write that has begun, so that it is certain what was written.
type store struct {
	folder        files.Folder
	known         *redact.Known // the secrets of the files, which stay out of messages
	inputs        *inputFiles   // that the wizard has read; nil for none
	mutex         sync.Mutex
	closed, wrote bool
}

// Folder returns the folder as the user named it.
func (s *store) Folder() string { return s.folder.Folder() }

// Read returns the content of a file in the folder; nil when it does not exist. It removes what a run that was killed left
// beside the file, also when the wizard then has nothing to write.
func (s *store) Read(name string) ([]byte, error) {
	s.folder.Tidy(name)
	data, err := s.folder.Read(name)
	s.known.AddFile(data)
	return data, err
}

// Write writes a set of files, while the wizard runs. A file that has changed since the wizard read it is an error.
func (s *store) Write(set []plan.File) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.closed {
		return errors.New("the wizard was left")
	}
	err := s.folder.Write(set, s.inputs.beside(model.Map(set, func(f plan.File) string { return s.folder.Path(f.Name) })...)...)
	s.wrote = err == nil && len(set) > 0
	if _, ok := errors.AsType[files.ChangedError](err); ok {
		return fmt.Errorf("%w; %w", err, session.ErrChanged)
	}
	return err
}

// close refuses further writes, and returns what happened to the files.
func (s *store) close() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.closed = true
	if s.wrote {
		return "the files were written"
	}
	return "nothing was written"
}
