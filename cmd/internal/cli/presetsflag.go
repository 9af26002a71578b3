package cli

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/presets"
)

const presetsFlag = "presets"

// addPresetsFlag adds --presets to a command that names registries. presetFolders reads its value.
func addPresetsFlag(cmd *cobra.Command) { definePresets(cmd.Flags(), new([]string)) }

func definePresets(flags *pflag.FlagSet, names *[]string) {
	flags.StringArrayVar(names, presetsFlag, nil, "add the registry presets `DIR`/*.yaml (repeatable)")
	_ = cobra.MarkFlagDirname(flags, presetsFlag)
}

// presetFolders returns the folders of --presets and the one that the answers file names. It reads the arguments before
// cobra does, because generate has a flag for each field of each preset.
func presetFolders(args []string, s Streams) []presets.Folder {
	var names []string
	var answersFile string
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	definePresets(flags, &names)
	flags.StringVar(&answersFile, "answers", "", "")
	_ = flags.Parse(args) // cobra reports what is wrong
	if named := presetsOf(answersFile); named != "" && !slices.Contains(names, named) {
		names = append(names, named)
	}
	var folders []presets.Folder
	for _, name := range names {
		s.known.AddText(name)
		folders = append(folders, presets.Folder{Name: name, Files: presetFiles{os.DirFS(name), name, s}})
	}
	return folders
}

// presetFiles are the files of a folder, read with bounds; their secrets stay out of all text.
type presetFiles struct {
	fs.FS
	folder  string
	streams Streams
}

// ReadFile returns the content of a regular file.
func (f presetFiles) ReadFile(name string) ([]byte, error) {
	data, err := files.Read(filepath.Join(f.folder, name))
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", shownName(name), err)
	}
	f.streams.known.AddFile(data)
	f.streams.inputs.add(filepath.Join(f.folder, name))
	return data, nil
}

// presetsOf returns the folder of presets that an answers file names, or "". A file that cannot be read is reported when
// its answers are read.
func presetsOf(answersFile string) string {
	if answersFile == "" || answersFile == "-" {
		return ""
	}
	data, err := readFile(answersFile, nil)
	if err != nil {
		return ""
	}
	a, _ := answers.Decode(answersFile, data)
	name := a.Get(answers.PresetsLeaf)
	if name == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(answersFile), name)
}

// presetsFromStdin returns a problem for answers on standard input that name a folder of presets: it would be relative
// to their file.
func presetsFromStdin(a *answers.Answers) model.Problems {
	if !a.Has(answers.PresetsLeaf) {
		return nil
	}
	return model.Problems{{Rule: "answer", Severity: model.Error, File: "-", Line: a.Line(answers.PresetsLeaf),
		Path: answers.PresetsLeaf, Summary: "is relative to the answers file, and standard input is not a file",
		Fix: "remove it and use --presets DIR"}}
}
