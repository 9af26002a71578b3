package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/ui/report"
	"conductor-registry/verify/machine"
)

type doctorCommand struct {
	command
	helm, kubectl string
}

func newDoctor(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &doctorCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "doctor", Short: "Show what this machine offers, and how to fix what is missing", Args: noArguments,
		Long: `Show what this machine offers to the other commands: helm, kubectl and its
context, the docker config, proxies, CA certificates and the terminal. What is
missing has a line that says who needs it and one with the fix.

It asks no network and no cluster, and prints no credentials. The exit code is 0
also when something is missing: most commands need only a part of it.`,
		Example: `  conductor-registry doctor
  conductor-registry doctor -o json`,
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	addHelm(&c.command, &c.helm)
	c.Flags().StringVar(&c.kubectl, "kubectl", "", "kubectl `PROGRAM` (default: kubectl in PATH)")
	c.addOutput()
	return c.Command
}

// diagnosedMachine is the JSON output of doctor.
type diagnosedMachine struct {
	FormatVersion string          `json:"formatVersion"`
	Checks        []machine.Check `json:"checks"`
}

func (c *doctorCommand) run() error {
	ctx, stop := interruptible(c.Command)
	defer stop()
	m := machine.Machine{Helm: c.helm, Kubectl: c.kubectl,
		Variable: func(name string) string { return variable(c.streams, name) }}
	checks := append(m.Run(ctx), terminalCheck(c.streams))
	if ctx.Err() != nil {
		return stopped(ctx, ctx.Err())
	}
	return c.print(exitOK, diagnosedMachine{formatVersion, checks}, func() error {
		for _, check := range checks {
			printf(c.streams.Out, "%-8s %-14s %s\n", string(check.Status), check.ID, check.Found)
			for _, text := range [][2]string{{"why:", check.Why}, {"fix:", check.Fix}} {
				label := text[0]
				for _, line := range report.Wrap(text[1], helpWidth-29) {
					if line != "" {
						printf(c.streams.Out, "%-24s%-5s%s\n", "", label, line)
					}
					label = ""
				}
			}
		}
		return nil
	})
}

// terminalCheck reports whether the wizard can use this terminal.
func terminalCheck(s Streams) machine.Check {
	check := machine.Check{ID: "terminal", Status: machine.OK}
	if !s.InIsTerminal || !s.ErrIsTerminal {
		check.Status, check.Found = machine.Missing, "none"
		check.Why, check.Fix = "the wizard needs one", "run: conductor-registry generate --answers FILE"
		return check
	}
	facts := []string{variable(s, "TERM")}
	if width, height := s.Size(); width > 0 {
		facts = append(facts, fmt.Sprintf("%d columns, %d lines", width, height))
	}
	if takesUTF8(s) {
		facts = append(facts, "UTF-8")
	} else {
		check.Status, check.Why = machine.Warning, "the locale is not UTF-8: the wizard draws with ASCII characters"
		check.Fix = "set LC_ALL to a UTF-8 locale, for example C.UTF-8"
	}
	if variable(s, "NO_COLOR") != "" {
		facts = append(facts, "no colours (NO_COLOR)")
	}
	if needsLines(s) {
		facts = append(facts, "questions line by line (ACCESSIBLE or TERM=dumb)")
	}
	check.Found = strings.Join(facts, ", ")
	return check
}
