package cli

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/form"
	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
)

// secretFormat is one way to print the commands.
type secretFormat struct {
	id   string
	text func(secret.Request) (string, error)
}

func secretFormats() []secretFormat {
	return []secretFormat{
		{"script", func(r secret.Request) (string, error) { return secret.Script(r), nil }},
		{"oneline", secret.OneLine},
	}
}

type secretCommand struct {
	streams                                        Streams
	catalog                                        *form.Catalog
	values                                         valueFlags
	output                                         format
	answers, environment, format, namespace, login string
}

func newSecretCommand(catalog *form.Catalog, s Streams) *cobra.Command {
	c := &secretCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
		Use: "secret", Short: "Print the commands that make the pull secret", Args: noArguments,
		Long: `Print the commands that make the pull secret, from an answers file or from
values. They hold no password: it comes from the environment, the terminal, a
key file or a command when they run.`,
		Example: `  conductor-registry secret --answers answers.yaml > pull-secret.sh
  conductor-registry secret --answers answers.yaml --format oneline \
      --username 'robot$ci+puller'
  conductor-registry secret -f values.yaml --namespace conductor`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	addAnswersFile(cmd, &c.answers, "answers `FILE`; - is standard input")
	flags.StringVar(&c.environment, "environment", "", "which environment of the answers")
	inSection(flags, "From answers", "answers", "environment")
	c.values.add(cmd)
	inSection(flags, "From values", c.values.names()...)
	var ids []string
	for _, f := range secretFormats() {
		ids = append(ids, f.id)
	}
	flags.StringVar(&c.format, "format", ids[0], "`FORM` of the commands: "+strings.Join(ids, ", "))
	flags.StringVarP(&c.namespace, "namespace", "n", "", "namespace, if not the answers' (conductor for values)")
	flags.StringVar(&c.login, "username", "", "user name of the login, to have it in the commands")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(ids, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("environment", c.completeEnvironment)
	c.output.add(cmd)
	return cmd
}

func (c *secretCommand) run(cmd *cobra.Command) error {
	if err := c.checkFlags(cmd); err != nil {
		return err
	}
	formats := secretFormats()
	i := slices.IndexFunc(formats, func(f secretFormat) bool { return f.id == c.format })
	if i < 0 {
		return usage("--format %s: is not one of %s", c.format, formatIDs())
	}
	from := c.fromValues
	if cmd.Flags().Changed("answers") {
		from = c.fromAnswers
	}
	request, err := from(cmd)
	if err != nil {
		return err
	}
	text, err := formats[i].text(request)
	if err != nil {
		return exit{exitUsage, err}
	}
	if c.output.json() {
		return writeJSON(c.streams.Out, printed(c.format, request, text))
	}
	_, err = io.WriteString(c.streams.Out, strings.TrimSuffix(text, "\n")+"\n")
	return err
}

func formatIDs() string {
	var ids []string
	for _, f := range secretFormats() {
		ids = append(ids, f.id)
	}
	return strings.Join(ids, ", ")
}

// checkFlags wants one source, and no flag that belongs to the other.
func (c *secretCommand) checkFlags(cmd *cobra.Command) error {
	changed := cmd.Flags().Changed
	switch {
	case changed("answers"):
		for _, name := range c.values.names() {
			if changed(name) {
				return usage("--%s belongs to values, and --answers is given: give one of them", name)
			}
		}
		return nil
	case changed("environment"):
		return usage("--environment belongs to answers: give --answers FILE too")
	case !changed("values"):
		return usage("which secret? give --answers FILE or -f FILE, for example: conductor-registry secret -f values.yaml")
	}
	return nil
}

// printedSecret is what secret -o json prints.
type printedSecret struct {
	FormatVersion string         `json:"formatVersion"`
	Format        string         `json:"format,omitempty"`
	Name          string         `json:"name,omitempty"`
	Namespace     string         `json:"namespace,omitempty"`
	Registries    []string       `json:"registries"` // the keys of its auths
	Text          string         `json:"text"`
	Problems      model.Problems `json:"problems"`
}

func printed(format string, r secret.Request, text string) printedSecret {
	keys := []string{}
	for _, l := range r.Logins {
		keys = append(keys, l.AuthKey)
	}
	return printedSecret{formatVersion, format, r.Name, r.Namespace, keys, text, model.Problems{}}
}

// fromAnswers is the secret of one environment of an answers file.
func (c *secretCommand) fromAnswers(*cobra.Command) (secret.Request, error) {
	given, err := newGiven(c.answers, true, c.streams.In)
	if err != nil {
		return secret.Request{}, err
	}
	if c.namespace != "" {
		given.set("pullSecret.namespace", c.namespace, "--namespace")
	}
	if c.login != "" {
		given.set("pullSecret.username", c.login, "--username")
	}
	p, problems := given.plan(c.catalog)
	if len(problems) > 0 {
		return secret.Request{}, c.output.instead(c.streams.Out,
			printedSecret{FormatVersion: formatVersion, Registries: []string{}, Problems: problems},
			exit{exitUsage, given.worded(problems, c.catalog)})
	}
	env, err := pick(p, c.environment)
	if err != nil {
		return secret.Request{}, err
	}
	warn(c.streams.Err, given.placed(env.Problems))
	switch {
	case env.Secret.Script == "":
		return secret.Request{}, usage("no secret is made with the method %s of %s", env.Secret.Method, shownName(c.answers))
	case len(env.Secret.Logins) == 0:
		return secret.Request{}, usage("there is no secret to make: these registries need no login")
	}
	return env.Request(), nil
}

// pick is the environment with that name, or the only one.
func pick(p *plan.Plan, name string) (*plan.Environment, error) {
	var names []string
	for _, env := range p.Environments {
		if env.Name == name || name == "" && len(p.Environments) == 1 {
			return env, nil
		}
		names = append(names, env.Name)
	}
	known := strings.Join(names, ", ")
	switch {
	case known == "":
		return nil, usage("--environment %s: these answers have no environments; leave the flag out", name)
	case name == "":
		return nil, usage("which environment? give --environment with one of %s", known)
	}
	return nil, usage("--environment %s: is not one of %s", name, known)
}

// completeEnvironment offers the environments of the answers file that stands on the command line already.
func (c *secretCommand) completeEnvironment(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	if c.answers == "-" {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	given, err := newGiven(c.answers, true, c.streams.In)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return given.answers.Environments(), cobra.ShellCompDirectiveNoFileComp
}

// nothingToLogIn is why values lead to no commands.
func nothingToLogIn(images []string) error {
	return usage("there is no secret to make: the registries of %s need no login", strings.Join(images, " and "))
}

// unnamed is why values lead to no commands: no pod would use the secret.
func unnamed(profile string) error {
	return usage("with these values the pods of chart %s name no pull secret; see conductor-registry resolve", profile)
}
