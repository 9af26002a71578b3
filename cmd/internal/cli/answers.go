package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/form"
)

// answerFlags collect answers: a file, a flag for each field, and --set for any path.
type answerFlags struct {
	file   string
	sets   []string
	fields map[string]*string // by answers path
}

func (a *answerFlags) add(cmd *cobra.Command, catalog *form.Catalog) {
	flags := cmd.Flags()
	flags.StringVar(&a.file, "answers", "", "answers file; - is standard input")
	flags.StringArrayVar(&a.sets, "set", nil, "an answer by its path: environments.dev.tag=latest (repeatable)")
	a.fields = map[string]*string{}
	for _, flag := range catalog.Flags() {
		value := new(string)
		a.fields[flag.Path] = value
		flags.StringVar(value, flag.Name, "", flag.Help)
		if flag.Rare {
			_ = flags.MarkHidden(flag.Name)
		}
		if len(flag.Values) > 0 {
			_ = cmd.RegisterFlagCompletionFunc(flag.Name,
				cobra.FixedCompletions(flag.Values, cobra.ShellCompDirectiveNoFileComp))
		}
	}
}

// read is the answers of the file with those of the flags laid over.
func (a *answerFlags) read(cmd *cobra.Command, in io.Reader) (*answers.Answers, error) {
	given := answers.New()
	if a.file != "" {
		var err error
		if given, err = readAnswers(a.file, in); err != nil {
			return nil, err
		}
	}
	for path, value := range a.fields {
		if cmd.Flags().Changed(form.FlagName(path)) {
			given.Set(path, *value)
		}
	}
	for _, set := range a.sets {
		path, value, ok := strings.Cut(set, "=")
		if !ok || path == "" {
			return nil, exit{exitUsage, fmt.Errorf("--set %s: write PATH=VALUE, for example tag=5.2.42", set)}
		}
		given.Set(path, value)
	}
	return given, nil
}

// source is how problems name where the answers come from.
func (a *answerFlags) source() string { return a.file }

func readAnswers(name string, in io.Reader) (*answers.Answers, error) {
	data, err := readFile(name, in)
	if err != nil {
		return nil, exit{exitUsage, err}
	}
	given, problems := answers.Decode(name, data)
	if len(problems) > 0 {
		return nil, exit{exitUsage, problems}
	}
	return given, nil
}

// maxFile keeps a mistaken path, such as an image archive, from filling the memory. Real files have some kilobytes.
const maxFile = 16 << 20

// readFile reads a file, or standard input for "-".
func readFile(name string, in io.Reader) ([]byte, error) {
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("can't read %s: %w", name, errors.Unwrap(err))
		}
		defer file.Close()
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("can't read %s: %w", name, errors.Unwrap(err))
	case len(data) > maxFile:
		return nil, fmt.Errorf("%s is larger than %d MB: is it the right file?", name, maxFile>>20)
	}
	return data, nil
}

// invalid is the error for answers that make no plan.
func invalid(problems model.Problems) error { return exit{exitUsage, problems} }
