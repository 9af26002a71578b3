//go:build trust && linux

// The tests of "make trust": what happens to files when the system fails or the program is killed. They take minutes.

package cli

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
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
	keys    []reply  // it runs on a terminal, and these are pressed
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
	atOnce := []reply{{"Chart", "\x13"}, {"Write ", "\r"}} // ctrl+s, enter
	return []writer{
		{name: "generate", prepare: put(map[string]string{"answers.yaml": trustAnswers}),
			args: []string{"generate", "--answers", "answers.yaml"}, files: generated},
		{name: "generate --force", prepare: put(old), args: []string{"generate", "--answers", "answers.yaml", "--force"}, files: generated},
		{name: "generate --merge", prepare: put(old), args: []string{"generate", "--answers", "answers.yaml", "--merge"}, files: generated},
		{name: "lint --fix", prepare: put(map[string]string{"values.yaml": trustValues, "values.yaml.bak": "older: 1\n", "b.yaml": trustValues}),
			args: []string{"lint", "--fix", "-f", "values.yaml", "-f", "b.yaml"}, files: []string{"values.yaml", "b.yaml"}},
		{name: "convert --write", prepare: put(old),
			args: []string{"convert", "-f", "values.yaml", "--chart-version", "2.8", "--to", "3.0", "--write"}, files: []string{"values.yaml"}},
		{name: "pin --write", prepare: put(map[string]string{"values.yaml": tags}),
			args: []string{"pin", "-f", "values.yaml", "--insecure", "--write"}, files: []string{"values.yaml"}},
		{name: "wizard --accessible", prepare: put(map[string]string{"answers.yaml": trustAnswers}),
			args:  []string{"wizard", "--accessible", "--answers", "answers.yaml", "--out", "."},
			stdin: strings.Repeat("\n", 40) + "y\n", files: generated},
		{name: "wizard", prepare: put(map[string]string{"given.yaml": trustAnswers}),
			args: []string{"wizard", "--answers", "given.yaml"}, files: append([]string{"answers.yaml"}, generated...), keys: atOnce},
		{name: "wizard --values", prepare: put(map[string]string{"values.yaml": trustValues, "values.yaml.bak": "older: 1\n"}),
			args: []string{"wizard", "--values", "values.yaml"}, files: []string{"values.yaml"}, keys: atOnce},
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
	cmd.Env = append(os.Environ(), "HOME="+folder+"/home", "XDG_STATE_HOME="+folder+"/home", "DOCKER_CONFIG="+folder+"/home",
		"TERM=xterm-256color")
	return cmd
}

// run runs a command to its end, and kills it after a time when that is not 0. It returns what it printed.
func (w writer) run(t *testing.T, cmd *exec.Cmd, killAfter time.Duration) (out []byte, isKilled bool, err error) {
	t.Helper()
	if w.keys != nil {
		return onTerminal(t, cmd, w.keys, killAfter)
	}
	var printed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &printed
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	killer := killLater(cmd, killAfter)
	err = cmd.Wait()
	return printed.Bytes(), !killer.Stop() && killAfter > 0, err
}

// killLater kills a process after a time; never after 0.
func killLater(cmd *exec.Cmd, after time.Duration) *time.Timer {
	if after == 0 {
		after = time.Hour
	}
	return time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
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
	out, _, err := w.run(t, w.command(t, folder, path), 0)
	after = state(t, folder)
	for _, name := range w.files {
		if after[name] == before[name] {
			t.Fatalf("%s does not write %s: %v\n%s", w.name, name, err, out)
		}
	}
	return before, after
}

// faults counts what TestTrustFaults did.
type faultCounts struct{ faults, signals, kills atomic.Int32 }

