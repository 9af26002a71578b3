//go:build unix

package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The wizard uses the 16 colours of the terminal's own theme, and NO_COLOR leaves bold, faint, underlined and reversed (no-color.org). It asks
// the terminal for none of its colours: light and dark are the theme's.
func TestColours(t *testing.T) {
	looks := []string{"", "0", "1", "2", "4", "7", "22", "24", "27"}
	sixteen := slices.Concat(looks, strings.Fields("30 31 32 33 34 35 36 37 39 90 91 92 93 94 95 96 97"))
	for name, test := range map[string]struct {
		env     []string
		allowed []string
		colours bool
	}{
		"16 colours":        {[]string{"TERM=xterm-16color"}, sixteen, true},
		"256 colours":       {nil, sixteen, true},
		"16 million":        {[]string{"COLORTERM=truecolor"}, sixteen, true},
		"none":              {[]string{"NO_COLOR=1"}, looks, false},
		"any NO_COLOR":      {[]string{"NO_COLOR=yes"}, looks, false},
		"NO_COLOR is empty": {[]string{"NO_COLOR="}, sixteen, true},
	} {
		t.Run(name, func(t *testing.T) {
			c := program(t)
			c.Env = append(c.Env, test.env...)
			s := open(t, c, 120, 40)
			s.toReview()
			s.press("\x1b3", ctrlU, "-", enter) // a mistake
			s.see("✗")
			s.press(ctrlC)
			s.ends(130)
			coloured := false
			for _, codes := range regexp.MustCompile(`\x1b\[([0-9;:]*)m`).FindAllStringSubmatch(s.output(), -1) {
				for code := range strings.SplitSeq(codes[1], ";") {
					if !slices.Contains(test.allowed, code) {
						t.Fatalf("code %s in %q", code, codes[0])
					}
					coloured = coloured || !slices.Contains(looks, code)
				}
			}
			if coloured != test.colours {
				t.Errorf("colours: %v, want %v", coloured, test.colours)
			}
			if query := regexp.MustCompile(`\x1b\](?:4|1\d);[^\x07\x1b]*`).FindString(s.output()); query != "" {
				t.Errorf("%q asks for or sets the terminal's colours", query)
			}
		})
	}
}
