package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	sigsyaml "sigs.k8s.io/yaml"

	"conductor-registry/presets/presetstest"
)

// unrun returns the marks of blocks that no test runs, each with the reason: a block of the language sh with the mark
// network begins with "sh network".
func unrun() map[string]string {
	return map[string]string{
		"network":   "asks a registry, a cluster or a chart that tests do not have; commands and flags are checked",
		"checkout":  "builds or tests this repository; targets and folders are checked",
		"elsewhere": "is read by another program, such as containerd or Terraform, which tests do not have",
		"invalid":   "shows what does not work, and a test of its own shows why",
		"generated": "is written by the test that writes the page",
		"shown":     "shows what the program prints, or a drawing",
	}
}

// block is one fenced block of a page.
type block struct {
	language, mark, text string
	line                 int
}

// blocks returns the fenced blocks of a page, in order. A block that does not end is an error.
func blocks(page string) (out []block, err error) {
	var open *block
	number := 0
	for line := range strings.Lines(page) {
		number++
		fence, isFence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case isFence && open == nil:
			language, mark, _ := strings.Cut(fence, " ")
			open = &block{language: language, mark: mark, line: number}
		case isFence:
			out, open = append(out, *open), nil
		case open != nil:
			open.text += line
		}
	}
	if open != nil {
		return nil, fmt.Errorf("line %d: the block does not end", open.line)
	}
	return out, nil
}

// pages returns the pages that people write: all but the generated ones.
func pages(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md", "examples/*.md", "examples/*/*.md"} {
		names, err := filepath.Glob("../../../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(generatedPages(), filepath.Base(filepath.Dir(name))) {
				out[strings.TrimPrefix(name, "../../../")] = string(text)
			}
		}
	}
	return out
}

// firstScreen is how many lines of a page a terminal shows at once: those of a task answer its question.
const firstScreen = 24

// TestPages runs every command of the documentation and reads every block. A YAML block that starts with its file name is
// that file, and a command of its page must read it. A command ends with its exit code, "# exits 3", unless that is 0. A
// block that is not run has a mark with the reason (see unrun).
func TestPages(t *testing.T) {
	all := pages(t)
	if len(all) < 25 {
		t.Fatalf("only %d pages", len(all))
	}
	var scripts []string
	folder := t.TempDir()
	for _, page := range slices.Sorted(maps.Keys(all)) {
		found, err := blocks(all[page])
		if err != nil {
			t.Errorf("%s: %v", page, err)
		}
		for _, span := range regexp.MustCompile("`(conductor-registry [a-z-][^`]*)`").FindAllStringSubmatch(all[page], -1) {
			checkFlags(t, page, span[1])
		}
		if strings.HasPrefix(page, "docs/tasks/") && (len(found) == 0 || found[0].line > firstScreen) {
			t.Errorf("%s shows no command and no file in its first %d lines", page, firstScreen)
		}
		if script := pageScript(t, page, found); script != "" {
			name := filepath.Join(folder, strings.NewReplacer("/", "-", ".md", "").Replace(page)+".txtar")
			write(t, name, script)
			scripts = append(scripts, name)
		}
	}
	testscript.Run(t, testscript.Params{Files: scripts, Setup: func(env *testscript.Env) error {
		env.Setenv("HTTPS_PROXY", "http://127.0.0.1:1") // a command that asks the network belongs into a block with that mark
		return nil
	}})
}

// pageScript returns a page as a test script: its files, and its commands in one shell; "" for a page without commands.
func pageScript(t *testing.T, page string, blocks []block) string {
	t.Helper()
	run, files, names := "", "", []string(nil)
	for _, b := range blocks {
		if problem := b.problem(); problem != "" {
			t.Errorf("%s:%d: %s\n%s", page, b.line, problem, b.text)
		}
		switch {
		case b.mark == "checkout":
			checkTargets(t, page, b.text)
		case b.language == "sh" && b.mark != "":
			checkFlags(t, page, b.text)
		case b.language == "sh":
			run += shellLines(b.text)
		case b.language == "yaml" && b.mark == "":
			names = append(names, b.fileName())
			files += "-- " + b.fileName() + " --\n" + b.text
		}
	}
	for _, name := range names {
		merged := name == "values.yaml" && strings.Contains(run, "generate --merge")
		if !merged && !strings.Contains(run, name) {
			t.Errorf("%s: no command reads %s", page, name)
		}
	}
	if run == "" {
		return ""
	}
	if strings.HasPrefix(page, "examples/") {
		files += exampleFiles(t, filepath.Dir("../../../"+page))
	}
	return "# " + page + "\nexec bash -eu -o pipefail page.sh\n-- page.sh --\n" + run + files
}

