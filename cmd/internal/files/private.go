package files

import (
	"errors"
	"os"
	"path/filepath"
)

// Private writes a file that only its user may read, whole or not at all, and makes the folders above it. It does not
// wait for the disk: what is written outlives the program, not a loss of power.
func Private(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.tmp") // made with mode 0600
	if err != nil {
		return err
	}
	if err := fill(f, data); err != nil {
		_ = os.Remove(f.Name())
		return err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		_ = os.Remove(f.Name())
		return err
	}
	return nil
}

// RemovePrivate removes such a file, and what a killed run of Private left beside it.
func RemovePrivate(name string) {
	_ = os.Remove(name)
	TidyPrivate(name)
}

// TidyPrivate removes what a killed run of Private left beside a file.
func TidyPrivate(name string) {
	left, _ := filepath.Glob(name + ".*.tmp")
	for _, file := range left {
		_ = os.Remove(file)
	}
}

// fill writes all of a new file and closes it.
func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	return errors.Join(err, f.Close())
}
