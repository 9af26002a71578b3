//go:build unix

package shell

import (
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestQuoteLeavesPlainWords(t *testing.T) {
	for s, want := range map[string]string{
		"myacr.azurecr.io":            "myacr.azurecr.io",
		"https://index.docker.io/v1/": "https://index.docker.io/v1/",
		"":                            "''",
		"robot$ci":                    "'robot$ci'",
		"it's":                        `'it'\''s'`,
		"~/x":                         "'~/x'",
		"=ls":                         "'=ls'",
		"a b":                         "'a b'",
		"ü":                           "'ü'",
	} {
		if got := Quote(s); got != want {
			t.Errorf("Quote(%q) = %s, want %s", s, got, want)
		}
	}
}

// FuzzQuote checks that sh and bash read the word as the same text, byte for byte.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "plain", "it's", "'", "''", "$x `id` \\", "a\nb\n", "-n", "!!", "*?[", "~", "\xff\x01", "#;&|<>(){}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Contains(s, "\x00") {
			t.Skip("no shell word can hold NUL")
		}
		for _, shell := range []string{"sh", "bash"} {
			out, err := exec.Command(shell, "-c", "printf '<%s>' "+Quote(s)).CombinedOutput()
			if err != nil || string(out) != "<"+s+">" {
				t.Errorf("%s reads %s as %q: %v", shell, Quote(s), out, err)
			}
		}
	})
}

func TestQuotePowerShell(t *testing.T) {
	for text, want := range map[string]string{
		"":           "''",
		"robot$ci":   "'robot$ci'",
		"it's `\"":   "'it''s `\"'",
		"\u2019":     "([string][char]0x2019)", // PowerShell takes it for a quote
		"a\u00e9b":   "('a' + [string][char]0x00e9 + 'b')",
		"\U0001f511": "([string][char]0xd83d + [string][char]0xdd11)",
		"a\nb":       "('a' + [string][char]0x000a + 'b')",
	} {
		if got := QuotePowerShell(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// FuzzQuotePowerShell checks that the expression is ASCII on one line, and stands for the text by the rules of PowerShell
// (about_Quoting_Rules): single-quoted strings in which a quote is doubled, and characters by their number, added up.
func FuzzQuotePowerShell(f *testing.F) {
	for _, s := range []string{"", "plain", "it's", "''", "$x `id` \\", "a\nb\r", "\u2018quoted\u2019", "\u0085\u009b", "\U0001f511", "' + (rm) + '", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		quoted := QuotePowerShell(s)
		if strings.ContainsFunc(quoted, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Fatalf("%q is not ASCII on one line", quoted)
		}
		if got, ok := readPowerShell(quoted); !ok || got != strings.ToValidUTF8(s, "\uFFFD") && got != string([]rune(s)) {
			t.Errorf("%s stands for %q, not %q", quoted, got, s)
		}
	})
}

// readPowerShell returns the text that an expression of QuotePowerShell stands for; false for any other expression.
func readPowerShell(expression string) (string, bool) {
	if inner, ok := strings.CutPrefix(expression, "("); ok {
		if expression, ok = strings.CutSuffix(inner, ")"); !ok {
			return "", false
		}
	}
	var units []uint16
	for rest := expression; ; {
		if number, ok := strings.CutPrefix(rest, "[string][char]0x"); ok && len(number) >= 4 {
			unit, err := strconv.ParseUint(number[:4], 16, 16)
			if err != nil {
				return "", false
			}
			units, rest = append(units, uint16(unit)), number[4:]
		} else if text, after, ok := cutString(rest); ok {
			units, rest = append(units, utf16.Encode([]rune(text))...), after
		} else {
			return "", false
		}
		if rest == "" {
			return string(utf16.Decode(units)), true
		}
		var isSum bool
		if rest, isSum = strings.CutPrefix(rest, " + "); !isSum {
			return "", false
		}
	}
}

// cutString cuts a single-quoted string off.
func cutString(rest string) (text, after string, ok bool) {
	if rest, ok = strings.CutPrefix(rest, "'"); !ok {
		return "", "", false
	}
	for {
		before, behind, found := strings.Cut(rest, "'")
		text += before
		if !found {
			return "", "", false
		}
		if rest, found = strings.CutPrefix(behind, "'"); !found {
			return text, behind, true
		}
		text += "'"
	}
}
