// Package conductor_registry_test enforces the architecture: what each part may import, and what no part may do. It reads
// every Go file of the module, for all operating systems.
package conductor_registry_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "conductor-registry"

// layer is one part of the program and what it may import. An entry covers the packages below it; "std" is the standard
// library, "*" everything.
type layer struct {
	folder string
	may    []string
	not    []string // of the standard library, exactly these
	why    string
}

// layers returns the parts. A file belongs to the first layer whose folder contains it; every folder has a layer.
func layers() []layer {
	yaml := []string{"sigs.k8s.io/yaml", "go.yaml.in/yaml/v3"}
	world := []string{"os", "os/exec", "os/signal", "net", "net/http", "log", "flag", "syscall"}
	return []layer{
		{
			"model", append(yaml, "std", module+"/model", "github.com/distribution/reference", "github.com/opencontainers/go-digest",
				"helm.sh/helm/v4/pkg/strvals"),
			append(world, "time", "math/rand", "math/rand/v2", "crypto/rand"),
			"the model takes bytes and returns bytes, the same for the same answers",
		},
		{
			"presets", append(yaml, "std", module+"/model", module+"/presets"), world,
			"presets are data and their loader",
		},
		{
			"ui", []string{
				"std", module + "/model", module + "/ui", "charm.land", "github.com/charmbracelet",
				"github.com/aymanbagabas/go-udiff", "github.com/sahilm/fuzzy",
				"github.com/owenrumney/go-sarif/v3/pkg/report/v210",
			}, world,
			"the screen draws the model; cmd passes in streams and files",
		},
		{"verify", []string{"*", module + "/model", module + "/verify"}, nil, "verify runs programs and asks registries, and compares with the model"},
		{
			"cmd", []string{"*", module + "/ui", module + "/verify", module + "/presets", module + "/model", module + "/cmd"},
			[]string{"os/exec", "net", "net/http"}, "only verify runs programs and opens sockets",
		},
		{"golden", []string{"*"}, nil, "the golden helper is for tests and imports no part of the program"},
	}
}

// within reports whether an import path is the parent or below it.
func within(target, parent string) bool {
	return target == parent || strings.HasPrefix(target, parent+"/")
}

// standard reports whether a path is of the standard library: the first element of other paths has a dot, except ours.
func standard(target string) bool {
	first, _, _ := strings.Cut(target, "/")
	return first != module && !strings.Contains(first, ".")
}

// allowed reports whether the layer may import a path.
func (l layer) allowed(target string) bool {
	if standard(target) {
		return (slices.Contains(l.may, "std") || slices.Contains(l.may, "*")) && !slices.Contains(l.not, target)
	}
	if slices.Contains(l.may, "*") && !within(target, module) {
		return true
	}
	return slices.ContainsFunc(l.may, func(parent string) bool { return within(target, parent) })
}

// importProblems returns the imports that a layer forbids. Tests may import everything except the tools.
func importProblems(s source) []string {
	for _, target := range s.imports() {
		if within(target, module+"/tools") {
			return []string{fmt.Sprintf("%s imports %s: the tools are run, never imported", s.name, target)}
		}
	}
	if s.isTest() {
		return nil
	}
	at := slices.IndexFunc(layers(), func(l layer) bool { return within(path.Dir(s.name), l.folder) })
	if at < 0 {
		return []string{s.name + " is in no layer: move it, or add its folder to layers() and say why"}
	}
	var problems []string
	l := layers()[at]
	for _, target := range s.imports() {
		if !l.allowed(target) {
			problems = append(problems, fmt.Sprintf("%s imports %s, and %s may not: %s", s.name, target, l.folder, l.why))
		}
	}
	return problems
}

// habitProblems returns init functions, panics and exits outside tests. Only main may exit, so that deferred calls run.
func habitProblems(s source) []string {
	if s.isTest() || s.name == "cmd/conductor-registry/main.go" {
		return nil
	}
	var problems []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				problems = append(problems, s.at(n)+" has an init function: load on first use (sync.OnceValue) or in a constructor")
			}
		case *ast.CallExpr:
			if name, ok := n.Fun.(*ast.Ident); ok && name.Name == "panic" {
				problems = append(problems, s.at(n)+" panics: return an error")
			}
		case *ast.SelectorExpr:
			pkg, ok := n.X.(*ast.Ident)
			if ok && exits(s.named(pkg.Name), n.Sel.Name) {
				problems = append(problems, s.at(n)+" exits: return an error or a code; only cmd/conductor-registry/main.go exits")
			}
		}
		return true
	})
	return problems
}

// exits reports whether a function ends the process.
func exits(pkg, name string) bool {
	switch pkg {
	case "os", "syscall":
		return name == "Exit"
	case "log":
		return strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Panic")
	}
	return false
}

