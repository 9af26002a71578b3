package conductor_registry_test

import (
	"go/ast"
	"os"
	"regexp"
	"strings"
	"testing"
)

var (
	goTest   = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z]+)`")
	testFile = regexp.MustCompile("`([a-z-]+\\.txtar)`")
)

// Every threat in SECURITY.md names a test, and every test that it or docs/trust.md names exists.
func TestSecurityNamesItsTests(t *testing.T) {
	known := map[string]bool{}
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && s.isTest() {
				known[f.Name.Name] = true
			}
		}
	}
	scripts, err := os.ReadDir("cmd/internal/cli/testdata/script")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		known[script.Name()] = true
	}
	for _, file := range []string{"SECURITY.md", "docs/trust.md"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range append(goTest.FindAllStringSubmatch(string(data), -1), testFile.FindAllStringSubmatch(string(data), -1)...) {
			if !known[m[1]] {
				t.Errorf("%s names the test %s, which does not exist", file, m[1])
			}
		}
		for line := range strings.Lines(string(data)) {
			cells := strings.Split(strings.Trim(line, "| \n"), " | ")
			isThreat := file == "SECURITY.md" && strings.HasPrefix(line, "| ") && !strings.HasSuffix(line, "| test |\n")
			if last := cells[len(cells)-1]; isThreat && !goTest.MatchString(last) && !testFile.MatchString(last) {
				t.Errorf("%s: no test for the threat %s", file, line)
			}
		}
	}
}
