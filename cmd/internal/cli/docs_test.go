package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	sigsyaml "sigs.k8s.io/yaml"

	"conductor-registry/presets/presetstest"
)

// block is one fenced block of a page.
type block struct{ language, text string }

// blocks returns the fenced blocks of a page, in order.
func blocks(page string) []block {
	var out []block
	for _, match := range regexp.MustCompile("(?ms)^```(\\S[^\\n]*)\\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		out = append(out, block{match[1], match[2]})
	}
	return out
}

// TestTaskPages runs every command of the pages in docs/tasks and reads every YAML block. A block of YAML that starts with
// its file name is that file. A command ends with its exit code, "# exits 3", unless that is 0. Commands that need a
// network are in blocks called "sh network": only their flags are checked.
func TestTaskPages(t *testing.T) {
	pages, err := filepath.Glob("../../../docs/tasks/*.md")
	if err != nil || len(pages) < 16 {
		t.Fatalf("%d pages: %v", len(pages), err)
	}
	var scripts []string
	folder := t.TempDir()
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(folder, strings.TrimSuffix(filepath.Base(page), ".md")+".txtar")
		write(t, name, pageScript(t, page, blocks(string(text))))
		scripts = append(scripts, name)
	}
	testscript.Run(t, testscript.Params{Files: scripts})
}

// pageScript returns a page as a test script: its files, and its commands in one shell.
func pageScript(t *testing.T, page string, blocks []block) string {
	t.Helper()
	run, files := "", ""
	for _, b := range blocks {
		switch b.language {
		case "sh":
			run += shellLines(b.text)
		case "sh network":
			checkFlags(t, page, b.text)
		case "yaml":
			var value any
			if err := sigsyaml.Unmarshal([]byte(b.text), &value); err != nil {
				t.Errorf("%s: %v\n%s", page, err, b.text)
			}
			first, _, _ := strings.Cut(b.text, "\n")
			if name, ok := strings.CutPrefix(first, "# "); ok && strings.HasSuffix(name, ".yaml") {
				files += "-- " + name + " --\n" + b.text
			}
		case "toml", "ini", "hcl", "json":
		default:
			t.Errorf("%s: no test reads a block of %q", page, b.language)
		}
	}
	return "# " + page + "\nexec bash -eu page.sh\n-- page.sh --\n" + run + files
}

// shellLines returns commands that check their exit code.
func shellLines(text string) string {
	out := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		command, code, _ := strings.Cut(line, "# exits ")
		if line == "conductor-registry" { // the wizard: cmd/conductor-registry tests it on a terminal
			continue
		}
		if code == "" {
			out += line + "\n"
			continue
		}
		out += fmt.Sprintf("code=0; %s || code=$?; test $code -eq %s\n", strings.TrimSpace(command), code)
	}
	return out
}

// checkFlags checks that the program knows the commands and flags of a block.
func checkFlags(t *testing.T, page, text string) {
	t.Helper()
	for _, match := range regexp.MustCompile(`conductor-registry ([a-z].*)`).FindAllStringSubmatch(text, -1) {
		line, _, _ := strings.Cut(match[1], " #")
		args := strings.Fields(line)
		root, err := newRoot(presetstest.Catalog(t), nil, Streams{}, args)
		if err != nil {
			t.Fatal(err)
		}
		cmd, rest, err := root.Find(args)
		if err == nil {
			err = cmd.ParseFlags(rest)
		}
		if err != nil || cmd == root {
			t.Errorf("%s: conductor-registry %s: %v", page, line, err)
		}
	}
}

// TestLinksOfPages checks that every relative link of the documentation leads to a file.
func TestLinksOfPages(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|srcset)="([^"]+)"`)
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md", "examples/*.md"} {
		pages, err := filepath.Glob("../../../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range link.FindAllStringSubmatch(string(text), -1) {
				target := match[1] + match[2]
				if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
					continue
				}
				if _, err := os.Stat(filepath.Join(filepath.Dir(page), target)); err != nil {
					t.Errorf("%s links to %s, which does not exist", page, target)
				}
			}
		}
	}
}
