//go:build trust && linux

// The tests of "make trust": what happens to files when the system fails or the program is killed. They take minutes.

package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"conductor-registry/verify/images/registrytest"
)

// writer is a command that writes files, in a folder that prepare fills.
type writer struct {
	name    string
	prepare func(t *testing.T, folder string)
	args    []string
	stdin   string
	files   []string // that it writes
}

const (
	trustValues  = "global:\n  image:\n    registry: r.example.com\n    tag: 5.10\nkept: line\n"
	trustAnswers = "version: 1\nregistry: {provider: generic, host: r.example.com}\npullSecret: {name: creds}\n"
)

func writers(t *testing.T) []writer {
	t.Helper()
	put := func(texts map[string]string) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			t.Helper()
			for name, text := range texts {
				write(t, filepath.Join(folder, name), text)
			}
		}
	}
	old := map[string]string{"answers.yaml": trustAnswers, "values.yaml": trustValues, "values.yaml.bak": "older: 1\n",
		"pull-secret.sh": "echo old\n"}
	registry, err := registrytest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(registry.Close)
	tags := "global: {image: {registry: " + registry.Host + "/team}}\nserver: {image: {repository: server}}\n" +
		"workers: {image: {repository: workers}}\n"
	generated := []string{"values.yaml", "pull-secret.sh"}
	return []writer{
		{"generate", put(map[string]string{"answers.yaml": trustAnswers}), []string{"generate", "--answers", "answers.yaml"}, "", generated},
		{"generate --force", put(old), []string{"generate", "--answers", "answers.yaml", "--force"}, "", generated},
		{"generate --merge", put(old), []string{"generate", "--answers", "answers.yaml", "--merge"}, "", generated},
		{"lint --fix", put(map[string]string{"values.yaml": trustValues, "values.yaml.bak": "older: 1\n", "b.yaml": trustValues}),
			[]string{"lint", "--fix", "-f", "values.yaml", "-f", "b.yaml"}, "", []string{"values.yaml", "b.yaml"}},
		{"convert --write", put(old), []string{"convert", "-f", "values.yaml", "--chart-version", "2.8", "--to", "3.0", "--write"}, "",
			[]string{"values.yaml"}},
		{"pin --write", put(map[string]string{"values.yaml": tags}), []string{"pin", "-f", "values.yaml", "--insecure", "--write"}, "",
			[]string{"values.yaml"}},
		{"wizard --accessible", put(map[string]string{"answers.yaml": trustAnswers}),
			[]string{"wizard", "--accessible", "--answers", "answers.yaml", "--out", "."}, strings.Repeat("\n", 40) + "y\n", generated},
	}
}

// programLink returns the path of the program: a link to this test, which is the program under that name.
func programLink(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "conductor-registry")
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
	return path
}

func (w writer) command(t *testing.T, folder string, before ...string) *exec.Cmd {
	t.Helper()
	args := append(before, w.args...)
	cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
	cmd.Dir, cmd.Stdin = folder, strings.NewReader(w.stdin)
	cmd.Env = append(os.Environ(), "HOME="+folder+"/home", "XDG_STATE_HOME="+folder+"/home", "DOCKER_CONFIG="+folder+"/home")
	return cmd
}

// state maps the files of a folder to their content.
func state(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Type().IsRegular() {
			out[entry.Name()] = read(t, folder, entry.Name())
		}
	}
	return out
}

// outcome compares a folder with what it was and with what the command writes. Each file must be whole.
func outcome(t *testing.T, w writer, got, before, after map[string]string) (isOld, isNew bool, problems []string) {
	t.Helper()
	isOld, isNew = true, true
	for _, name := range w.files {
		text, exists := got[name]
		was, existed := before[name]
		if text != was || exists != existed {
			isOld = false
		}
		if text != after[name] || !exists {
			isNew = false
		}
		if exists && text != was && text != after[name] {
			problems = append(problems, fmt.Sprintf("%s is neither the old nor the new file: %q", name, text))
		}
		backup := name + ".bak"
		if kept, has := got[backup]; has && kept != before[backup] && kept != was {
			problems = append(problems, fmt.Sprintf("%s is neither the old backup nor the old file: %q", backup, kept))
		}
		if existed && text != was && got[backup] != was {
			problems = append(problems, fmt.Sprintf("%s was replaced and is not kept as its backup", name))
		}
	}
	return isOld, isNew, problems
}

