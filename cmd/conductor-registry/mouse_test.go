//go:build unix

package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// at is the cell, counted from 1, where the words begin on the screen.
func (s *terminal) at(words string) (x, y int) {
	s.t.Helper()
	s.see(words)
	for i, line := range strings.Split(s.text(), "\n") {
		if before, _, found := strings.Cut(line, words); found {
			return 1 + ansi.StringWidth(before), 1 + i
		}
	}
	s.t.Fatalf("no %q on\n%s", words, s.text())
	return 0, 0
}

// click presses and lets go of the left button over the words, as a terminal with SGR mouse reports tells it.
func (s *terminal) click(words string) {
	s.t.Helper()
	x, y := s.at(words)
	s.press(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x, y, x, y))
}

// wheel turns the wheel over the words.
func (s *terminal) wheel(words string, up bool) {
	s.t.Helper()
	x, y := s.at(words)
	button := map[bool]int{true: 64, false: 65}[up]
	s.press(fmt.Sprintf("\x1b[<%d;%d;%dM", button, x, y))
}

func TestMouse(t *testing.T) {
	s := open(t, program(t, "--mouse"), 120, 40)
	s.see("Which chart")
	s.until("reports of the mouse", func() bool {
		return strings.Contains(s.output(), "\x1b[?1002h") && strings.Contains(s.output(), "\x1b[?1006h")
	})
	s.click("3.0")
	s.see("chart 3.0")
	s.press(enter)
	s.see("Where are the images?") // the page before lists the registries too
	s.click("Amazon ECR")
	s.see("› Amazon ECR")
	s.click("Amazon ECR")
	s.see("12 digits")
	s.press("123456789012")
	s.see("123456789012.dkr.ecr")
	s.click("Region")
	s.see("› Region") // a key at once may overtake a click, which goes to the view first
	s.press("us-east-1")
	s.see("123456789012.dkr.ecr.us-east-1.amazonaws.com")
	s.click("✓ Registry")
	s.see("Where are the images?")
	s.click("pull-secret.sh")
	s.see("kubectl create secret")
	first := "#!/usr/bin/env bash"
	for range 20 {
		s.wheel("· problems", true) // always there, above the script
	}
	s.see(first)
	s.wheel(first, false)
	s.gone(first)
	s.press(ctrlC)
	s.ends(130)
	for _, mode := range []string{"1002", "1006"} {
		if strings.LastIndex(s.output(), "\x1b[?"+mode+"l") < strings.LastIndex(s.output(), "\x1b[?"+mode+"h") {
			t.Errorf("mode %s is left on", mode)
		}
	}
}

// Without --mouse the terminal keeps its own: selecting and scrolling.
func TestNoMouseUnlessAsked(t *testing.T) {
	s := open(t, program(t), 120, 40)
	s.toReview()
	s.press(ctrlC)
	s.ends(130)
	for _, mode := range regexp.MustCompile(`\x1b\[\?(?:9|10\d{2})h`).FindAllString(s.output(), -1) {
		if mode != "\x1b[?1049h" { // the screen of its own
			t.Errorf("mode %q is switched on", mode)
		}
	}
}
