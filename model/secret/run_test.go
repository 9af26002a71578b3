//go:build unix

package secret

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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
	shell   string            // "" is bash
	kubectl bool              // the real kubectl makes the secret and finds docker's entries

	stdout, stderr string
	code           int
	calls          []call
	left           []string // files that the script has left behind
}

// call is one program that a script started.
type call struct {
	Name  string
	Args  []string
	Env   []string
	Stdin string
}

// Settings of testdata/fake, which stands for every program in a script's PATH.
const (
	fakeFail     = "FAKE_FAIL"     // calls of kubectl that fail: "get namespace,apply --server-side"
	fakeError    = "FAKE_ERROR"    // what they say
	fakePassword = "FAKE_PASSWORD" // the file with what aws prints
)

// start makes the command; the caller runs it and then calls finish.
func (r *run) start(t *testing.T, script string) *exec.Cmd {
	t.Helper()
	kubectl, err := "", error(nil)
	if r.kubectl {
		kubectl, err = realKubectl()
	}
	if err != nil {
		t.Fatal(err)
	}
	fake, err := filepath.Abs("testdata/fake")
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
			if err := os.Symlink(fake, filepath.Join(bin, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	shell := cmp.Or(r.shell, "bash")
	if shell, err = exec.LookPath(shell); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, shell, append(r.flags, file)...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + bin, "HOME=" + dir, "TMPDIR=" + dir, "KUBECONFIG=" + os.DevNull,
		"FAKE_DIR=" + dir, "FAKE_PATH=" + os.Getenv("PATH"), "FAKE_KUBECTL=" + kubectl}
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
	files, err := filepath.Glob(filepath.Join(filepath.Dir(script), "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		switch {
		case filepath.Ext(f) == ".call":
			r.calls = append(r.calls, readCall(t, f))
		case f != script && filepath.Base(f) != "bin":
			r.left = append(r.left, f)
		}
	}
}

func readCall(t *testing.T, folder string) call {
	t.Helper()
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		return string(text)
	}
	split := func(text string) []string { return strings.Split(strings.TrimSuffix(text, "\x00"), "\x00") }
	name, _, _ := strings.Cut(filepath.Base(folder), "-")
	return call{Name: name, Args: split(read("args")), Env: split(read("env")), Stdin: read("stdin")}
}

// do starts and finishes a run that asks nothing.
func (r *run) do(t *testing.T, script string) *run {
	t.Helper()
	cmd := r.start(t, script)
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

// realKubectl is the kubectl that builds the secrets: $KUBECTL, the one in PATH, or one built for the tests.
var realKubectl = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("KUBECTL"); path != "" {
		return path, nil
	}
	if path, err := exec.LookPath("kubectl"); err == nil {
		return path, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "conductor-registry-tools", "kubectl")
	out, err := exec.Command("go", "build", "-C", "../../tools", "-o", path, "conductor-registry/tools/kubectl").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("no kubectl: set KUBECTL to one, for example KUBECTL=/usr/bin/kubectl: %w\n%s", err, out)
	}
	return path, nil
})
