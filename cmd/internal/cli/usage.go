package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is how wide help is: terminals have at least that.
const helpWidth = 80

// sectionOf is the annotation that holds the heading a flag stands under in the help.
const sectionOf = "section"

// inSection puts flags under a heading.
func inSection(flags *pflag.FlagSet, title string, names ...string) {
	for _, name := range names {
		_ = flags.SetAnnotation(name, sectionOf, []string{title})
	}
}

// printUsage is the help below a command's description: how to call it, examples, commands, flags under their headings.
func printUsage(cmd *cobra.Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage:\n  %s\n", cmd.UseLine())
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s COMMAND\n", cmd.CommandPath())
	}
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\nCommands:\n")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() || c.Name() == "help" {
				fmt.Fprintf(&b, "  %-12s%s\n", c.Name(), c.Short)
			}
		}
	}
	for _, s := range sections(cmd.Flags()) {
		fmt.Fprintf(&b, "\n%s:\n%s", s.title, s.flags.FlagUsagesWrapped(helpWidth))
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s COMMAND --help says more about a command.\n", cmd.CommandPath())
	}
	_, err := fmt.Fprint(cmd.OutOrStderr(), b.String())
	return err
}

type section struct {
	title string
	flags *pflag.FlagSet
}

// sections are the flags by their headings, in the order of their first flag; those without one come last.
func sections(all *pflag.FlagSet) []section {
	var out []section
	rest := pflag.NewFlagSet("", pflag.ContinueOnError)
	all.VisitAll(func(f *pflag.Flag) {
		title := f.Annotations[sectionOf]
		switch {
		case len(title) == 0:
			rest.AddFlag(f)
			return
		case len(out) == 0 || out[len(out)-1].title != title[0]:
			out = append(out, section{title[0], pflag.NewFlagSet("", pflag.ContinueOnError)})
			out[len(out)-1].flags.SortFlags = false
		}
		out[len(out)-1].flags.AddFlag(f)
	})
	return append(out, section{"Flags", rest})
}
