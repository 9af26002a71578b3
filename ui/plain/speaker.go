package plain

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"conductor-registry/model/redact"
)

// speaker writes lines. It does not wrap them: terminals do, and screen readers read each line as one utterance.
type speaker struct {
	w     io.Writer
	ascii bool
	known *redact.Known
}

func (s *speaker) say(format string, args ...any) { s.put(fmt.Sprintf(format, args...) + "\n") }

// put writes text without the secrets of the values files. Control characters become visible; with ascii, other
// characters become question marks.
func (s *speaker) put(text string) {
	_, _ = io.WriteString(s.w, strings.Map(func(r rune) rune {
		if s.ascii && r > unicode.MaxASCII {
			return '?'
		}
		return r
	}, redact.VisibleLines(s.known.Text(text))))
}
