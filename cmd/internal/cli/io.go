package cli

import (
	"fmt"
	"io"
	"os"

	"conductor-registry/verify/program"
)

// maxFile bounds the size of an input: a wrong path, such as an image archive, must not fill the memory.
const maxFile = 16 << 20

// readFile returns the content of a file, or of standard input for "-".
func readFile(name string, in io.Reader) ([]byte, error) {
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", shownName(name), program.Reason(err))
		}
		defer func() { _ = file.Close() }()
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", shownName(name), program.Reason(err))
	case len(data) > maxFile:
		return nil, fmt.Errorf("%s is larger than %d MiB: is it the right file?", shownName(name), maxFile>>20)
	}
	return data, nil
}

// shownName returns the name of a file for messages.
func shownName(name string) string {
	switch name {
	case "-":
		return "standard input"
	case "":
		return `"" (an empty file name)`
	}
	return name
}

// checkFolder refuses a name that cannot be a folder, before the first question is asked.
func checkFolder(name string) error {
	if name == "" {
		return usage("--out is empty\nhint: name a folder, for example --out deploy")
	}
	if info, err := os.Stat(name); err == nil && !info.IsDir() {
		return usage("--out %q is a file\nhint: name a folder, for example --out deploy", name)
	}
	return nil
}

// progress shows one line on a terminal and replaces it.
type progress struct{ out io.Writer }

const progressLine = "\r%-79s"

func (p progress) show(format string, args ...any) {
	fmt.Fprintf(p.out, progressLine, fmt.Sprintf(format, args...))
}

func (p progress) clear() { fmt.Fprintf(p.out, progressLine+"\r", "") }

// prefixed returns text behind a prefix; "" for an empty text.
func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}
