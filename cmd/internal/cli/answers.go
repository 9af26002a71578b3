package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
)

// answerFlags collect answers: a file, a flag for each field, and --set for any path.
type answerFlags struct {
	file   string
	sets   []string
	fields []fieldFlag
}

type fieldFlag struct {
	answers.Flag
	value *string
}

// wantsFields tells whether a command line may need generate's flags for the fields. They come from all presets, which
// take milliseconds to read, and CI calls it with an answers file: then they are left out. Help, completion and flags
// that are not known without them, mistyped ones too, want them.
func wantsFields(args []string) bool {
	fixed := []string{"--answers", "--set", "--out", "--dry-run", "--check", "--force", "--merge", "--output", "-o", "-",
		"--chart"}
	return slices.Contains(args, "generate") && slices.ContainsFunc(args, func(arg string) bool {
		name, _, _ := strings.Cut(arg, "=")
		return arg == "help" || strings.HasPrefix(arg, "__complete") ||
			strings.HasPrefix(arg, "-") && !slices.Contains(fixed, name)
	})
}

// add makes the flags, those of the fields only where they are wanted.
func (a *answerFlags) add(cmd *cobra.Command, catalog *answers.Catalog, fields bool) {
	flags := cmd.Flags()
	addAnswersFile(cmd, &a.file, "answers `FILE`, such as answers.yaml; - is standard input")
	flags.StringArrayVar(&a.sets, "set", nil,
		"an answer by its `PATH=VALUE`, such as environments.dev.tag=latest (repeatable)")
	inSection(flags, "Answers", "answers", "set")
	if !fields {
		return
	}
	for _, title := range sectionTitles() {
		for _, flag := range catalog.Flags() {
			if sectionFor(flag.Path) == title {
				a.addField(cmd, flag, title)
			}
		}
	}
}

func (a *answerFlags) addField(cmd *cobra.Command, flag answers.Flag, section string) {
	field := fieldFlag{flag, new(string)}
	a.fields = append(a.fields, field)
	help := flag.Help
	if choices := strings.Join(flag.Values, ", "); !strings.Contains(help, choices) {
		help += ": " + choices
	}
	cmd.Flags().StringVar(field.value, flag.Name, "", help)
	inSection(cmd.Flags(), section, flag.Name)
	if flag.Rare {
		_ = cmd.Flags().MarkHidden(flag.Name)
	}
	_ = cmd.RegisterFlagCompletionFunc(flag.Name,
		cobra.FixedCompletions(flag.Values, cobra.ShellCompDirectiveNoFileComp))
}

// addAnswersFile adds --answers, which completes to YAML files.
func addAnswersFile(cmd *cobra.Command, value *string, help string) {
	cmd.Flags().StringVar(value, "answers", "", help)
	_ = cmd.MarkFlagFilename("answers", "yaml", "yml")
}

// sectionTitles are the headings of the help, what everyone needs first.
func sectionTitles() []string {
	return []string{
		"Registry (conductor-registry presets ID says more)", "Images", "Pull secret", "Chart and environments",
	}
}

// sectionFor is the heading that a field stands under, by where its answer stands in the file.
func sectionFor(path string) string {
	titles := sectionTitles()
	first, _, _ := strings.Cut(path, ".")
	switch first {
	case "registry":
		return titles[0]
	case "pullSecret":
		return titles[2]
	case "chart", "environments":
		return titles[3]
	}
	return titles[1]
}

// read is the answers of the file with those of the flags laid over.
func (a *answerFlags) read(cmd *cobra.Command, in io.Reader) (*given, error) {
	g, err := newGiven(a.file, cmd.Flags().Changed("answers"), in)
	if err != nil {
		return nil, err
	}
	for _, f := range a.fields {
		if cmd.Flags().Changed(f.Name) {
			g.set(f.Path, *f.value, "--"+f.Name)
		}
	}
	for _, set := range a.sets {
		path, value, ok := strings.Cut(set, "=")
		if !ok || path == "" {
			g.problems = append(g.problems, model.Problem{Rule: "answer", Severity: model.Error,
				Summary: fmt.Sprintf("--set %s: is no PATH=VALUE", set), Fix: "write it like --set tag=5.2.42"})
			continue
		}
		g.set(path, value, "--set "+path)
	}
	return g, nil
}

// flagFor is the flag that gives the answer at path.
func flagFor(catalog *answers.Catalog, path string) string {
	for _, f := range catalog.Flags() {
		if f.Path == path {
			return "--" + f.Name
		}
	}
	return "--set " + path
}
