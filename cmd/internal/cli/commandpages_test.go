package cli

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"conductor-registry/golden"
	"conductor-registry/model/answers"
)

// checkCommandPages holds docs/commands and docs/man to the commands, their flags and the topics of help.
func checkCommandPages(t *testing.T, catalog *answers.Catalog) {
	root, err := newRoot(catalog, nil, Streams{}, []string{"help", "generate"}) // with the flags for all answers
	if err != nil {
		t.Fatal(err)
	}
	folder, man := golden.Open(t, docs+"commands"), golden.Open(t, docs+"man")
	man.Check("conductor-registry.1", manPage(root))
	var rows, topics [][]string
	for _, cmd := range byGroup(root) {
		row := []string{fmt.Sprintf("[%s](%[1]s.md)", cmd.Name()), prose(cmd.Short)}
		if cmd.IsAdditionalHelpTopicCommand() {
			topics = append(topics, row)
		} else {
			rows = append(rows, append([]string{groupOf(root, cmd)}, row...))
			man.Check("conductor-registry-"+cmd.Name()+".1", manPage(cmd))
		}
		folder.Check(cmd.Name()+".md", commandPage(cmd))
	}
	var p page
	p.printf("# Commands\n\n%s\n\n", root.Long)
	p.block("sh network", unindent(root.Example))
	p.printf("\n")
	p.table("to | command | does", rows)
	p.heading("Help about")
	p.table("topic | is about", topics)
	p.printf("\nGenerated from the commands by `make golden`. Releases have the same pages for `man`.\n")
	folder.Check("README.md", p.text())
}

// byGroup returns the commands in the order of their groups, as the help lists them.
func byGroup(root *cobra.Command) []*cobra.Command {
	commands := slices.Clone(root.Commands())
	place := func(cmd *cobra.Command) int {
		return slices.IndexFunc(root.Groups(), func(g *cobra.Group) bool { return g.ID == cmd.GroupID })
	}
	slices.SortStableFunc(commands, func(a, b *cobra.Command) int { return cmp.Compare(place(a), place(b)) })
	return commands
}

// groupOf returns the title of a command's group.
func groupOf(root, cmd *cobra.Command) string {
	for _, group := range root.Groups() {
		if group.ID == cmd.GroupID {
			return group.Title
		}
	}
	return ""
}

// commandPage returns the page of a command or of a topic of help.
func commandPage(cmd *cobra.Command) []byte {
	var p page
	p.printf("# %s\n\n%s.\n", cmp.Or(topicTitle(cmd), cmd.CommandPath()), prose(cmd.Short))
	if topicTitle(cmd) != "" {
		p.printf("\n")
		p.block("text", cmd.Long)
		return p.text()
	}
	p.printf("\n")
	p.block("text", cmd.UseLine())
	if cmd.HasExample() {
		p.heading("Examples")
		p.block("sh network", unindent(cmd.Example))
	}
	if cmd.Long != "" {
		p.heading("Description")
		longText(&p, cmd.Long)
	}
	for _, sub := range cmd.Commands() {
		p.heading(sub.CommandPath())
		p.block("text", strings.TrimSpace(sub.Long))
	}
	for _, s := range sections(cmd.Flags()) {
		if s.flags.HasAvailableFlags() {
			p.heading(s.title)
			p.table("flag | meaning | default", flagRows(s.flags))
		}
	}
	p.printf("\n[All commands](README.md) · [exit codes](exit-codes.md) · [variables](environment.md)\n")
	return p.text()
}

// topicTitle returns the title of a topic of help, and "" for a command.
func topicTitle(cmd *cobra.Command) string {
	if !cmd.IsAdditionalHelpTopicCommand() || cmd.Runnable() || cmd.HasSubCommands() {
		return ""
	}
	return cmd.Name()
}

// longText writes a description: its paragraphs, and its indented lines as a block.
func longText(p *page, text string) {
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			p.printf("\n")
		}
		if strings.HasPrefix(paragraph, "  ") {
			p.block("text", unindent(paragraph))
			continue
		}
		p.printf("%s\n", prose(paragraph))
	}
}

// unindent returns a text without the two spaces that help has before its lines.
func unindent(text string) string {
	return strings.TrimPrefix(strings.ReplaceAll("\n"+text, "\n  ", "\n"), "\n")
}

// flagRows returns a row for each flag.
func flagRows(flags *pflag.FlagSet) (rows [][]string) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		names := "`--" + strings.TrimSpace(f.Name+" "+value) + "`"
		if f.Shorthand != "" {
			names = "`-" + f.Shorthand + "`, " + names
		}
		rows = append(rows, []string{names, prose(usage), shownDefault(f)})
	})
	return rows
}

// shownDefault returns the default of a flag as help shows it; "" for the zero value of its type.
func shownDefault(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "false", "[]", "0", "0s":
		return ""
	}
	return "`" + f.DefValue + "`"
}

// manPage returns the manual page of a command, in the man macros of troff.
func manPage(cmd *cobra.Command) []byte {
	var p page
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	p.printf(".TH %s 1 \"\" conductor\\-registry\n.SH NAME\n%s \\- %s\n", roff(strings.ToUpper(name)), roff(name), roff(cmd.Short))
	p.printf(".SH SYNOPSIS\n.B %s\n", roff(cmd.UseLine()))
	p.printf(".SH DESCRIPTION\n.nf\n%s\n.fi\n", roff(cmp.Or(cmd.Long, cmd.Short)))
	if cmd.HasExample() {
		p.printf(".SH EXAMPLES\n.nf\n%s\n.fi\n", roff(unindent(cmd.Example)))
	}
	if cmd.HasAvailableSubCommands() {
		p.printf(".SH COMMANDS\n")
	}
	for _, sub := range cmd.Commands() {
		if !sub.IsAdditionalHelpTopicCommand() {
			p.printf(".TP\n.B %s\n%s\n", roff(sub.Name()), roff(sub.Short))
		}
	}
	for _, s := range sections(cmd.Flags()) {
		if s.flags.HasAvailableFlags() {
			p.printf(".SH %s\n", roff(strings.ToUpper(s.title)))
		}
		s.flags.VisitAll(func(f *pflag.Flag) {
			value, usage := pflag.UnquoteUsage(f)
			p.printf(".TP\n.B %s\n%s\n", roff(strings.TrimSpace(flagNames(f)+" "+value)), roff(usage))
		})
	}
	if !cmd.HasParent() {
		for _, text := range []string{exitCodesHelp, environmentHelp} {
			title, body, _ := strings.Cut(text, "\n")
			p.printf(".SH %s\n.nf\n%s\n.fi\n", roff(strings.ToUpper(strings.TrimSuffix(title, ":"))), roff(strings.Trim(body, "\n")))
		}
	}
	return p.Bytes()
}

// flagNames returns the names of a flag, such as -o, --output.
func flagNames(f *pflag.Flag) string {
	if f.Shorthand == "" {
		return "--" + f.Name
	}
	return "-" + f.Shorthand + ", --" + f.Name
}

// roff returns a text for troff: no character of it is a request or an escape.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\t", "    ").Replace(text)
	return regexp.MustCompile(`(?m)^([.'])`).ReplaceAllString(text, `\&$1`)
}
