package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/redact"
	"conductor-registry/ui/report"
)

// output filters the text of every command on standard output and standard error. It masks the
// secrets of all files and arguments that were read, and shows control characters as escapes. It remembers that writing
// failed, so that a full disk behind standard output is reported once, at the end.
type output struct {
	to        io.Writer
	known     *redact.Known
	writing   sync.Mutex
	err       error     // of the first write that failed
	verbosity verbosity // of messages: on standard error
}

// Write writes text, until the first error.
func (o *output) Write(text []byte) (int, error) {
	if o.isQuiet() {
		return len(text), nil
	}
	return len(text), o.write([]byte(redact.VisibleLines(o.known.Text(string(text)))))
}

func (o *output) write(data []byte) error {
	o.writing.Lock()
	defer o.writing.Unlock()
	if o.err == nil {
		_, o.err = o.to.Write(data)
	}
	return o.err
}

// rawOutput writes bytes as they are: those of the user's own files, and what draws on a terminal.
type rawOutput struct{ *output }

// Write writes bytes, until the first error.
func (o rawOutput) Write(data []byte) (int, error) { return len(data), o.write(data) }

// raw returns the way past the masks and escapes of a stream. Only the user's own files and terminal control may use it.
func raw(w io.Writer) io.Writer {
	if o, ok := w.(*output); ok {
		return rawOutput{o}
	}
	return w
}

// device returns the file behind a stream, for a program that draws on it and filters its text itself.
func device(w io.Writer) io.Writer {
	if o, ok := w.(*output); ok {
		return o.to
	}
	return w
}

// guarded returns the streams with all text masked and made visible, and the output behind standard output.
func guarded(s Streams, args []string) (Streams, *output) {
	known := &redact.Known{}
	for _, arg := range args {
		known.AddText(arg)
	}
	out := &output{to: s.Out, known: known}
	s.Out, s.Err, s.known, s.inputs = out, &output{to: s.Err, known: known}, known, &inputFiles{}
	return s, out
}

// shown returns a text with known secrets masked and control characters visible, for formats that escape text: behind
// the escapes the streams would not recognise a secret.
func (s Streams) shown(text string) string { return redact.Visible(s.known.Text(text)) }

// ownFileText stands for the user's own file in a JSON document: the one text in it that keeps its secrets.
const ownFileText = "{the user's own file}"

// writeJSON writes a value as JSON to standard output, with secrets masked and control characters as \u escapes.
func (s Streams) writeJSON(ownFile []byte, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	encoded := s.known.JSON(b.Bytes())
	if ownFile != nil {
		var own bytes.Buffer
		if err := model.WriteJSON(&own, string(ownFile)); err != nil {
			return err
		}
		text := redact.JSON(bytes.TrimSpace(own.Bytes()))
		encoded = bytes.Replace(encoded, []byte(`"`+ownFileText+`"`), text, 1)
	}
	_, err := raw(s.Out).Write(encoded)
	return err
}

// read returns the content of a file, or of standard input for "-", and keeps its secrets out of all text.
func (s Streams) read(name string) ([]byte, error) {
	s.report("reading " + shownName(name))
	data, err := readFile(name, s.In)
	if err == nil {
		s.known.AddFile(data)
		s.inputs.add(name)
	}
	return data, err
}

// readFile returns the content of a file, or of standard input for "-".
func readFile(name string, in io.Reader) (data []byte, err error) {
	if name == "-" {
		data, err = files.ReadAll(in)
	} else {
		data, err = files.Read(name)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", shownName(name), err)
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
	return redact.Visible(name)
}

// printf prints a line that contains texts of users, files or other programs: none can break it or start another one.
func printf(w io.Writer, format string, args ...any) {
	for i, arg := range args {
		if text, ok := arg.(string); ok {
			args[i] = redact.Visible(text)
		}
	}
	fmt.Fprintf(w, format, args...)
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
	if o, ok := p.out.(*output); ok && o.isQuiet() {
		return
	}
	fmt.Fprintf(raw(p.out), progressLine, redact.Visible(fmt.Sprintf(format, args...)))
}

func (p progress) clear() { fmt.Fprintf(raw(p.out), progressLine+"\r", "") }

// prefixed returns text behind a prefix; "" for an empty text.
func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// printProblems prints problems as messages.
func printProblems(w io.Writer, problems model.Problems) {
	_ = report.Problems(w, problems) // messages that cannot be written have no reader
}
