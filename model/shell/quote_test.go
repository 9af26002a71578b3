//go:build unix

package shell

import (
	"os/exec"
	"strings"
	"testing"
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

// FuzzQuote checks that sh reads the word as the same text, byte for byte.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "plain", "it's", "'", "''", "$x `id` \\", "a\nb\n", "-n", "!!", "*?[", "~", "\xff\x01", "#;&|<>(){}"} {
		f.Add(s)
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Contains(s, "\x00") {
			t.Skip("no shell word can hold NUL")
		}
		out, err := exec.Command(sh, "-c", "printf '<%s>' "+Quote(s)).CombinedOutput()
		if err != nil || string(out) != "<"+s+">" {
			t.Errorf("sh reads %s as %q: %v", Quote(s), out, err)
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
