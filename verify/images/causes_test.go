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

// Each cause has an id of its own, texts with known placeholders, and a test that causes it.
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
	all, err := causes()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if slices.Contains(ids, c.ID) || !regexp.MustCompile("^[a-z0-9-]+$").MatchString(c.ID) {
			t.Errorf("%s: the id is taken or not valid", c.ID)
		}
		ids = append(ids, c.ID)
		texts := c.Summary + c.Why + c.Fix
		for _, m := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(texts, -1) {
			if !slices.Contains(places, m[1]) {
				t.Errorf("%s has the unknown placeholder {%s}", c.ID, m[1])
			}
		}
		if strings.HasSuffix(c.Summary, ".") {
			t.Errorf("%s: the summary ends in a full stop", c.ID)
		}
		constant := regexp.MustCompile(`(\w+)\s+= "` + c.ID + `"`).FindSubmatch(source)
		if len(constant) < 2 || !regexp.MustCompile(`\b`+string(constant[1])+`\b`).MatchString(tests.String()) {
			t.Errorf("%s: no test causes it", c.ID)
		}
	}
	if text := problem("no-such-cause", fill{"detail": "x"}).String(); !strings.Contains(text, "x") {
		t.Error(text)
	}
}
