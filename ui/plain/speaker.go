package plain

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// speaker writes lines. A screen reader reads each as one utterance and a terminal wraps it, so none is wrapped here.
type speaker struct {
	w     io.Writer
	ascii bool
}

func (s *speaker) say(format string, args ...any) { s.put(fmt.Sprintf(format, args...) + "\n") }

// put writes text as it can be shown: what comes from files and answers files may hold anything.
func (s *speaker) put(text string) {
	_, _ = io.WriteString(s.w, strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || s.ascii && r > unicode.MaxASCII) {
			return '?'
		}
		return r
	}, text))
}
