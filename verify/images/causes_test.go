package images

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
)

var nobodysRepository name.Repository

// Each cause has an id of its own, texts that are whole, and a test that brings it about.
func TestTheTableOfCauses(t *testing.T) {
	var tests strings.Builder
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(data)
	}
	source, err := os.ReadFile("causes.go")
	if err != nil {
		t.Fatal(err)
	}
	places := []string{"image", "host", "repository", "tag", "key", "entry", "source", "login", "detail", "said", "near"}
	var ids []string
	for _, c := range causes() {
		if slices.Contains(ids, c.id) || !regexp.MustCompile("^[a-z0-9-]+$").MatchString(c.id) {
			t.Errorf("%s: an id that is taken, or is none", c.id)
		}
		ids = append(ids, c.id)
		all := c.summary + c.why + c.fix
		for _, m := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(all, -1) {
			if !slices.Contains(places, m[1]) {
				t.Errorf("%s speaks of {%s}", c.id, m[1])
			}
		}
		if c.summary == "" || c.why == "" || c.fix == "" || strings.HasSuffix(c.summary, ".") {
			t.Errorf("%s: a text is missing, or ends in a full stop", c.id)
		}
		constant := regexp.MustCompile(`(\w+)\s+= "` + c.id + `"`).FindSubmatch(source)
		if len(constant) < 2 || !regexp.MustCompile(`\b`+string(constant[1])+`\b`).MatchString(tests.String()) {
			t.Errorf("%s: no test brings it about", c.id)
		}
	}
	if text := problem("no-such-cause", fill{"detail": "x"}).String(); !strings.Contains(text, "x") {
		t.Error(text)
	}
}
