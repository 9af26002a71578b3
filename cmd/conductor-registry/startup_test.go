//go:build unix

package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

const (
	frameLimit  = 1.25 // the wizard's first frame, in hello worlds
	binaryLimit = 18.0 // the stripped program, in megabytes
	fewestPairs = 15   // before medians mean something

	released = "."
)

// builtProgram is a built program and the text by which its first frame is known.
type builtProgram struct{ path, text string }

// BenchmarkFirstFrame measures from the start of the process until its first frame is on the terminal: of the wizard,
// and of the least that a Bubble Tea program can be. They take turns, so that a busy machine slows both.
func BenchmarkFirstFrame(b *testing.B) {
	hello := builtProgram{build(b, "./testdata/hello"), "Hello"}
	wizard := builtProgram{build(b, released), "conductor-registry"}
	firstFrame(b, hello) // from now on both are in the page cache
	firstFrame(b, wizard)

	var hellos, wizards []float64
	for b.Loop() {
		hellos = append(hellos, firstFrame(b, hello))
		wizards = append(wizards, firstFrame(b, wizard))
	}
	ratio := median(wizards) / median(hellos)
	b.ReportMetric(median(hellos), "hello-ms")
	b.ReportMetric(median(wizards), "wizard-ms")
	b.ReportMetric(ratio, "ratio")
	if len(hellos) >= fewestPairs && ratio > frameLimit {
		b.Fatalf("the wizard's first frame takes %.1f ms, %.2f times a hello world's %.1f ms, and %.1f times is the limit: "+
			"look for work before the first View (GODEBUG=inittrace=1 shows what packages do)",
			median(wizards), ratio, median(hellos), frameLimit)
	}
}

// BenchmarkBinary measures nothing but the size of the released program.
func BenchmarkBinary(b *testing.B) {
	info, err := os.Stat(build(b, released))
	if err != nil {
		b.Fatal(err)
	}
	size := float64(info.Size()) / 1e6
	for b.Loop() {
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(size, "binary-MB")
	if size > binaryLimit {
		b.Fatalf("the program is %.2f MB, and %.0f is the limit: see what the newest import links (go list -deps)", size,
			binaryLimit)
	}
}

// build compiles a package as `make build` does, and returns the program's path.
func build(b *testing.B, pkg string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "program")
	cmd := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("building %s: %v\n%s", pkg, err, out)
	}
	return path
}

// firstFrame starts the program on a terminal of 120x40 and returns the milliseconds until its text is there. Queries of
// the terminal go unanswered: a frame that waits for an answer is late on real terminals too.
func firstFrame(b *testing.B, p builtProgram) float64 {
	b.Helper()
	ctx, kill := context.WithTimeout(b.Context(), 10*time.Second) // for a program that draws nothing
	cmd := exec.CommandContext(ctx, p.path)
	cmd.Dir = b.TempDir()
	cmd.Env = []string{"TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + cmd.Dir, "PATH=" + os.Getenv("PATH")}
	start := time.Now()
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 120, Rows: 40})
	if err != nil {
		kill()
		b.Fatal(err)
	}
	seen, err := readUntil(terminal, p.text)
	took := time.Since(start)
	kill() // it waits for keys that nobody presses
	_ = cmd.Wait()
	_ = terminal.Close()
	if err != nil {
		b.Fatalf("%s drew no %q: %v; it wrote %q", p.path, p.text, err, seen)
	}
	return float64(took.Microseconds()) / 1000
}

// readUntil reads until the text is there, escape sequences apart, and returns what it read.
func readUntil(terminal io.Reader, text string) (string, error) {
	var seen strings.Builder
	chunk := make([]byte, 1<<16)
	for {
		n, err := terminal.Read(chunk)
		seen.Write(chunk[:n])
		if strings.Contains(ansi.Strip(seen.String()), text) {
			return seen.String(), nil
		}
		if err != nil {
			return seen.String(), err
		}
	}
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}
