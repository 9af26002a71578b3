// Package helm runs helm to render a chart, reads what it renders, and reads a chart's own files. It installs nothing
// and asks no cluster; values reach helm on standard input or in a private folder that is removed again.
package helm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"conductor-registry/verify/program"
)

// Helm is a helm program, version 3 or 4.
type Helm struct{ path string }

// Find finds helm by name or path; "" is helm from PATH.
func Find(given string) (*Helm, error) {
	path, err := program.Find(given, "helm",
		"install it (https://helm.sh/docs/intro/install) or pass its path: --helm PATH")
	if err != nil {
		return nil, err
	}
	return &Helm{path}, nil
}

// Path returns where the program is.
func (h *Helm) Path() string { return h.path }

// Version returns helm's version, such as v3.22.0.
func (h *Helm) Version(ctx context.Context) (string, error) {
	out, err := program.Run(ctx, h.path, nil, "version", "--template", "{{.Version}}")
	return strings.TrimSpace(string(out)), err
}

// Request says what to render.
type Request struct {
	Chart              string   // a folder or .tgz
	Release, Namespace string   // "" is conductor
	Values             [][]byte // values files, the last one wins; there is no --set: others can see arguments
	SetFiles           []string // PATH=FILE, as for --set-file
}

// Template renders a chart as "helm template" does. The error is a *RefusedError when helm runs and refuses.
func (h *Helm) Template(ctx context.Context, r Request) ([]byte, error) {
	args := []string{"template", "--namespace", cmp.Or(r.Namespace, "conductor")}
	files, remove, err := writeValues(r.Values)
	defer remove()
	if err != nil {
		return nil, err
	}
	for _, flag := range []struct {
		name  string
		items []string
	}{{"--values", files}, {"--set-file", r.SetFiles}} {
		for _, item := range flag.items {
			args = append(args, flag.name, item)
		}
	}
	var in []byte
	if len(r.Values) > 0 {
		in = r.Values[0]
	}
	args = append(args, "--", cmp.Or(r.Release, "conductor"), r.Chart) // neither can be taken for a flag
	out, err := program.Run(ctx, h.path, in, args...)
	if failed, ok := errors.AsType[*program.FailedError](err); ok {
		return nil, &RefusedError{withoutNoise(failed.Said)}
	}
	return out, err
}

// writeValues returns a file name for each of the values: standard input for the first, files in a private folder for
// the others. Remove removes the folder, also after an error.
func writeValues(values [][]byte) (files []string, remove func(), err error) {
	remove = func() {}
	if len(values) == 0 {
		return nil, remove, nil
	}
	files = []string{"-"}
	if len(values) == 1 {
		return files, remove, nil
	}
	folder, err := os.MkdirTemp("", "conductor-registry-") // mode 0700
	if err != nil {
		return nil, remove, fmt.Errorf("cannot create a folder for helm's values: %w", err)
	}
	remove = func() { _ = os.RemoveAll(folder) }
	for i, data := range values[1:] {
		name := filepath.Join(folder, fmt.Sprintf("%d.yaml", i))
		if err := os.WriteFile(name, data, 0o600); err != nil {
			return nil, remove, fmt.Errorf("cannot pass values to helm: %w", err)
		}
		files = append(files, name)
	}
	return files, remove, nil
}

// RefusedError is helm's refusal to render.
type RefusedError struct{ Said string } // in its own words

// Error returns what helm printed.
func (e *RefusedError) Error() string {
	return cmp.Or(program.Indented(e.Said), "helm failed without a message")
}

// Kind returns how the chart refused: schema, required, yaml or template.
func (e *RefusedError) Kind() string {
	for _, sign := range []struct{ text, kind string }{
		{"values don't meet the specifications of the schema", "schema"},
		{"execution error at", "required"},
		{"failed to parse", "yaml"},
	} {
		if strings.Contains(e.Said, sign.text) {
			return sign.kind
		}
	}
	return "template"
}

// logLine matches helm's log lines. They report values that do not fit the chart's tables, which is no reason to
// refuse.
var logLine = regexp.MustCompile(`^(coalesce\.go|values\.go|[a-z_]+\.go:\d+|level=(INFO|WARN)|WARNING: )`)

// withoutNoise returns helm's message without the word "Error", log lines and the advice to try --debug.
func withoutNoise(said string) string {
	var out []string
	for line := range strings.Lines(said) {
		line = strings.TrimRight(line, "\r\n")
		if !logLine.MatchString(line) && line != "Use --debug flag to render out invalid YAML" {
			out = append(out, line)
		}
	}
	return strings.TrimPrefix(strings.TrimSpace(strings.Join(out, "\n")), "Error: ")
}
