//go:build unix

package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	shapes "conductor-registry/golden"
)

// hostile is a paste that would change the terminal if it were drawn as it is: colours, title, clipboard, cursor, bell,
// NUL, the 8-bit forms of escapes, and the end of a paste in its middle.
const hostile = hostileText + "\x1b[201~zq\x1b[36;45m\x1b]0;owned\x07\x00z\u009b2J"

const hostileText = "zq\x1b[35;44mzq\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x1b\\\x1b[99;99H\x1b[2J\x00\x07\u009b35m\u009d0;owned\u009c" +
	"\x1bPowned\x1b\\\nz\r\nq\tz\x7f\b\x1b]8;;https://owned.example\x07q"

// unharmed wants nothing of hostile in what came from the program since it had written so much.
func (s *terminal) unharmed(since int) {
	s.t.Helper()
	out := s.output()[since:]
	if !utf8.ValidString(out) {
		s.t.Error("the output is no UTF-8")
	}
	for _, part := range []string{"b3duZWQ", "\x1b]52", "\x1b]8", "\x1b]0", "\x1bP", "35;44", "36;45", "99;99H", "\x00", "\x7f",
		"\u009b", "\u009c", "\u009d"} {
		if at := strings.Index(out, part); at >= 0 {
			s.t.Errorf("%q reached the terminal: %q", part, out[max(0, at-40):min(len(out), at+40)])
		}
	}
}

// What is pasted into a text is text, however long and whatever it holds.
func TestPasteIntoAText(t *testing.T) {
	for name, text := range map[string]string{"long": strings.Repeat("0123456789", 1000), "hostile": hostile,
		"long and hostile": strings.Repeat(hostileText, 100)} {
		t.Run(name, func(t *testing.T) {
			s := open(t, program(t), 120, 40)
			s.toDetails()
			since := len(s.output())
			s.paste(text)
			s.press(tab, shiftTab) // leaving shows what is wrong with it
			s.press("\x05", ctrlU, "myacr")
			s.see("myacr.azurecr.io/")
			s.unharmed(since)
			s.press(ctrlC)
			s.ends(130)
		})
	}
}

// A long list takes a paste for a filter, or for the address of a registry; esc is the way out of it.
func TestPasteIntoAFilter(t *testing.T) {
	for name, text := range map[string]string{"long": strings.Repeat("zq#", 3400), "hostile": hostile,
		"an address and more": "https://myacr.azurecr.io/\x1b[35;44m\x1b]0;owned\x07\u009b2J\x00"} {
		t.Run(name, func(t *testing.T) {
			s := open(t, program(t), 120, 40)
			s.see("Which chart")
			s.press(enter)
			s.see("Where are the images?")
			since := len(s.output())
			s.paste(text)
			s.press(ctrlU, soleEsc, "\x1b2", ctrlU, "acr", enter)
			s.see("Registry name")
			s.press(ctrlU, "myacr")
			s.see("myacr.azurecr.io/")
			s.unharmed(since)
			s.press(ctrlC)
			s.ends(130)
		})
	}
}

// The review has nothing to paste into, and goes on to what it is for.
func TestPasteOnTheReview(t *testing.T) {
	s := open(t, program(t), 120, 40)
	s.toReview()
	since := len(s.output())
	s.paste(hostile)
	s.paste(strings.Repeat("y\r\n", 3000)) // a line end in a paste is no enter
	s.press(ctrlO)
	s.see("Go to a step") // all of it is taken
	s.unharmed(since)
	s.press(soleEsc)
	s.gone("Go to a step")
	s.wrote()
	s.press(enter)
	s.ends(0)
	s.isExample("values.yaml", "pull-secret.sh")
}

// A paste of an image name on the first page leads to the review; one key writes.
func TestPasteAnswersEverything(t *testing.T) {
	for _, pasted := range []string{
		"docker pull myacr.azurecr.io/conductor/server:latest\n",
		"  image: \"myacr.azurecr.io/conductor/server:latest\"",
		"https://robot:S3CRETqzx@myacr.azurecr.io/conductor/server:latest",
		"myacr.azurecr.io/conductor/server:latest\r\nmyacr.azurecr.io/conductor/workers:latest\r\n",
	} {
		s := open(t, program(t), 120, 40)
		s.see("Which chart")
		s.paste(pasted)
		s.see("understood: Azure Container Registry myacr.azurecr.io")
		s.see("Write 3 files")
		s.press(enter)
		s.ends(0)
		s.see("Wrote values.yaml, pull-secret.sh and answers.yaml.")
		s.wrote("answers.yaml", "pull-secret.sh", "values.yaml")
		for _, line := range []string{`registry: "myacr.azurecr.io"`, `repository: "conductor/server"`, `repository: "conductor/workers"`,
			`tag: "latest"`} {
			if !strings.Contains(s.file("values.yaml"), line) {
				t.Errorf("%q: no %s in\n%s", pasted, line, s.file("values.yaml"))
			}
		}
		if strings.Contains(s.output()+s.file("values.yaml")+s.file("answers.yaml"), "S3CRETqzx") {
			t.Errorf("%q: the login is shown or written", pasted)
		}
	}
}

// Every shape of a pasted image name is understood, one after the other.
func TestPastedShapes(t *testing.T) {
	s := open(t, program(t), 120, 40)
	for _, paste := range shapes.Pastes(t) {
		s.see("Which chart")
		s.paste(paste.Text)
		s.see("Ready to write")
		for _, image := range []string{paste.Server, paste.Workers} {
			name, _, _ := strings.Cut(image, "@")
			s.see(strings.TrimPrefix(name, "docker.io/"))
		}
		s.press("\x1b1")
		s.gone("Ready to write")
	}
	s.press(ctrlC)
	s.ends(130)
}
