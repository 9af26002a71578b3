package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxFile keeps a mistaken path, such as an image archive, from filling the memory. Real files have some kilobytes.
const maxFile = 16 << 20

// readFile reads a file, or standard input for "-".
func readFile(name string, in io.Reader) ([]byte, error) {
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("can't read %s: %w", shownName(name), cause(err))
		}
		defer func() { _ = file.Close() }()
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("can't read %s: %w", shownName(name), cause(err))
	case len(data) > maxFile:
		return nil, fmt.Errorf("%s is larger than %d MiB: is it the right file?", shownName(name), maxFile>>20)
	}
	return data, nil
}

// shownName is how messages call a file.
func shownName(name string) string {
	switch name {
	case "-":
		return "standard input"
	case "":
		return `"" (an empty file name)`
	}
	return name
}

// cause is what the operating system said, without the path, which messages name in their own words.
func cause(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}

// checkFolder wants the name of a folder that can be, so that a mistake is told before any question.
func checkFolder(name string) error {
	if name == "" {
		return usage("--out is empty: name a folder, for example --out deploy")
	}
	if info, err := os.Stat(name); err == nil && !info.IsDir() {
		return usage("--out %s is a file: name a folder, for example --out deploy", name)
	}
	return nil
}