// fileName returns the name of the file that a block shows: its first line, "# FILE.yaml"; "" without one.
func (b block) fileName() string {
	first, _, _ := strings.Cut(b.text, "\n")
	name, _ := strings.CutPrefix(first, "# ")
	if !strings.HasSuffix(name, ".yaml") {
		return ""
	}
	return name
}

// problem returns what is wrong with a block: it is neither run nor marked, or cannot be read; "" when all is right.
func (b block) problem() string {
	if b.mark != "" && unrun()[b.mark] == "" {
		return fmt.Sprintf("%q is not a mark: the marks are %v", b.mark, slices.Sorted(maps.Keys(unrun())))
	}
	var value any
	var err error
	switch b.language {
	case "sh":
	case "yaml":
		if err = sigsyaml.Unmarshal([]byte(b.text), &value); err == nil && b.mark == "" && b.fileName() == "" {
			return `no command can read this: begin it with "# FILE.yaml", or give it a mark`
		}
	case "json":
		err = json.Unmarshal([]byte(b.text), &value)
		fallthrough
	default:
		if err == nil && b.mark == "" {
			return fmt.Sprintf("no test runs a block of %q: give it a mark", b.language)
		}
	}
	if err != nil && b.mark != "invalid" {
		return err.Error()
	}
	return ""
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

// checkFlags checks that the program knows the commands and flags of a text.
func checkFlags(t *testing.T, page, text string) {
	t.Helper()
	text = strings.ReplaceAll(text, "\\\n", " ")
	for _, match := range regexp.MustCompile(`conductor-registry ([a-z-][^\n|;>]*)`).FindAllStringSubmatch(text, -1) {
		line, _, _ := strings.Cut(match[1], " #")
		args := strings.Fields(strings.TrimSuffix(line, "\n"))
		if args[0] == "COMMAND" || strings.HasPrefix(args[0], "-") {
			args = append([]string{"wizard"}, args...)
		}
		root, err := newRoot(presetstest.Catalog(t), nil, Streams{}, args)
		if err != nil {
			t.Fatal(err)
		}
		cmd, rest, err := root.Find(args)
		if err == nil {
			err = cmd.ParseFlags(rest)
		}
		if err != nil && err.Error() != "pflag: help requested" || cmd == root {
			t.Errorf("%s: conductor-registry %s: %v", page, line, err)
		}
	}
}

// checkTargets checks that the Makefile has the targets of a text, and the repository its folders.
func checkTargets(t *testing.T, page, text string) {
	t.Helper()
	makefile := read(t, "../../..", "Makefile")
	for _, match := range regexp.MustCompile(`make ([a-z-]+)`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(makefile, "\n"+match[1]+":") {
			t.Errorf("%s: the Makefile has no target %s", page, match[1])
		}
	}
	for _, match := range regexp.MustCompile(` \./([a-z/]+)`).FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat(filepath.Join("../../..", match[1])); err != nil {
			t.Errorf("%s: %v", page, err)
		}
	}
}

// TestCommandsOfGeneratedPages checks the flags of every command that a generated page shows.
func TestCommandsOfGeneratedPages(t *testing.T) {
	checked := map[string]bool{}
	for _, folder := range generatedPages() {
		names, err := filepath.Glob(docs + folder + "/*.md")
		if err != nil || len(names) == 0 {
			t.Fatal(folder, err)
		}
		for _, name := range names {
			found, err := blocks(read(t, "", name))
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for _, b := range found {
				if isShown := b.language == "text" || b.language == ""; !isShown && !checked[b.text] {
					checkFlags(t, name, b.text)
					checked[b.text] = true
				}
			}
		}
	}
}

// TestBlocksThatAreNotRunFail checks the rule itself.
func TestBlocksThatAreNotRunFail(t *testing.T) {
	for text, want := range map[string]string{
		"```yaml\na: 1\n```\n":                  "no command can read this",
		"```yaml\n# a.yaml\na: 1\n```\n":        "",
		"```yaml invalid\na: [\n```\n":          "",
		"```yaml elsewhere\na: [\n```\n":        "line 1",
		"```yaml whatever\na: 1\n```\n":         "is not a mark",
		"```toml\na = 1\n```\n":                 "give it a mark",
		"```json elsewhere\n{\n```\n":           "unexpected end",
		"```\nwhat it prints\n```\n":            "give it a mark",
		"  ```toml elsewhere\n  a = 1\n  ```\n": "",
		"```sh\ntrue\n```\n":                    "",
		"```text shown\nserver: myacr\n```\n\n": "",
	} {
		found, err := blocks(text)
		if err != nil || len(found) != 1 {
			t.Fatal(text, found, err)
		}
		if got := found[0].problem(); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}