// TestTrustFaults lets every system call of every write path fail once, sends SIGTERM at it, and kills the program at it.
func TestTrustFaults(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed: faults are not injected (apt-get install strace)")
	}
	path := programLink(t)
	if out, err := exec.Command(strace, "-o", os.DevNull, "-e", "inject=rename:error=EIO", "true").CombinedOutput(); err != nil {
		t.Skipf("strace cannot trace here: %s", out)
	}
	calls := []string{"renameat", "linkat", "fsync", "fchmod", "fchown", "mkdirat", "unlinkat", "flock", "openat", "write"}
	var counts faultCounts
	t.Run("in", func(t *testing.T) {
		for _, w := range writers(t) {
			t.Run(w.name, func(t *testing.T) {
				t.Parallel()
				before, after := w.written(t, path)
				for _, call := range calls {
					for _, fault := range []string{"error=ENOSPC", "error=EIO", "signal=TERM", "signal=KILL"} {
						for n := 1; n <= 40 && w.fails(t, strace, path, injection{call, fault, n}, &counts, before, after); n++ {
						}
					}
				}
			})
		}
	})
	t.Logf("%d injected faults, %d signals and %d kills at a system call: no half file, no lie", counts.faults.Load(),
		counts.signals.Load(), counts.kills.Load())
}

// injection is a fault at a system call: the number-th call of that kind.
type injection struct {
	call, fault string
	number      int
}

// fails runs a command with a fault and checks the files. It returns false when the program makes no such call.
func (w writer) fails(t *testing.T, strace, path string, at injection, counts *faultCounts, before, after map[string]string) bool {
	t.Helper()
	folder, log := t.TempDir(), filepath.Join(t.TempDir(), "log")
	w.prepare(t, folder)
	out, _, _ := w.run(t, w.command(t, folder, strace, "-f", "-o", log, "-e", "trace="+at.call,
		"-e", fmt.Sprintf("inject=%s:%s:when=%d", at.call, at.fault, at.number), path), 0)
	traced, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	mark := map[string]string{"signal=KILL": "killed by SIGKILL", "signal=TERM": "--- SIGTERM"}[at.fault]
	if !bytes.Contains(traced, []byte(cmp.Or(mark, "(INJECTED)"))) {
		return false
	}
	got := state(t, folder)
	isOld, isNew, problems := outcome(t, w, got, before, after)
	where := fmt.Sprintf("%s at %s number %d", at.fault, at.call, at.number)
	for _, problem := range problems {
		t.Errorf("%s: %s\n%s", where, problem, out)
	}
	isCrash := bytes.Contains(out, []byte("fatal error: runtime")) // the fault hit Go's own use of the call
	if at.fault == "signal=KILL" || isCrash {
		counts.kills.Add(1)
		w.runAgain(t, path, folder, where)
		return true
	}
	if at.fault == "signal=TERM" {
		counts.signals.Add(1)
	} else {
		counts.faults.Add(1)
	}
	isReported := bytes.Contains(out, []byte("Not written, because it cannot be read: ")) // the person agreed
	if !isOld && !isNew && !isReported {
		t.Errorf("%s: some files are old and some are new\n%s", where, out)
	}
	isInteractive := w.stdin != "" || w.keys != nil // the person tries again
	if bytes.Contains(out, []byte("nothing was written")) && !isOld && !isInteractive {
		t.Errorf("%s: it says that nothing was written, and something was\n%s", where, out)
	}
	if bytes.Contains(out, []byte("the files were written")) && !isNew {
		t.Errorf("%s: it says that the files were written, and some were not\n%s", where, out)
	}
	if left := leftovers(got); len(left) > 0 && at.call != "unlinkat" {
		t.Errorf("%s: left %q\n%s", where, left, out)
	}
	return true
}

// runAgain runs a command once more after it was killed: it must clean up.
func (w writer) runAgain(t *testing.T, path, folder, where string) {
	t.Helper()
	out, _, _ := w.run(t, w.command(t, folder, path), 0)
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
			_, isKilled, _ := w.run(t, w.command(t, folder, path), 1+time.Duration(rand.Int64N(int64(usual))))
			if isKilled {
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
			out, _, _ := w.run(t, w.command(t, folder, path), 0)
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
