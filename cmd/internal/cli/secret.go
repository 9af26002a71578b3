package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/secret"
)

type secretCommand struct {
	streams                             Streams
	catalog                             *answers.Catalog
	values                              valueFlags
	output                              format
	answers, environment, format, login string
	namespaces                          []string
	docker                              bool
}

func newSecretCommand(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &secretCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
		Use: "secret", Short: "Print the commands that make the pull secret", Args: noArguments,
		Long: `Print the commands that make the pull secret, from an answers file or from
values. They hold no password: it comes from the environment, the terminal, a
key file or a command when they run.

Forms:
` + formatList() + `
With --from-docker-config the script takes the logins from docker's
config.json when it runs: of each registry its own entry, and nothing else. A
login that docker keeps in a credential helper is not in that file; the script
says so and stops.`,
		Example: `  conductor-registry secret --answers answers.yaml > pull-secret.sh
  conductor-registry secret --answers answers.yaml --format oneline \
      --username 'robot$ci+puller'
  conductor-registry secret -f values.yaml --namespace conductor,staging
  conductor-registry secret --answers answers.yaml --format external-secret \
      > acr-credentials.yaml`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	addAnswersFile(cmd, &c.answers, "answers `FILE`; - is standard input")
	flags.StringVar(&c.environment, "environment", "", "which environment of the answers")
	inSection(flags, "From answers", "answers", "environment")
	c.values.add(cmd)
	inSection(flags, "From values", c.values.names()...)
	ids := formatIDs()
	flags.StringVar(&c.format, "format", ids[0], "`FORM` of the commands, see above")
	flags.StringSliceVarP(&c.namespaces, "namespace", "n", nil,
		"namespace, if not the answers' (conductor for values); several with commas, or -n again")
	flags.StringVar(&c.login, "username", "", "user name of the login, to have it in the commands")
	flags.BoolVar(&c.docker, "from-docker-config", false, "the logins are those of docker's config.json")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(ids, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("environment", c.completeEnvironment)
	c.output.add(cmd)
	return cmd
}

func (c *secretCommand) run(cmd *cobra.Command) error {
	if err := c.checkFlags(cmd); err != nil {
		return err
	}
	formats := secret.Formats()
	i := slices.Index(formatIDs(), c.format)
	if i < 0 {
		return usage("--format %s: is not one of %s", c.format, strings.Join(formatIDs(), ", "))
	}
	from := c.fromValues
	if cmd.Flags().Changed("answers") {
		from = c.fromAnswers
	}
	request, err := from(cmd)
	if err != nil {
		return err
	}
	if c.docker {
		if request, err = request.FromDockerConfig(); err != nil {
			return exit{exitUsage, err}
		}
	}
	text, err := formats[i].Text(request)
	if err != nil {
		return exit{exitUsage, err}
	}
	if c.output.json() {
		return writeJSON(c.streams.Out, printed(c.format, request, text))
	}
	_, err = io.WriteString(c.streams.Out, strings.TrimSuffix(text, "\n")+"\n")
	return err
}

func formatIDs() []string {
	var ids []string
	for _, f := range secret.Formats() {
		ids = append(ids, f.ID)
	}
	return ids
}

// formatList is the forms for the help.
func formatList() string {
	var b strings.Builder
	for _, f := range secret.Formats() {
		fmt.Fprintf(&b, "  %-16s %s\n", f.ID, f.About)
	}
	return b.String()
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

// checkNamespaces holds all of --namespace to the rules of its question, the first as well as the others.
func (c *secretCommand) checkNamespaces() error {
	for i, namespace := range c.namespaces {
		if err := c.check("pullSecret.namespace", namespace); err != nil {
			return usage("--namespace %s: %w", namespace, err)
		}
		if slices.Contains(c.namespaces[:i], namespace) {
			return usage("--namespace %s: is there twice", namespace)
		}
	}
	return nil
}

// check holds a text to the rules of a question.
func (c *secretCommand) check(path, text string) error {
	field, err := c.catalog.Field(answers.New(), path)
	if err != nil {
		return err
	}
	return field.Check(text)
}

// printedSecret is what secret -o json prints.
type printedSecret struct {
	FormatVersion string         `json:"formatVersion"`
	Format        string         `json:"format,omitempty"`
	Name          string         `json:"name,omitempty"`
	Namespace     string         `json:"namespace,omitempty"` // the first
	Namespaces    []string       `json:"namespaces,omitempty"`
	Registries    []string       `json:"registries"` // the keys of its auths
	Text          string         `json:"text"`
	Problems      model.Problems `json:"problems"`
}

func printed(format string, r secret.Request, text string) printedSecret {
	keys := []string{}
	for _, l := range r.Logins {
		keys = append(keys, l.AuthKey)
	}
	return printedSecret{formatVersion, format, r.Name, r.Namespaces[0], r.Namespaces, keys, text, model.Problems{}}
}

// nothingToLogIn is why values lead to no commands.
func nothingToLogIn(images []string) error {
	return usage("there is no secret to make: the registries of %s need no login", strings.Join(images, " and "))
}

// unnamed is why values lead to no commands: no pod would use the secret.
func unnamed(profile string) error {
	return usage("with these values the pods of chart %s name no pull secret; see conductor-registry resolve", profile)
}
