package files

import (
	"bytes"
	"errors"
	"io/fs"
)

// ChangedError reports a file that is not as it was when the run read it, so that replacing it would lose what others
// have written.
type ChangedError struct{ how string }

// Error returns what happened to the file.
func (e ChangedError) Error() string { return "it " + e.how + " while this ran" }

// checkUnchanged reads the file that exists again, and returns an error when it is not the one that is to be replaced.
func (s *staging) checkUnchanged() error {
	now, err := Read(s.target)
	switch {
	case errors.Is(err, fs.ErrNotExist) && s.replaces != nil:
		return ChangedError{"was removed"}
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case s.replaces == nil:
		return ChangedError{"was created"}
	case !bytes.Equal(now, s.replaces):
		return ChangedError{"changed"}
	}
	return nil
}
