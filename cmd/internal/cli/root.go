package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/redact"
	"conductor-registry/presets"
)

// newRoot returns the program: the wizard, with the other commands below it. Folders are those that the catalog has
// presets of.
func newRoot(
	catalog *answers.Catalog, folders []presets.Folder, s Streams, args []string,
) (*cobra.Command, error) {
	root := newWizard(catalog, folders, s, "conductor-registry")
	root.Long = `conductor-registry gets Orkes Conductor's two images (server and workers) pulled
from your own registry.

Without a command it asks a few questions in the terminal and shows the image
names that the pods will get after every key. It writes values.yaml and the
commands that create the pull secret. generate writes the same files without
questions.`
	root.Example = `  conductor-registry
  conductor-registry generate --answers answers.yaml --check
  conductor-registry resolve -f values.yaml`
	root.Version = version()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(printUsage)
	if len(args) == 0 { // only the wizard can run: its first frame does not wait for the other commands
		return root, nil
	}
	wizard := newWizard(catalog, folders, s, "wizard")
	generate, addQuestions := newGenerate(catalog, s)
	addCommands(root, catalog, s, wizard, generate)
	if commandOf(root, args) == generate { // only its flags come from all presets, which take milliseconds to read
		if err := catalog.Load(); err != nil {
			return nil, err
		}
		addQuestions()
	}
	refuseUnknownTopics(root, args)
	return root, nil
}

// commandOf returns the command that args run, explain or complete.
func commandOf(root *cobra.Command, args []string) *cobra.Command {
	if args[0] == "help" || strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		args = args[1:]
	}
	cmd, _, _ := root.Find(args) // cobra reports an unknown one
	return cmd
}

// addCommands adds the commands in groups of what a person wants to do.
func addCommands(root *cobra.Command, catalog *answers.Catalog, s Streams, wizard, generate *cobra.Command) {
	for _, group := range []struct {
		title    string
		commands []*cobra.Command
	}{
		{"Start", []*cobra.Command{wizard, generate, newSteps(catalog, s)}},
		{"Check values", []*cobra.Command{newResolve(catalog, s), newLint(catalog, s),
			newVerify(catalog, s), newConvert(catalog, s)}},
		{"Pull secrets and images", []*cobra.Command{newSecret(catalog, s), newProbe(catalog, s),
			newPin(catalog, s), newMirror(catalog, s), newDiagnose(catalog, s)}},
		{"Charts and registries", []*cobra.Command{newPresets(catalog, s), newInspect(catalog, s),
			newSchema(catalog, s)}},
		{"Other", []*cobra.Command{newDoctor(catalog, s), newVersion(catalog, s)}},
	} {
		root.AddGroup(&cobra.Group{ID: group.title, Title: group.title})
		for _, cmd := range group.commands {
			cmd.GroupID = group.title
			switch cmd.Name() {
			case "wizard", "version", "doctor": // the wizard decodes the presets behind its first frame
			case "resolve", "verify", "inspect": // they decode the charts that they use
				addPresetsFlag(cmd)
			default:
				addPresetsFlag(cmd)
				cmd.PersistentPreRunE = func(*cobra.Command, []string) error { return catalog.Load() }
			}
			if cmd != wizard {
				addVerbosity(cmd, s)
			}
			root.AddCommand(cmd)
		}
	}
	addTopics(root)
	root.SetHelpCommandGroupID("Other")
	root.SetCompletionCommandGroupID("Other")
}

// refuseUnknownTopics makes cobra's own commands refuse unknown arguments: they would print a help and succeed.
func refuseUnknownTopics(root *cobra.Command, args []string) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd(args...)
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Args = func(_ *cobra.Command, args []string) error {
				if found, _, err := root.Find(args); err != nil || found == root && len(args) > 0 {
					return noArguments(root, args)
				}
				return nil
			}
			cmd.ValidArgsFunction = completeTopics
		case "completion":
			cmd.Args = noArguments
			cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
}

// noArguments refuses arguments. Where a command has subcommands, the argument is a mistyped one.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !cmd.HasSubCommands() {
		return usage("unexpected argument %q: %s takes flags only\nhint: %s --help lists them", args[0], cmd.Name(),
			cmd.CommandPath())
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return usage("unknown command %q%s", args[0], suggestion(cmd, model.Nearest(args[0], names)))
}

// flagError returns pflag's error with the flag that was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	near := ""
	if name, ok := strings.CutPrefix(err.Error(), "unknown flag: --"); ok {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near = prefixed("--", model.Nearest(name, names)); near == "" {
			near = longerFlags(name, names)
		}
	}
	text, flags, found := strings.Cut(err.Error(), " in -")
	if found && len(flags) == 1 {
		text += " in -" + flags // longer ones may be a password, such as -pPASSWORD
	}
	return usage("%s%s", redact.Visible(text), suggestion(cmd, near))
}

// longerFlags returns the flags that have a name as a part, such as --registry-provider for --registry: the three of the
// fewest words at most.
func longerFlags(name string, names []string) string {
	names = slices.DeleteFunc(names, func(n string) bool { return !strings.Contains("-"+n+"-", "-"+name+"-") })
	slices.SortStableFunc(names, func(a, b string) int { return strings.Count(a, "-") - strings.Count(b, "-") })
	return prefixed("--", strings.Join(names[:min(3, len(names))], " or --"))
}

func suggestion(cmd *cobra.Command, near string) string {
	if near != "" {
		return "; did you mean " + near + "?"
	}
	return "\nhint: " + cmd.CommandPath() + " --help lists commands and flags"
}
