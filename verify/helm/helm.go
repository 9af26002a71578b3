// Package helm runs the real helm to render a chart. It renders only: it installs nothing, asks no cluster, and hands
// values over on standard input or in a folder that nobody else can read and that it removes again.
package helm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Helm is a helm program, 3 or 4.
type Helm struct{ program string }

// Find finds the program by name or path; "" is helm from PATH.
func Find(program string) (*Helm, error) {
	name := program
	if name == "" {
		name = "helm"
	}
	found, err := exec.LookPath(name)
	switch {
	case err == nil:
		return &Helm{found}, nil
	case program == "":
		return nil, errors.New("there is no helm in PATH: install it (https://helm.sh/docs/intro/install) " +
			"or name it with --helm PATH")
	}
	return nil, fmt.Errorf("--helm %s: is no program that can be run", program)
}

// Version is what helm calls itself, such as v3.22.0.
func (h *Helm) Version(ctx context.Context) (string, error) {
	out, err := h.run(ctx, nil, "version", "--template", "{{.Version}}")
	return strings.TrimSpace(string(out)), err
}

// Request is what to render.
type Request struct {
	Chart                      string   // a folder or .tgz
	Release, Namespace         string   // "" is conductor
	Values                     [][]byte // values files, the last one wins
	Sets, SetStrings, SetFiles []string // as the flags of those names
}

// Template renders a chart as "helm template" does. The error is a *RefusedError when helm ran and refused.
func (h *Helm) Template(ctx context.Context, r Request) ([]byte, error) {
	args := []string{"template", or(r.Release, "conductor"), r.Chart, "--namespace", or(r.Namespace, "conductor")}
	files, clean, err := spill(r.Values)
	defer clean()
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		args = append(args, "--values", file)
	}
	for _, flag := range []struct {
		name  string
		given []string
	}{{"--set", r.Sets}, {"--set-string", r.SetStrings}, {"--set-file", r.SetFiles}} {
		for _, set := range flag.given {
			args = append(args, flag.name, set)
		}
	}
	var in []byte
	if len(r.Values) > 0 {
		in = r.Values[0]
	}
	return h.run(ctx, in, args...)
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// spill names a file for each of the values: standard input for the first, a private folder for others. Clean removes
// it, whatever happened.
func spill(values [][]byte) (files []string, clean func(), err error) {
	clean = func() {}
	if len(values) == 0 {
		return nil, clean, nil
	}
	files = []string{"-"}
	if len(values) == 1 {
		return files, clean, nil
	}
	folder, err := os.MkdirTemp("", "conductor-registry-") // mode 0700
	if err != nil {
		return nil, clean, fmt.Errorf("can't make a folder for helm's values: %w", err)
	}
	clean = func() { _ = os.RemoveAll(folder) }
	for i, data := range values[1:] {
		name := filepath.Join(folder, fmt.Sprintf("%d.yaml", i))
		if err := os.WriteFile(name, data, 0o600); err != nil {
			return nil, clean, fmt.Errorf("can't hand values to helm: %w", err)
		}
		files = append(files, name)
	}
	return files, clean, nil
}

// maxOutput is the most that is read of what helm prints: the charts render some 50 KiB.
const maxOutput = 64 << 20

// patience is how long a helm that was told to end may take to do so.
const patience = 2 * time.Second

func (h *Helm) run(ctx context.Context, in []byte, args ...string) ([]byte, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	cmd := exec.CommandContext(ctx, h.program, args...) //nolint:gosec // the user names the program; no shell is run
	cmd.WaitDelay = patience
	cmd.Stdin = bytes.NewReader(in)
	out := &bounded{limit: maxOutput, full: stop}
	said := &bounded{limit: maxOutput, full: stop}
	cmd.Stdout, cmd.Stderr = out, said
	err := cmd.Run()
	switch {
	case out.over || said.over:
		return nil, fmt.Errorf("%s prints more than %d MiB: is it helm?", h.program, maxOutput>>20)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err == nil:
		return out.Bytes(), nil
	}
	if _, ran := errors.AsType[*exec.ExitError](err); ran {
		return nil, &RefusedError{Said: trim(said.String())}
	}
	return nil, fmt.Errorf("can't run %s: %w", h.program, err)
}

// bounded keeps what is written up to a limit, and calls full behind it.
type bounded struct {
	bytes.Buffer
	limit int
	over  bool
	full  func()
}

// Write keeps data, or says that it is too much.
func (b *bounded) Write(data []byte) (int, error) {
	if b.Len()+len(data) > b.limit {
		b.over = true
		b.full()
		return 0, errors.New("too much")
	}
	return b.Buffer.Write(data)
}
