package cli

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/charmbracelet/x/term"
	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets this test be the program too: the scripts, and tests that need a process, run it by its name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){measured: measure, "conductor-registry": runMain})
}

func runMain() {
	os.Exit(Main(os.Args[1:], Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InIsTerminal:  term.IsTerminal(os.Stdin.Fd()),
		OutIsTerminal: term.IsTerminal(os.Stdout.Fd()),
		ErrIsTerminal: term.IsTerminal(os.Stderr.Fd()),
		Size: func() (width, height int) {
			width, height, _ = term.GetSize(os.Stderr.Fd())
			return width, height
		},
		Environment: os.Environ(),
	}))
}

// TestScript runs testdata/script. The first line of each file says what it tests.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", noSleep)
			for _, oracle := range []string{"HELM3", "HELM4"} {
				env.Setenv(oracle, os.Getenv(oracle))
			}
			charts, err := filepath.Abs("../../../golden/charts")
			env.Setenv("CHARTS", charts)
			if script := filepath.Base(env.WorkDir); err == nil && asksRegistries.MatchString(script) {
				err = startRegistries(env)
			}
			return err
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "expand": expand, "move": move},
		Condition: func(name string) (bool, error) {
			if name != "helm" {
				return false, fmt.Errorf("no condition is called %s", name)
			}
			return os.Getenv("HELM3") != "" && os.Getenv("HELM4") != "", nil // make test names them
		},
	})
}

// noSleep keeps a program that was built with -race from sleeping a second before it ends.
const noSleep = "atexit_sleep_ms=0"

// exits CODE PROGRAM ARG... checks the exit code. The output can be checked as after exec.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		failed, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		code = failed.ExitCode()
	}
	noCanary(ts)
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}