func leftovers(got map[string]string) []string {
	var out []string
	for name := range got {
		if strings.HasSuffix(name, ".tmp") {
			out = append(out, name)
		}
	}
	return out
}

// written returns what a command writes when nothing fails.
func (w writer) written(t *testing.T, path string) (before, after map[string]string) {
	t.Helper()
	folder := t.TempDir()
	w.prepare(t, folder)
	before = state(t, folder)
	out, err := w.command(t, folder, path).CombinedOutput()
	after = state(t, folder)
	for _, name := range w.files {
		if after[name] == before[name] {
			t.Fatalf("%s does not write %s: %v\n%s", w.name, name, err, out)
		}
	}
	return before, after
}

// TestTrustFaults lets every system call of every write path fail once, and kills the program at it once.
func TestTrustFaults(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed: faults are not injected (apt-get install strace)")
	}
	path, faults, kills := programLink(t), 0, 0
	calls := []string{"renameat", "linkat", "fsync", "fchmod", "fchown", "mkdirat", "unlinkat", "flock", "openat", "write"}
	for _, w := range writers(t) {
		before, after := w.written(t, path)
		for _, call := range calls {
			for _, fault := range []string{"error=ENOSPC", "error=EIO", "signal=KILL"} {
				for n := 1; n <= 40; n++ {
					folder, log := t.TempDir(), filepath.Join(t.TempDir(), "log")
					w.prepare(t, folder)
					cmd := w.command(t, folder, strace, "-f", "-o", log, "-e", "trace="+call,
						"-e", fmt.Sprintf("inject=%s:%s:when=%d", call, fault, n), path)
					out, failed := cmd.CombinedOutput()
					traced, _ := os.ReadFile(log)
					if bytes.Contains(out, []byte("strace: ")) && failed != nil && len(traced) == 0 {
						t.Skipf("strace cannot trace here: %s", out)
					}
					isKill := fault == "signal=KILL"
					if !isKill && !bytes.Contains(traced, []byte("(INJECTED)")) || isKill && !bytes.Contains(traced, []byte("killed by SIGKILL")) {
						break // the program makes no further call of this kind
					}
					got := state(t, folder)
					isOld, isNew, problems := outcome(t, w, got, before, after)
					where := fmt.Sprintf("%s, %s at %s number %d", w.name, fault, call, n)
					for _, problem := range problems {
						t.Errorf("%s: %s", where, problem)
					}
					if bytes.Contains(out, []byte("fatal error: runtime")) { // the fault hit Go's own use of the call
						isKill = true
					}
					if isKill {
						kills++
						w.runAgain(t, path, folder, where)
						continue
					}
					faults++
					isReported := bytes.Contains(out, []byte("Not written, because it cannot be read: ")) // the person agreed
					if !isOld && !isNew && !isReported {
						t.Errorf("%s: some files are old and some are new\n%s", where, out)
					}
					if bytes.Contains(out, []byte("nothing was written")) && !isOld && w.stdin == "" { // the wizard tries again
						t.Errorf("%s: it says that nothing was written, and something was\n%s", where, out)
					}
					if left := leftovers(got); len(left) > 0 && call != "unlinkat" {
						t.Errorf("%s: left %q\n%s", where, left, out)
					}
				}
			}
		}
	}
	t.Logf("%d injected faults, %d kills at a system call: no half file, no lie", faults, kills)
}

