//go:build unix

package secret

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// run is one run of a script: what it is started with and what came of it.
type run struct {
	env     map[string]string // added to an environment with nothing but PATH, HOME and the fakes' own
	flags   []string          // of the shell
	without []string          // programs left out of PATH
	tty     *os.File          // its terminal; nil is none
	onTTY   bool              // standard output is the terminal too
	file    string            // the script's name; "" is pull-secret.sh

	stdout, stderr string
	code           int
	calls          []call
	left           []string // files that the script has left behind
}

// shells are those that the scripts promise to run in. bash must be there; dash is tried where it is installed.
func shells(t *testing.T) []string {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{bash}
	if dash, err := exec.LookPath("dash"); err == nil {
		paths = append(paths, dash)
	}
	return paths
}

// inShells runs f once per shell.
func inShells(t *testing.T, f func(t *testing.T, shell string)) {
	t.Helper()
	for _, shell := range shells(t) {
		t.Run(filepath.Base(shell), func(t *testing.T) { f(t, shell) })
	}
}

// start makes the command; the caller runs it and then calls finish.
func (r *run) start(t *testing.T, shell, script string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	kubectl, err := realKubectl()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	bin, file := filepath.Join(dir, "bin"), filepath.Join(dir, cmp.Or(r.file, "pull-secret.sh"))
	if err := errors.Join(os.Mkdir(bin, 0o700), os.WriteFile(file, []byte(script), 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"kubectl", "kubeseal", "sops", "aws", "base64", "tr", "sed", "cat", "stty", "printf", "echo", "["} {
		if !slices.Contains(r.without, name) {
			if err := os.Symlink(self, filepath.Join(bin, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, shell, append(slices.Clone(r.flags), file)...)
	cmd.Env = []string{"PATH=" + bin, "HOME=" + dir, "TMPDIR=" + dir, "KUBECONFIG=" + os.DevNull,
		fakeDir + "=" + dir, fakePath + "=" + os.Getenv("PATH"), fakeKubectl + "=" + kubectl}
	for _, k := range slices.Sorted(maps.Keys(r.env)) {
		cmd.Env = append(cmd.Env, k+"="+r.env[k])
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if r.tty != nil {
		cmd.Stdin, cmd.SysProcAttr.Setctty = r.tty, true
	}
	if r.onTTY {
		cmd.Stdout = r.tty
	}
	return cmd
}

// finish waits for the command and reads what its programs were given.
func (r *run) finish(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	r.code = cmd.ProcessState.ExitCode()
	if b, ok := cmd.Stdout.(*bytes.Buffer); ok {
		r.stdout = b.String()
	}
	r.stderr = cmd.Stderr.(*bytes.Buffer).String()
	script := cmd.Args[len(cmd.Args)-1]
	files, _ := filepath.Glob(filepath.Join(filepath.Dir(script), "*"))
	for _, f := range files {
		if filepath.Ext(f) != ".call" {
			if f != script && filepath.Base(f) != "bin" {
				r.left = append(r.left, f)
			}
			continue
		}
		b, err := os.ReadFile(f)
		var c call
		if err = errors.Join(err, json.Unmarshal(b, &c)); err != nil {
			t.Fatal(err)
		}
		r.calls = append(r.calls, c)
	}
}

// do starts and finishes a run that asks nothing.
func (r *run) do(t *testing.T, shell, script string) *run {
	t.Helper()
	cmd := r.start(t, shell, script)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r.finish(t, cmd)
	return r
}

// all are the calls of a program that begin with these words, in no order.
func (r *run) all(name, words string) []call {
	var found []call
	for _, c := range r.calls {
		if c.Name == name && strings.HasPrefix(strings.Join(c.Args, " "), words) {
			found = append(found, c)
		}
	}
	return found
}

// call is the only call of kubectl that begins with these words.
func (r *run) call(t *testing.T, words string) call {
	t.Helper()
	found := r.all("kubectl", words)
	if len(found) != 1 {
		t.Fatalf("%d calls of kubectl %s, want 1\nstderr: %s", len(found), words, r.stderr)
	}
	return found[0]
}

// want fails the test unless the script ended with code and said all of said.
func (r *run) want(t *testing.T, code int, said ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d\nstderr: %s", r.code, code, r.stderr)
	}
	for _, s := range said {
		if !strings.Contains(r.stderr, s) {
			t.Errorf("standard error does not say %q:\n%s", s, r.stderr)
		}
	}
}

// keeps fails the test if a secret is in an argument or the environment of a program, or in what was said, and if there
// is any file that was not there before: home and the folder of temporary files are the script's own.
func (r *run) keeps(t *testing.T, secrets ...string) {
	t.Helper()
	if len(r.left) > 0 {
		t.Errorf("left behind: %q", r.left)
	}
	for _, s := range secrets {
		for _, c := range r.calls {
			for _, text := range slices.Concat(c.Args, c.Env) {
				if strings.Contains(text, s) {
					t.Errorf("%s %q was given the secret %q: %q", c.Name, c.Args, s, text)
				}
			}
		}
		if strings.Contains(r.stderr, s) {
			t.Errorf("standard error shows the secret %q:\n%s", s, r.stderr)
		}
	}
}
