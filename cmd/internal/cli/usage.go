package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is the width of help in cells: every terminal has it.
const helpWidth = 80

// sectionOf is the annotation with the heading of a flag in the help.
const sectionOf = "section"

// inSection puts flags under a heading.
func inSection(flags *pflag.FlagSet, title string, names ...string) {
	for _, name := range names {
		_ = flags.SetAnnotation(name, sectionOf, []string{title})
	}
}

// printUsage prints the help below a command's description: its form, examples, commands by group, and flags by section.
func printUsage(cmd *cobra.Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage:\n  %s\n", cmd.UseLine())
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s COMMAND\n", cmd.CommandPath())
	}
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", cmd.Example)
	}
	printCommands(&b, cmd)
	for _, s := range sections(cmd.Flags()) {
		fmt.Fprintf(&b, "\n%s:\n%s", s.title, s.flags.FlagUsagesWrapped(helpWidth))
	}
	printTopics(&b, cmd)
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s COMMAND --help describes a command.\n", cmd.CommandPath())
	}
	_, err := fmt.Fprint(cmd.OutOrStderr(), b.String())
	return err
}

// printCommands prints the subcommands by group.
func printCommands(b *strings.Builder, cmd *cobra.Command) {
	printGroup := func(title, id string) {
		for _, c := range cmd.Commands() {
			if c.GroupID != id || !c.IsAvailableCommand() && c.Name() != "help" {
				continue
			}
			if title != "" {
				fmt.Fprintf(b, "\n%s:\n", title)
				title = ""
			}
			fmt.Fprintf(b, "  %-12s%s\n", c.Name(), c.Short)
		}
	}
	for _, group := range cmd.Groups() {
		printGroup(group.Title, group.ID)
	}
	printGroup("Commands", "")
}

type section struct {
	title string
	flags *pflag.FlagSet
}

// sections returns the flags by heading, in the order of their first flag. Flags without a heading come last.
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
