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

// maxLine is how many bytes an answer may have: what is longer is a file pasted by mistake.
const maxLine = 1024

// lines reads answers. It reads ahead, so there is one for all of them.
type lines struct {
	in   *bufio.Reader
	past bool // the first line was read
}

func newLines(in io.Reader) *lines { return &lines{in: bufio.NewReaderSize(in, 2*maxLine)} }

// refusedError is a line that can't be an answer to anything.
type refusedError string

func (r refusedError) Error() string { return string(r) }

// next is the next line without what ends it and without blanks around it. The last line need not be ended. The error
// is io.EOF where there is none, or a refusedError, after which there may be more.
func (l *lines) next() (string, error) {
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
	if !l.past {
		text, l.past = strings.TrimPrefix(text, "\ufeff"), true // the mark that some editors begin a file with
	}
	text = strings.TrimSpace(text)
	switch {
	case length > maxLine:
		return "", refusedError(fmt.Sprintf("an answer has %d characters at most, and this line has %d", maxLine, length))
	case !utf8.ValidString(text):
		return "", refusedError("an answer is UTF-8 text, and this line is not")
	case strings.ContainsFunc(text, unicode.IsControl):
		return "", refusedError("an answer can't hold control characters, such as those that arrow keys send")
	}
	return text, nil
}