// runAgain runs a command once more after it was killed: it must clean up.
func (w writer) runAgain(t *testing.T, path, folder, where string) {
	t.Helper()
	out, _ := w.command(t, folder, path).CombinedOutput()
	if left := leftovers(state(t, folder)); len(left) > 0 {
		t.Errorf("%s: the next run leaves %q\n%s", where, left, out)
	}
}

// TestTrustKills kills commands at random moments.
func TestTrustKills(t *testing.T) {
	path, kills := programLink(t), 0
	for _, w := range writers(t) {
		before, after := w.written(t, path)
		start := time.Now()
		w.written(t, path)
		usual := time.Since(start)
		for range 60 {
			folder := t.TempDir()
			w.prepare(t, folder)
			cmd := w.command(t, folder, path)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			killer := time.AfterFunc(time.Duration(rand.Int64N(int64(usual)+1)), func() { _ = cmd.Process.Signal(syscall.SIGKILL) })
			_ = cmd.Wait()
			if !killer.Stop() {
				kills++
			}
			_, _, problems := outcome(t, w, state(t, folder), before, after)
			for _, problem := range problems {
				t.Errorf("%s, killed: %s", w.name, problem)
			}
			w.runAgain(t, path, folder, w.name+", killed")
		}
	}
	t.Logf("%d kills at random moments: no half file", kills)
}

// TestTrustPairs runs two programs that write the same files at the same time.
func TestTrustPairs(t *testing.T) {
	path := programLink(t)
	const pairs = 100
	for range pairs {
		folder := t.TempDir()
		write(t, filepath.Join(folder, "answers.yaml"), trustAnswers)
		var wait sync.WaitGroup
		for _, tag := range []string{"5.2.1", "5.2.2"} {
			w := writer{args: []string{"generate", "--answers", "answers.yaml", "--force", "--tag", tag}}
			cmd := w.command(t, folder, path)
			wait.Go(func() { _ = cmd.Run() })
		}
		wait.Wait()
		got := state(t, folder)
		values := got["values.yaml"]
		isWhole := strings.HasSuffix(values, "\n") && (strings.Contains(values, "5.2.1") != strings.Contains(values, "5.2.2"))
		if !isWhole || !strings.Contains(got["pull-secret.sh"], "r.example.com") || len(leftovers(got)) > 0 {
			t.Errorf("two at once leave %q", got)
		}
	}
	t.Logf("%d pairs at the same time: every file is whole", pairs)
}

// TestTrustFullDisk writes to a small file system that is nearly full.
func TestTrustFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can mount a small file system: the full disk is not tried")
	}
	path, tried := programLink(t), 0
	for _, w := range writers(t) {
		before, after := w.written(t, path)
		for _, free := range []int{0, 4096, 8192, 12288} {
			folder := t.TempDir()
			if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64k"); err != nil {
				t.Skip("a small file system cannot be mounted here: ", err)
			}
			w.prepare(t, folder)
			fill(t, folder, free)
			out, _ := w.command(t, folder, path).CombinedOutput()
			if err := os.Remove(filepath.Join(folder, "filler")); err != nil {
				t.Error(err)
			}
			isOld, isNew, problems := outcome(t, w, state(t, folder), before, after)
			if !isOld && !isNew || len(problems) > 0 || len(leftovers(state(t, folder))) > 0 {
				t.Errorf("%s with %d bytes free: %q\n%s", w.name, free, problems, out)
			}
			tried++
			if err := syscall.Unmount(folder, 0); err != nil {
				t.Error(err)
			}
		}
	}
	t.Logf("%d runs on a full disk: all files or none", tried)
}

// fill leaves so many bytes on a file system.
func fill(t *testing.T, folder string, free int) {
	t.Helper()
	file, err := os.Create(filepath.Join(folder, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	size := int64(0)
	for block := make([]byte, 4096); ; size += int64(len(block)) {
		if _, err := file.Write(block); err != nil {
			break
		}
	}
	if err := file.Truncate(max(0, size-int64(free))); err != nil || file.Close() != nil {
		t.Fatal(err)
	}
}
