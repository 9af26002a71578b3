//go:build unix

package main

import (
	"fmt"
	"strings"
)

// Synchronised output: what the program puts around each frame for a terminal that says it knows the mode.
const (
	frameBegins = "\x1b[?2026h"
	frameEnds   = "\x1b[?2026l"
)

// More keys as a terminal sends them.
const (
	down   = "\x1b[B"
	right  = "\x1b[C"
	left   = "\x1b[D"
	pageUp = "\x1b[5~"
	pageDn = "\x1b[6~"
	ctrlN  = "\x0e"
	ctrlO  = "\x0f"
	ctrlY  = "\x19"
	altZ   = "\x1bz"
	// soleEsc is the key alone, in the keyboard protocol that the program asks for: what follows esc at once would be
	// taken for a key with alt.
	soleEsc = "\x1b[27u"
)

// frame is what the screen looks like: cells, colours and the cursor's place. It is not whole while a frame is drawn.
func (s *terminal) frame() (frame string, whole bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	raw := s.raw.String()
	frame = s.picture()
	if strings.LastIndex(raw, "\x1b[?25h") > strings.LastIndex(raw, "\x1b[?25l") { // the cursor is to be seen
		at := s.screen.CursorPosition()
		frame += fmt.Sprintf("\ncursor %d,%d", at.X, at.Y)
	}
	return frame, strings.LastIndex(raw, frameEnds) >= strings.LastIndex(raw, frameBegins)
}

// settled waits until every key pressed so far is taken and drawn, and gives the frame. It does so by ctrl+y, which is
// answered everywhere on the line above the last; so no ctrl+y may be among the keys before.
func (s *terminal) settled() string {
	s.t.Helper()
	s.press(ctrlY)
	var now string
	s.until("the answer to ctrl+y", func() bool {
		text := s.text()
		if !strings.Contains(text, "sent to the clipboard") && !strings.Contains(text, "nothing to copy yet") {
			return false
		}
		frame, whole := s.frame()
		now = frame
		return whole
	})
	return now
}

// repainted gives the terminal this size and waits for a frame that is painted from nothing: after a size at which the
// program draws nothing but that it is too small.
func (s *terminal) repainted(width, height int) {
	s.t.Helper()
	s.resize(33, 8)
	s.see("33x8 is too small")
	s.resize(width, height)
	s.until("a frame of that size", func() bool {
		frame, whole := s.frame()
		return whole && strings.Contains(frame, "conductor-registry")
	})
}

// painted wants the frame that came about key by key to be the one that is painted from nothing.
func (s *terminal) painted(width, height int) {
	s.t.Helper()
	before := s.settled()
	s.repainted(width, height)
	if after, _ := s.frame(); after != before {
		s.t.Fatalf("key by key the screen is\n%s\nand painted anew\n%s", before, after)
	}
}
