//go:build unix

package secret

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

// FuzzQuote wants sh to see the text again, as one argument and byte for byte.
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
