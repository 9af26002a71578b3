package golden

import (
	_ "embed"
	"encoding/json"
	"strings"
	"testing"
)

// Paste is an image name as people have it on their clipboard, and the images that it leads to.
type Paste struct{ Name, Text, Server, Workers string }

//go:embed pastes.jsonl
var pastes string

// Pastes returns the shapes of pasted image names that the wizard understands.
func Pastes(t testing.TB) []Paste {
	t.Helper()
	var out []Paste
	for line := range strings.Lines(pastes) {
		var p Paste
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}
