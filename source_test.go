package conductor_registry_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file.
type source struct {
	name string // "model/plan/plan.go"
	file *ast.File
	set  *token.FileSet
}

func (s source) isTest() bool { return strings.HasSuffix(s.name, "_test.go") }

// at returns the place of a node as FILE:LINE.
func (s source) at(n ast.Node) string {
	return s.name + ":" + strconv.Itoa(s.set.Position(n.Pos()).Line)
}

// imports returns the paths that the file imports.
func (s source) imports() []string {
	var paths []string
	for _, i := range s.file.Imports {
		target, _ := strconv.Unquote(i.Path.Value) // the parser checked that it is a string
		paths = append(paths, target)
	}
	return paths
}

// named is the import path behind the name that the file uses, "" if it is no import.
func (s source) named(name string) string {
	for at, target := range s.imports() {
		as := s.file.Imports[at].Name
		if as == nil && path.Base(target) == name || as != nil && as.Name == name {
			return target
		}
	}
	return ""
}

// sources are all Go files of this module: not those of the modules inside it.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "tools" || name == "bin" || entry.Name() == "testdata" ||
			name != "." && strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		all = append(all, source{name: filepath.ToSlash(name), file: file, set: set})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(all, func(s source) bool { return s.name == "cmd/conductor-registry/main.go" }) {
		t.Fatal("cmd/conductor-registry/main.go was not found: are these the module's files?")
	}
	return all
}

// deps are the packages that are linked into those of the pattern.
func deps(t *testing.T, pattern string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", pattern).Output()
	if err != nil {
		t.Fatalf("go list -deps %s: %v", pattern, err)
	}
	return strings.Fields(string(out))
}
