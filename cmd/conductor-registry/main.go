// Command conductor-registry writes the values and pull-secret commands with which Orkes Conductor runs from one's own
// registry.
package main

import (
	"os"
	"runtime/debug"

	"github.com/charmbracelet/x/term"

	"conductor-registry/cmd/internal/cli"
)

func main() {
	debug.SetMemoryLimit(cli.MemoryLimit)
	os.Exit(cli.Main(os.Args[1:], cli.Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InIsTerminal:  term.IsTerminal(os.Stdin.Fd()),
		OutIsTerminal: term.IsTerminal(os.Stdout.Fd()),
		ErrIsTerminal: term.IsTerminal(os.Stderr.Fd()),
		Size:          size,
		Environment:   os.Environ(),
	}))
}

// size returns the size of the terminal behind standard error in cells, 0 without one.
func size() (width, height int) {
	width, height, _ = term.GetSize(os.Stderr.Fd())
	return width, height
}
