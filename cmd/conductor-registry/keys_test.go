//go:build unix

package main

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
)

// ctrl+y hands the terminal what the preview shows, for its clipboard: OSC 52.
func TestCopy(t *testing.T) {
	s := open(t, program(t), 80, 24)
	s.toDetails()
	s.press("myacr", ctrlY)
	s.see("image names sent to the clipboard")
	s.copied("myacr.azurecr.io/orkes-conductor-server:5.2.42\nmyacr.azurecr.io/orkes-conductor-workers:5.2.42\n")
	s.press(ctrlP, ctrlP, ctrlY)
	s.see("pull-secret.sh sent to the clipboard")
	s.press("\x1b2", ctrlC)
	s.ends(130)

	s = open(t, program(t), 120, 40)
	s.toReview()
	s.press(ctrlY)
	s.see("values.yaml sent to the clipboard")
	s.copied(golden(t, "values.yaml"))
	s.press(ctrlC)
	s.ends(130)
}

// copied waits for this text, and nothing else, to have been sent last.
func (s *terminal) copied(text string) {
	s.t.Helper()
	osc := regexp.MustCompile(`\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)`)
	want := base64.StdEncoding.EncodeToString([]byte(text))
	s.until("the clipboard", func() bool {
		sent := osc.FindAllStringSubmatch(s.output(), -1)
		return len(sent) > 0 && sent[len(sent)-1][1] == want
	})
}

// alt+z takes answers back, ctrl+o and alt+1 go to steps, ctrl+n to what is to mend.
func TestStepsAndUndo(t *testing.T) {
	s := open(t, program(t), 120, 40)
	s.toDetails()
	s.press("myacr", enter, down)
	s.see("Where should values.yaml put the registry?")
	s.press(altZ)
	s.see("undone: Pattern")
	s.press(altZ)
	s.see("undone: Registry name")
	s.gone("myacr.azurecr.io/")
	s.press(ctrlO)
	s.see("Go to a step")
	s.press("1")
	s.see("Which chart")
	s.gone("Go to a step")
	s.press("\x1b7")
	s.see("answer this first: Registry name")
	s.press("\x1b4")
	s.see("Where should values.yaml put the registry?")
	s.press(ctrlN)
	s.see("› Registry name")
	s.press("other")
	s.see("other.azurecr.io/")
	s.press(ctrlN)
	s.see("no answer needs a fix")
	s.press(ctrlC)
	s.ends(130)
	if strings.Contains(s.output(), "\x1b]52;") {
		t.Error("something was copied unasked")
	}
}
