package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/redact"
)

// answerFlags collect answers: a file, a flag for each question, and --set for any answers path.
type answerFlags struct {
	file      string
	sets      []string
	questions []questionFlag
}

type questionFlag struct {
	answers.Flag
	value *string
}

func (a *answerFlags) add(c *command) {
	flags := c.Flags()
	addAnswersFile(c, &a.file, "answers `FILE`, such as answers.yaml; - is standard input")
	flags.StringArrayVar(&a.sets, "set", nil,
		"set an answer by `PATH=VALUE`, such as environments.dev.tag=latest (repeatable)")
	completeAnswerPaths(c, &a.file)
	inSection(flags, "Answers", "answers", "set")
}

// addQuestions adds a flag for each question of the catalog, grouped by section.
func (a *answerFlags) addQuestions(c *command) {
	for _, section := range questionSections() {
		for _, flag := range c.catalog.Flags() {
			if sectionOfAnswer(flag.Path) == section {
				a.addQuestion(c, flag, section)
			}
		}
	}
}

func (a *answerFlags) addQuestion(c *command, flag answers.Flag, section string) {
	question := questionFlag{flag, new(string)}
	a.questions = append(a.questions, question)
	help := flag.Help
	if choices := strings.Join(flag.Values, ", "); !strings.Contains(help, choices) {
		help += ": " + choices
	}
	c.Flags().StringVar(question.value, flag.Name, "", help)
	inSection(c.Flags(), section, flag.Name)
	if flag.Rare {
		_ = c.Flags().MarkHidden(flag.Name)
	}
	if flag.Path == namespacePath {
		completeNamespaces(c, flag.Name)
		return
	}
	completeWith(c.Command, flag.Name, slices.Concat(flag.Values, flag.Offers))
}

// addAnswersFile adds --answers, which completes to YAML files.
func addAnswersFile(c *command, value *string, help string) {
	c.Flags().StringVar(value, "answers", "", help)
	_ = c.MarkFlagFilename("answers", "yaml", "yml")
}

// addEnvironment adds --environment, which completes to the environments of the answers file that was given.
func addEnvironment(c *command, value, file *string, help string) {
	c.Flags().StringVar(value, "environment", "", help)
	_ = c.RegisterFlagCompletionFunc("environment",
		func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return environmentsIn(*file), cobra.ShellCompDirectiveNoFileComp
		})
}

// questionSections returns the headings in the help, in order.
func questionSections() []string {
	return []string{
		"Registry (conductor-registry presets ID explains the fields)", "Images", "Pull secret", "Chart and environments",
	}
}

// sectionOfAnswer returns the heading for an answers path.
func sectionOfAnswer(path string) string {
	sections := questionSections()
	first, _, _ := strings.Cut(path, ".")
	switch first {
	case "registry":
		return sections[0]
	case "pullSecret":
		return sections[2]
	case "chart", "environments":
		return sections[3]
	}
	return sections[1]
}

// read returns the answers of the file with those of the flags over them.
func (a *answerFlags) read(c *command) (*answerInput, error) {
	in, err := readAnswers(a.file, c.changed("answers"), c.streams)
	if err != nil {
		return nil, err
	}
	for _, f := range a.questions {
		if c.changed(f.Name) {
			in.set(f.Path, *f.value, "--"+f.Name)
		}
	}
	for _, set := range a.sets {
		path, value, ok := strings.Cut(set, "=")
		if !ok || path == "" {
			in.problems = append(in.problems, model.Problem{Rule: "answer", Severity: model.Error,
				Summary: fmt.Sprintf("--set %q is not PATH=VALUE", redact.Text(set)), Fix: "write it as in --set tag=5.2.42"})
			continue
		}
		in.set(path, value, "--set "+redact.Text(path))
	}
	return in, nil
}
