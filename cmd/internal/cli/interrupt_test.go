//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
)

// signalled starts the program, waits until it is ready, sends a signal, and returns the exit code and the messages.
func signalled(t *testing.T, by syscall.Signal, in io.Reader, ready func(), args ...string) (int, string) {
	t.Helper()
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, by) // a signal that this process ignores, as under nohup, would be ignored by the program too
	defer signal.Stop(caught)
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Args[0] = "conductor-registry"
	var said bytes.Buffer
	cmd.Stdin, cmd.Stderr = in, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready()
	if err := cmd.Process.Signal(by); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	return cmd.ProcessState.ExitCode(), said.String()
}

// Every signal ends a command with its exit code, and the helm that it runs with it.
func TestSignalsEndCommandsAndTheirPrograms(t *testing.T) {
	folder := t.TempDir()
	started, helm := filepath.Join(folder, "started"), filepath.Join(folder, "helm")
	if err := syscall.Mkfifo(started, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"helm":        "#!/bin/sh\necho $$ > " + started + "\nexec sleep 600\n",
		"Chart.yaml":  "apiVersion: v2\nname: orkes-conductor\nversion: 2.8.0\n",
		"values.yaml": "{}\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for by, want := range map[syscall.Signal]string{syscall.SIGHUP: "terminated\n", syscall.SIGQUIT: "terminated\n",
		syscall.SIGTERM: "terminated\n", syscall.SIGINT: "cancelled\n"} {
		var pid int
		code, said := signalled(t, by, nil, func() {
			file, err := os.Open(started)
			if err != nil {
				t.Fatal(err)
			}
			line, _ := bufio.NewReader(file).ReadString('\n')
			_ = file.Close()
			if pid, err = strconv.Atoi(strings.TrimSpace(line)); err != nil {
				t.Fatal(err)
			}
		}, "verify", "--chart", folder, "--helm", helm)
		if code != 128+int(by) || said != want {
			t.Errorf("%s: exit code %d, %q", by, code, said)
		}
		if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
			t.Errorf("%s: helm is still running: %v", by, err)
		}
	}
}

// A signal waits for a set of files that is being written, and the message says that it was written.
func TestSignalsWaitForAWrite(t *testing.T) {
	running := &interrupts{Context: t.Context()}
	c := &command{Command: &cobra.Command{}}
	c.SetContext(running)
	started, released := make(chan struct{}), make(chan struct{})
	go func() {
		_ = c.write(func() error { close(started); <-released; return nil })
	}()
	<-started
	go close(released)
	err := running.leave(signalError{syscall.SIGTERM}, nil)
	if ended, ok := errors.AsType[exit](err); !ok || ended.code != exitTerminated || err.Error() != "terminated; the files were written" {
		t.Errorf("%#v", err)
	}
}

// A command that ends in the moment of a signal reports its own result.
func TestSignalsAtTheEnd(t *testing.T) {
	done := make(chan error, 1)
	done <- nil
	if err := (&interrupts{Context: t.Context()}).leave(signalError{syscall.SIGINT}, done); err != nil {
		t.Error(err)
	}
}

// A command that waits for its input ends at once.
func TestSignalsEndACommandThatReads(t *testing.T) {
	for by := range map[syscall.Signal]bool{syscall.SIGHUP: true, syscall.SIGQUIT: true, syscall.SIGTERM: true} {
		in, feed, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		code, said := signalled(t, by, in, func() {
			_ = in.Close()
			more := make([]byte, 1<<20) // more than a pipe holds: when it is written, the program reads
			if _, err := feed.Write(more); err != nil {
				t.Fatal(err)
			}
		}, "resolve", "-f", "-")
		_ = feed.Close()
		if code != 128+int(by) || said != "terminated\n" {
			t.Errorf("%s: exit code %d, %q", by, code, said)
		}
	}
}