func TestImportsRunOneWay(t *testing.T) {
	for _, s := range sources(t) {
		for _, problem := range importProblems(s) {
			t.Error(problem)
		}
	}
}

func TestOnlyMainExitsAndNothingPanics(t *testing.T) {
	for _, s := range sources(t) {
		for _, problem := range habitProblems(s) {
			t.Error(problem)
		}
	}
}

// TestWhatIsLinked checks the dependencies of dependencies too: no test-only module reaches the program, and only the
// allowed libraries reach the model.
func TestWhatIsLinked(t *testing.T) {
	sources(t) // the files that the answer depends on, for the cache of test results
	foreign := func(in string) (out []string) {
		for _, p := range deps(t, in) {
			if !standard(p) && !within(p, module) {
				out = append(out, p)
			}
		}
		return out
	}
	model := slices.Concat(layers()[0].may, []string{"go.yaml.in/yaml/v2"}) // sigs.k8s.io/yaml parses with it, as Helm does
	for _, p := range foreign("./model/...") {
		if !slices.ContainsFunc(model, func(parent string) bool { return within(p, parent) }) {
			t.Errorf("model links %s: see go mod why %s", p, p)
		}
	}
	testOnly := []string{
		"testing", module + "/golden", module + "/presets/presetstest", module + "/internal", module + "/tools", module + "/verify/images/registrytest",
		"github.com/creack/pty",
		"github.com/charmbracelet/x/vt", "github.com/rogpeppe/go-internal", "mvdan.cc/sh/v3", "k8s.io", "charm.land/huh",
		"github.com/owenrumney/go-sarif/v3/pkg/report/v22",
	}
	for _, p := range deps(t, "./cmd/conductor-registry") {
		if slices.ContainsFunc(testOnly, func(parent string) bool { return within(p, parent) }) {
			t.Errorf("the program links %s, which is for tests only", p)
		}
	}
}

// TestRulesCatch checks the rules themselves.
func TestRulesCatch(t *testing.T) {
	tests := []struct{ name, code, want string }{
		{"model/plan/a.go", `import "os"`, "model may not"},
		{"model/plan/a.go", `import clock "time"`, "model may not"},
		{"model/plan/a.go", `import "conductor-registry/presets"`, "model may not"},
		{"model/plan/a.go", `import "github.com/spf13/cobra"`, "model may not"},
		{"model/plan/a.go", `import "net/netip"`, ""},
		{"model/plan/a_test.go", `import "os"`, ""},
		{"model/plan/a_test.go", `import "conductor-registry/tools/kubectl"`, "never imported"},
		{"presets/a.go", `import "conductor-registry/ui"`, "presets may not"},
		{"presets/a.go", `import "conductor-registry/model/registry"`, ""},
		{"ui/a.go", `import "os"`, "ui may not"},
		{"ui/plain/a.go", `import "conductor-registry/presets"`, "ui may not"},
		{"ui/plain/a.go", `import "conductor-registry/model/answers"`, ""},
		{"verify/a.go", `import "os/exec"`, ""},
		{"verify/a.go", `import "conductor-registry/ui"`, "verify may not"},
		{"cmd/internal/cli/a.go", `import "net/http"`, "cmd may not"},
		{"cmd/internal/cli/a.go", `import "conductor-registry/golden"`, "cmd may not"},
		{"golden/a.go", `import "conductor-registry/model"`, "golden may not"},
		{"util/a.go", `import "fmt"`, "in no layer"},
		{"modeling/a.go", `import "fmt"`, "in no layer"},
		{"ui/a.go", `func init() {}`, "init function"},
		{"ui/a.go", `type t int; func (t) init() {}`, ""},
		{"ui/a.go", `func f() { panic("x") }`, "panics"},
		{"cmd/internal/cli/a.go", `import "os"; func f() { os.Exit(1) }`, "exits"},
		{"cmd/internal/cli/a.go", `import o "os"; func f() { defer o.Exit(1) }`, "exits"},
		{"cmd/internal/cli/a.go", `import "log"; func f() { log.Fatalln() }`, "exits"},
		{"cmd/internal/cli/a.go", `import "os"; func f() { os.Getwd() }`, ""},
		{"cmd/conductor-registry/main.go", `import "os"; func main() { os.Exit(1) }`, ""},
	}
	for _, test := range tests {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, test.name, "package p; "+test.code, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		s := source{name: test.name, file: file, set: set}
		got := strings.Join(append(importProblems(s), habitProblems(s)...), "\n")
		if (test.want == "") != (got == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s with %s: got %q, want %q", test.name, test.code, got, test.want)
		}
	}
}
