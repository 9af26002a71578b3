package cli

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestIntegrationsPage checks that the page names every hook, and every input of the Action and the GitLab component.
func TestIntegrationsPage(t *testing.T) {
	page := read(t, docs, "integrations.md")
	var hooks []struct{ ID string }
	readYAML(t, "../../../.pre-commit-hooks.yaml", &hooks)
	for _, hook := range hooks {
		if !strings.Contains(page, "`"+hook.ID+"`") {
			t.Errorf("the hook %s is not described", hook.ID)
		}
	}
	var action struct{ Inputs map[string]any }
	readYAML(t, "../../../action.yml", &action)
	var component struct {
		Spec struct{ Inputs map[string]any }
	}
	readYAML(t, "../../../templates/conductor-registry.yml", &component)
	for _, input := range slices.Concat(slices.Sorted(maps.Keys(action.Inputs)), slices.Sorted(maps.Keys(component.Spec.Inputs))) {
		if !strings.Contains(page, input+": ") {
			t.Errorf("the input %s is not described", input)
		}
	}
}

// TestPathsOfPages checks that the files and folders of this repository that pages name exist, and the version of Go.
func TestPathsOfPages(t *testing.T) {
	path := regexp.MustCompile("`((?:cmd|ui|model|presets|golden|verify|tools|docs|examples|templates|\\.ci|\\.github)/[^` *]*)`")
	_, version, _ := strings.Cut(read(t, "../../..", "go.mod"), "\ngo ")
	version = regexp.MustCompile(`^\d+\.\d+`).FindString(version)
	named := 0
	for page, text := range pages(t) {
		for _, match := range path.FindAllStringSubmatch(text, -1) {
			name := regexp.MustCompile(`[^/]*[A-Z]{2}.*`).ReplaceAllString(match[1], "") // capitals stand for many names
			if _, err := os.Stat("../../../" + name); err != nil {
				t.Errorf("%s names %s: %v", page, match[1], err)
			}
			named++
		}
		if said := regexp.MustCompile(`Go (\d+\.\d+)`).FindStringSubmatch(text); said != nil && said[1] != version {
			t.Errorf("%s says Go %s, go.mod %s", page, said[1], version)
		}
	}
	if named < 30 {
		t.Errorf("only %d paths", named)
	}
}

// TestLinksOfPages checks that every relative link of the documentation leads to a file, and to a heading of it.
func TestLinksOfPages(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#\s]*)(?:#([^)]*))?\)|(?:src|srcset)="([^"]+)"`)
	names := []string{}
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md", "examples/*.md", "examples/*/*.md"} {
		found, err := filepath.Glob("../../../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	headings := map[string]string{}
	for _, name := range names {
		for _, match := range link.FindAllStringSubmatch(read(t, filepath.Dir(name), filepath.Base(name)), -1) {
			target, anchor := match[1]+match[3], match[2]
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") || target+anchor == "" {
				continue
			}
			file := filepath.Join(filepath.Dir(name), target)
			if target == "" {
				file = name
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s links to %s, which does not exist", name, target)
				continue
			}
			if anchor == "" {
				continue
			}
			if headings[file] == "" {
				headings[file] = anchors(read(t, filepath.Dir(file), filepath.Base(file)))
			}
			if !strings.Contains(headings[file], "\n"+anchor+"\n") {
				t.Errorf("%s links to %s#%s, which has no such heading", name, target, anchor)
			}
		}
	}
}

// The index of the documentation names every page that people write.
func TestIndexNamesEveryPage(t *testing.T) {
	index := read(t, "../../../docs", "README.md")
	for page := range pages(t) {
		if name, ok := strings.CutPrefix(page, "docs/"); ok && name != "README.md" && !strings.Contains(index, "]("+name+")") {
			t.Errorf("docs/README.md does not name %s", name)
		}
	}
}

// anchors returns the anchors that GitHub gives the headings of a page, one a line.
func anchors(page string) string {
	out := "\n"
	for _, match := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		text := regexp.MustCompile(`[^a-z0-9 _-]`).ReplaceAllString(strings.ToLower(match[1]), "")
		out += strings.ReplaceAll(text, " ", "-") + "\n"
	}
	return out
}
