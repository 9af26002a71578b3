package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
)

type secretCommand struct {
	streams                                Streams
	catalog                                *answers.Catalog
	values                                 valueFlags
	output                                 format
	answers, environment, format, username string
	namespaces                             []string
	fromDocker                             bool
}

func newSecret(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &secretCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
		Use: "secret", Short: "Print the commands that create the pull secret", Args: noArguments,
		Long: `Print the commands that create the pull secret of an answers file or of values.
They contain no password: it comes from the environment, the terminal, a key
file or a command when they run.

Formats:
` + formatHelp() + `
With --from-docker-config the script takes the credentials from docker's
config.json when it runs: only the entry of each registry. Credentials that
docker keeps in a credential helper are not in that file; then the script stops
and says so.`,
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
	addEnvironment(cmd, &c.environment, &c.answers, "environment of the answers")
	inSection(flags, "From answers", "answers", "environment")
	c.values.add(cmd)
	inSection(flags, "From values", c.values.names()...)
	ids := formatIDs()
	flags.StringVar(&c.format, "format", ids[0], "`FORMAT` of the commands, see above")
	flags.StringSliceVarP(&c.namespaces, "namespace", "n", nil,
		"namespaces, separated by commas or -n again (default: the answers' namespace; conductor for values)")
	flags.StringVar(&c.username, "username", "", "user name to write into the commands")
	flags.BoolVar(&c.fromDocker, "from-docker-config", false, "take the credentials from docker's config.json")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(ids, cobra.ShellCompDirectiveNoFileComp))
	c.output.add(cmd)
	return cmd
}

