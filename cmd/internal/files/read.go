package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// MaxSize is the largest input in bytes: a wrong path, such as an image archive, must not fill the memory.
const MaxSize = 16 << 20

// Read returns the content of a regular file of at most MaxSize bytes. It does not wait for a named pipe, and refuses
// devices. An open descriptor, as <(COMMAND) of bash gives it, may be a pipe.
func Read(name string) ([]byte, error) {
	file, err := os.OpenFile(name, os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		return nil, reason(err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, reason(err)
	case info.IsDir():
		return nil, errors.New("is a directory")
	case !info.Mode().IsRegular() && (info.Mode()&fs.ModeNamedPipe == 0 || !isDescriptor(name)):
		return nil, errors.New("not a regular file")
	case info.Size() > MaxSize:
		return nil, errTooLarge()
	}
	return ReadAll(file)
}

// ReadAll returns what is read from an input, at most MaxSize bytes.
func ReadAll(in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, MaxSize+1))
	switch {
	case err != nil:
		return nil, reason(err)
	case len(data) > MaxSize:
		return nil, errTooLarge()
	}
	return data, nil
}

func errTooLarge() error { return fmt.Errorf("larger than %d MiB: is it the right file?", MaxSize>>20) }

// isDescriptor reports whether a name is that of an open file of this process.
func isDescriptor(name string) bool {
	return strings.HasPrefix(name, "/dev/fd/") || strings.HasPrefix(name, "/proc/self/fd/") || name == "/dev/stdin"
}
