//go:build unix

package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// manyKeys are those to press at random: all but the ones that leave or wait for a shell, and ctrl+y, which ends a round.
func manyKeys() []string {
	keys := []string{
		enter, enter, enter, enter, tab, tab, shiftTab, up, down, down, left, right, soleEsc, pageUp, pageDn, f1, " ", "\x7f", "\x7f",
		ctrlN, ctrlO, ctrlP, ctrlP, "\x12", ctrlU, "\x17", "\x0b", "\x01", "\x05", altZ, "\x1bb", "\x1bf", "\x1b[1;5D", "\x1b[3~", "\x1b[H", "\x1b[F",
		"acr", "quay", "my-project", "us-east-1", "5.2.42", "dev, prod", "数字", "会社の名前", "ｗｉｄｅ", "e\u0301", "a\u0308\u0323", "n\u0303o", "한글",
		"\u0301", "é", "ß", "и",
	}
	for step := '1'; step <= '7'; step++ {
		keys = append(keys, "\x1b"+string(step))
	}
	return keys
}

// Random keys on screens of several sizes: whatever was drawn little by little is what a fresh terminal would show. The
// seed is fixed; nothing is ever written, for a file has the folder's place.
func TestRandomKeysLeaveNothingBehind(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	keys := manyKeys()
	sizes := [][2]int{{120, 40}, {80, 24}, {60, 20}, {100, 34}, {200, 60}, {99, 20}}
	s := open(t, program(t, "--out", "deploy"), 120, 40)
	s.see("Which chart")
	if err := os.WriteFile(filepath.Join(s.program.Dir, "deploy"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		width, height := sizes[i%len(sizes)][0], sizes[i%len(sizes)][1]
		if i > 0 {
			s.repainted(width, height)
		}
		s.press("\x1b9") // so that the answer to the last ctrl+y is gone
		s.gone("to the clipboard")
		s.gone("to copy yet")
		for range 25 {
			s.press(keys[random.IntN(len(keys))])
		}
		s.painted(width, height)
	}
	s.press(ctrlC)
	s.ends(130)
}
