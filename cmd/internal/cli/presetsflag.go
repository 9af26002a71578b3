package cli

import (
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"conductor-registry/presets"
)

const presetsFlag = "presets"

// addPresetsFlag adds --presets to a command that names registries. presetFolders reads its value.
func addPresetsFlag(cmd *cobra.Command) { definePresets(cmd.Flags(), new([]string)) }

func definePresets(flags *pflag.FlagSet, names *[]string) {
	flags.StringArrayVar(names, presetsFlag, nil, "add the registry presets `DIR`/*.yaml (repeatable)")
	_ = cobra.MarkFlagDirname(flags, presetsFlag)
}

// presetFolders returns the folders of --presets. It reads the arguments before cobra does, because generate has a flag
// for each field of each preset.
func presetFolders(args []string) []presets.Folder {
	var names []string
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	definePresets(flags, &names)
	_ = flags.Parse(args) // cobra reports what is wrong
	var folders []presets.Folder
	for _, name := range names {
		folders = append(folders, presets.Folder{Name: name, Files: os.DirFS(name)})
	}
	return folders
}
