package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"conductor-registry/model"
)

// newRoot is the program: the wizard, and the commands below it.
func newRoot(catalog lazyCatalog, s Streams, args []string) (*cobra.Command, error) {
	root := newWizard(catalog, s, "conductor-registry")
	root.Long = `conductor-registry gets Orkes Conductor's two images pulled from your own
registry.

Without a command it asks: a few questions in the terminal, with the image names
that the pods will get at every key. It writes values.yaml and the commands for
the pull secret. The same answers run without questions: see generate.`
	root.Example = `  conductor-registry
  conductor-registry generate --answers answers.yaml --check
  conductor-registry resolve -f values.yaml`
	root.Version = version()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(printUsage)
	if len(args) == 0 { // the wizard: its first frame does not wait for commands that nobody named
		return root, nil
	}
	fields := wantsFields(args)
	if fields {
		if err := catalog.load(); err != nil {
			return nil, err
		}
	}
	for _, cmd := range []*cobra.Command{newGenerate(catalog.Catalog, s, fields), newResolve(catalog.Catalog, s),
		newLint(catalog.Catalog, s), newVerify(catalog.Catalog, s), newInspect(catalog.Catalog, s),
		newConvert(catalog.Catalog, s), newSecretCommand(catalog.Catalog, s), newProbe(catalog.Catalog, s),
		newPin(catalog.Catalog, s), newDiagnose(catalog.Catalog, s),
		newPresets(catalog, s), newSchema(catalog.Catalog, s)} {
		cmd.PersistentPreRunE = func(*cobra.Command, []string) error { return catalog.load() }
		root.AddCommand(cmd)
	}
	root.AddCommand(newWizard(catalog, s, "wizard"), newVersion(s))
	tightenCobra(root, args)
	return root, nil
}

// tightenCobra has cobra's own commands refuse what is not known, as ours do: they would print a help and succeed.
func tightenCobra(root *cobra.Command, args []string) {
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
		case "completion":
			cmd.Args = noArguments
			cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
}

// noArguments wants none, and takes one for a mistyped command if there are commands.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !cmd.HasSubCommands() {
		return usage("%s takes flags only, and %q is none\nhint: %s --help lists them", cmd.Name(), args[0],
			cmd.CommandPath())
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return usage("unknown command %q%s", args[0], orHelp(cmd, model.Nearest(args[0], names)))
}

// flagError words pflag's errors and suggests the flag that was meant.
func flagError(cmd *cobra.Command, err error) error {
	near := ""
	if name, ok := strings.CutPrefix(err.Error(), "unknown flag: --"); ok {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near = model.Nearest(name, names); near != "" {
			near = "--" + near
		}
	}
	return usage("%w%s", err, orHelp(cmd, near))
}

func orHelp(cmd *cobra.Command, near string) string {
	if near != "" {
		return "; did you mean " + near + "?"
	}
	return "\nhint: " + cmd.CommandPath() + " --help lists commands and flags"
}

// exclude refuses flags that can't be given together.
func exclude(cmd *cobra.Command, names ...string) error {
	var given []string
	for _, name := range names {
		if cmd.Flags().Changed(name) {
			given = append(given, "--"+name)
		}
	}
	if len(given) > 1 {
		return usage("%s can't go together: give one of them", strings.Join(given, " and "))
	}
	return nil
}
