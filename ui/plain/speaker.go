package plain

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// speaker writes lines. It does not wrap them: terminals do, and screen readers read each line as one utterance.
type speaker struct {
	w     io.Writer
	ascii bool
}

func (s *speaker) say(format string, args ...any) { s.put(fmt.Sprintf(format, args...) + "\n") }

// put writes text. Control characters, which files of the user can contain, and with ascii also other characters become
// question marks.
func (s *speaker) put(text string) {
	_, _ = io.WriteString(s.w, strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || s.ascii && r > unicode.MaxASCII) {
			return '?'
		}
		return r
	}, text))
}
