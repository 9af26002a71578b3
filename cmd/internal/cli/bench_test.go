package cli

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// BenchmarkGenerate measures one answers file, from its bytes to those of the files. Budget: 2 ms.
func BenchmarkGenerate(b *testing.B) {
	data, err := os.ReadFile(scenarios + "/guide-production/answers.yaml")
	if err != nil {
		b.Fatal(err)
	}
	catalog := presetstest.Catalog(b)
	b.ReportAllocs()
	for b.Loop() {
		given, problems := answers.Decode("answers.yaml", data)
		p, more := plan.Build(catalog, given, "answers.yaml")
		if len(problems)+len(more) > 0 || len(p.Files()) == 0 {
			b.Fatal(problems, more)
		}
	}
}

// BenchmarkResolve measures one values file, from its bytes to its images. Budget: 2 ms.
func BenchmarkResolve(b *testing.B) {
	data, err := os.ReadFile(scenarios + "/guide-production/values.yaml")
	if err != nil {
		b.Fatal(err)
	}
	catalog := presetstest.Catalog(b)
	b.ReportAllocs()
	for b.Loop() {
		values, err := values.Load(values.Source{Name: "values.yaml", Data: data})
		if err != nil || catalog.Charts.Default().Resolve(values).Error != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCommand measures whole commands, with all that they read at their start.
func BenchmarkCommand(b *testing.B) {
	for name, args := range map[string][]string{
		"version":  {"version"},
		"generate": {"generate", "--answers", scenarios + "/guide-production/answers.yaml", "--dry-run"},
		"resolve":  {"resolve", "-f", scenarios + "/guide-production/values.yaml"},
		"help":     {"generate", "--help"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if code := Main(args, Streams{Out: io.Discard, Err: io.Discard}); code != exitOK {
					b.Fatalf("exit code %d", code)
				}
			}
		})
	}
}

// BenchmarkGenerateMany measures many environments in a process of their own. Budget: 1,000 in 1 s and 100 MB at the
// peak, 10,000 in 11 times that and 250 MB. It writes no files: the time for 20,000 files depends on the disk.
func BenchmarkGenerateMany(b *testing.B) {
	for _, c := range []struct{ environments, megabytes int }{{1000, 100}, {10000, 250}} {
		b.Run(strconv.Itoa(c.environments), func(b *testing.B) {
			file := filepath.Join(b.TempDir(), "answers.yaml")
			if err := os.WriteFile(file, []byte(manyEnvironments(c.environments)), 0o600); err != nil {
				b.Fatal(err)
			}
			var peak uint64
			for b.Loop() {
				peak = max(peak, runMeasured(b, "generate", "--answers", file, "--dry-run"))
			}
			b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
			if peak > uint64(c.megabytes)<<20 {
				b.Errorf("the peak is %d MB, and %d is the limit: what is kept for each environment?", peak>>20, c.megabytes)
			}
		})
	}
}

// BenchmarkManyFiles measures a folder of values files in a process of its own. Budget: 100 MB at the peak, and 10 times
// the files in 11 times that.
func BenchmarkManyFiles(b *testing.B) {
	const most, factor = 1000, 10
	values, err := os.ReadFile(scenarios + "/guide-production/values.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for _, command := range []string{"lint", "resolve"} {
		fastest := map[int]time.Duration{}
		for _, files := range []int{most / factor, most} {
			folder := b.TempDir()
			for i := range files {
				if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("values-%d.yaml", i)), values, 0o600); err != nil {
					b.Fatal(err)
				}
			}
			b.Run(fmt.Sprintf("%s/%d", command, files), func(b *testing.B) {
				for b.Loop() {
					start := time.Now()
					if peak := runMeasured(b, command, folder); peak > 100<<20 {
						b.Errorf("the peak is %d MB: what is kept for each file?", peak>>20)
					}
					if took := time.Since(start); fastest[files] == 0 || took < fastest[files] {
						fastest[files] = took
					}
				}
			})
		}
		if fastest[most] > (factor+1)*fastest[most/factor] {
			b.Errorf("%s: %d files take %v, and %d take %v", command, most, fastest[most], most/factor, fastest[most/factor])
		}
	}
}

// runMeasured runs a command in a process of its own and returns the bytes that it took from the system.
func runMeasured(b *testing.B, args ...string) uint64 {
	program := exec.CommandContext(b.Context(), os.Args[0], args...)
	program.Args[0] = measured
	out, err := program.Output()
	if err != nil {
		b.Fatal(err)
	}
	used, err := strconv.ParseUint(string(out), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return used
}

// measured is a name of the program. Under it, the program prints the memory that it took from the system instead of its
// results. Go returns none of it so early, so this is the peak.
const measured = "conductor-registry-measured"

func measure() {
	debug.SetMemoryLimit(MemoryLimit)
	code := Main(os.Args[1:], Streams{Out: io.Discard, Err: io.Discard})
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	_, _ = os.Stdout.WriteString(strconv.FormatUint(memory.Sys, 10))
	os.Exit(code)
}

func manyEnvironments(n int) string {
	var b strings.Builder
	b.WriteString("version: 1\nregistry: {provider: jfrog, company: mycompany, repository: docker}\nenvironments:\n")
	for i := range n {
		fmt.Fprintf(&b, "  env-%d: {registry: {repository: docker-%d}, tag: \"5.2.%d\"}\n", i, i, i)
	}
	return b.String()
}
