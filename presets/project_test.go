package presets_test

import (
	"strings"
	"testing"

	"conductor-registry/presets"
)

func TestProjectHasNoAddressWithoutAURL(t *testing.T) {
	p, err := presets.ReadProject()
	if err != nil {
		t.Fatal(err)
	}
	if p.URL == "" && p.Page("docs/lint/moving-tag.md") != "" {
		t.Errorf("page %q without a URL", p.Page("docs/lint/moving-tag.md"))
	}
	p, err = presets.DecodeProject("project.yaml", []byte("url: https://github.com/example/conductor-registry\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.Page("docs/lint/moving-tag.md"),
		"https://github.com/example/conductor-registry/blob/main/docs/lint/moving-tag.md"; got != want {
		t.Errorf("page %s, want %s", got, want)
	}
	for text, want := range map[string]string{
		"url: http://example.com/x\n":     "must be like",
		"url: https://example.com/x/\n":   "must be like",
		"url: github.com/example/x\n":     "must be like",
		"urls: https://example.com/x/y\n": "urls",
	} {
		if _, err := presets.DecodeProject("project.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}
