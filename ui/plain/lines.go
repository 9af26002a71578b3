package plain

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLine is the longest answer in bytes. A longer line is a file pasted by mistake.
const maxLine = 1024

// lines reads answers. It buffers the input.
type lines struct {
	in      *bufio.Reader
	started bool // the first line was read
}

func newLines(in io.Reader) *lines { return &lines{in: bufio.NewReaderSize(in, 2*maxLine)} }

// invalidLineError is a line that cannot be an answer.
type invalidLineError string

func (e invalidLineError) Error() string { return string(e) }

// readLine returns the next line without the spaces around it. The last line does not need a newline. The error is
// io.EOF after the last line, or an invalidLineError, after which reading can continue.
func (l *lines) readLine() (string, error) {
	part, err := l.in.ReadSlice('\n')
	length := len(part)
	text := string(part)
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = l.in.ReadSlice('\n')
		length += len(part)
	}
	if err != nil && (!errors.Is(err, io.EOF) || length == 0) {
		return "", err
	}
	if !l.started {
		text, l.started = strings.TrimPrefix(text, "\ufeff"), true // some editors begin a file with a byte order mark
	}
	text = strings.TrimSpace(text)
	switch {
	case length > maxLine:
		return "", invalidLineError(fmt.Sprintf("this line has %d bytes, and an answer at most %d", length, maxLine))
	case !utf8.ValidString(text):
		return "", invalidLineError("this line is not UTF-8 text")
	case strings.ContainsFunc(text, unicode.IsControl):
		return "", invalidLineError("an answer cannot contain control characters, such as those of the arrow keys")
	}
	return text, nil
}