func (c *secretCommand) run(cmd *cobra.Command) error {
	fromAnswers, err := answersOrValues(cmd, &c.values)
	if err != nil {
		return err
	}
	i := slices.Index(formatIDs(), c.format)
	if i < 0 {
		return usage("--format %q: is not one of %s", c.format, strings.Join(formatIDs(), ", "))
	}
	var request secret.Request
	switch {
	case fromAnswers:
		request, err = c.fromAnswers()
	case cmd.Flags().Changed("values"):
		request, err = c.fromValues(cmd)
	default:
		err = usage("no pull secret given\nhint: --answers FILE, or -f FILE: conductor-registry secret -f values.yaml")
	}
	if err != nil {
		return err
	}
	if c.fromDocker {
		if request, err = request.FromDockerConfig(); err != nil {
			return exit{exitUsage, err}
		}
	}
	text, err := secret.Formats()[i].Text(request)
	if err != nil {
		return exit{exitUsage, err}
	}
	if c.output.json() {
		return model.WriteJSON(c.streams.Out, c.json(request, text))
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

// formatHelp lists the formats for the help.
func formatHelp() string {
	var b strings.Builder
	for _, f := range secret.Formats() {
		fmt.Fprintf(&b, "  %-16s %s\n", f.ID, f.About)
	}
	return b.String()
}

// fromAnswers returns the secret of one environment of an answers file.
func (c *secretCommand) fromAnswers() (secret.Request, error) {
	var none secret.Request
	in, err := readAnswers(c.answers, true, c.streams.In)
	if err != nil {
		return none, err
	}
	if len(c.namespaces) > 0 {
		in.set("pullSecret.namespace", c.namespaces[0], "--namespace")
	}
	if c.username != "" {
		in.set("pullSecret.username", c.username, "--username")
	}
	p, problems := in.plan(c.catalog)
	if len(problems) > 0 {
		return none, c.output.instead(c.streams.Out,
			printedSecret{FormatVersion: formatVersion, Registries: []string{}, Problems: problems},
			exit{exitUsage, in.withFlagNames(problems, c.catalog)})
	}
	env, err := environmentOf(p, c.environment)
	if err != nil {
		return none, err
	}
	printProblems(c.streams.Err, in.located(env.Problems))
	request := env.Request()
	switch {
	case request.Method == "":
		return none, usage("method %q of %s creates no secret", env.Secret.Method, shownName(c.answers))
	case len(env.Secret.Logins) == 0:
		return none, usage("no secret is needed: these registries need no credentials")
	}
	if len(c.namespaces) > 0 {
		request.Namespaces = c.namespaces
	}
	return request, c.checkNamespaces()
}

// fromValues returns the secret that the pods of some values use, with credentials for each registry of their images.
func (c *secretCommand) fromValues(cmd *cobra.Command) (secret.Request, error) {
	profile, err := c.values.profile(cmd, c.catalog, c.streams)
	if err != nil {
		return secret.Request{}, err
	}
	request := secret.Request{
		Method: secret.Kubectl, FileName: "pull-secret.sh", ValuesFile: c.values.files[0], Chart: profile.Reference(),
	}
	resolution, err := c.values.resolved(profile, c.streams.In)
	if err != nil {
		return request, err
	}
	if err := c.complete(&request); err != nil {
		return request, err
	}
	if request.Name, err = secretName(profile, resolution); err != nil {
		return request, err
	}
	var components, images []string
	for _, component := range profile.Components {
		components = append(components, component.Name)
		images = append(images, resolution.Components[component.Name].Image)
	}
	request.Logins = plan.LoginsForImages(c.catalog, components, images, c.username)
	if len(request.Logins) == 0 {
		return request, usage("no secret is needed: the registries of %s need no credentials", model.List(images))
	}
	return request, nil
}

// complete sets the namespaces, and checks them and the user name by the rules of their questions.
func (c *secretCommand) complete(r *secret.Request) error {
	if c.username != "" {
		if err := c.check("pullSecret.username", c.username); err != nil {
			return usage("--username %q: %w", c.username, err)
		}
	}
	if r.Namespaces = c.namespaces; len(r.Namespaces) > 0 {
		return c.checkNamespaces()
	}
	field, err := c.catalog.Field(answers.New(), "pullSecret.namespace")
	if err != nil {
		return exit{exitFailure, err}
	}
	r.Namespaces = []string{field.Default}
	return nil
}

// secretName returns the first secret that the pods use. A secret that the chart creates itself is an error.
func secretName(profile *chart.Profile, r *chart.Resolution) (string, error) {
	for _, component := range profile.Components {
		names := r.Components[component.Name].PullSecrets
		if len(names) == 0 {
			continue
		}
		if slices.ContainsFunc(r.Secrets, func(made chart.MadeSecret) bool { return made.Name == names[0] }) {
			return "", usage("with these values the chart creates the secret %q itself; see conductor-registry resolve",
				fmt.Sprint(names[0]))
		}
		return fmt.Sprint(names[0]), nil
	}
	return "", usage("with these values the pods of chart %s use no pull secret; see conductor-registry resolve",
		profile.Version)
}

// checkNamespaces checks every --namespace by the rules of its question.
func (c *secretCommand) checkNamespaces() error {
	for i, namespace := range c.namespaces {
		if err := c.check("pullSecret.namespace", namespace); err != nil {
			return usage("--namespace %q: %w", namespace, err)
		}
		if slices.Contains(c.namespaces[:i], namespace) {
			return usage("--namespace %q: is given twice", namespace)
		}
	}
	return nil
}

// check checks a text by the rules of a question.
func (c *secretCommand) check(path, text string) error {
	field, err := c.catalog.Field(answers.New(), path)
	if err != nil {
		return err
	}
	return field.Check(text)
}

// printedSecret is the JSON output of secret.
type printedSecret struct {
	FormatVersion string         `json:"formatVersion"`
	Format        string         `json:"format,omitempty"`
	Name          string         `json:"name,omitempty"`
	Namespace     string         `json:"namespace,omitempty"` // the first one
	Namespaces    []string       `json:"namespaces,omitempty"`
	Registries    []string       `json:"registries"` // the keys of its auths
	Text          string         `json:"text"`
	Problems      model.Problems `json:"problems"`
}

func (c *secretCommand) json(r secret.Request, text string) printedSecret {
	keys := []string{}
	for _, l := range r.Logins {
		keys = append(keys, l.AuthKey)
	}
	return printedSecret{formatVersion, c.format, r.Name, r.Namespaces[0], r.Namespaces, keys, text, model.Problems{}}
}
