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
	"conductor-registry/verify/cluster"
)

type secretCommand struct {
	command
	images           imageFlags
	format, username string
	namespaces       []string
	fromDocker       bool
}

func newSecret(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &secretCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
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
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	flags := c.Flags()
	flags.SortFlags = false
	c.images.add(&c.command, "environment of the answers")
	ids := formatIDs()
	flags.StringVar(&c.format, "format", ids[0], "`FORMAT` of the commands, see above")
	flags.StringSliceVarP(&c.namespaces, "namespace", "n", nil,
		"namespaces, separated by commas or -n again (default: the answers' namespace; conductor for values)")
	_ = c.RegisterFlagCompletionFunc("namespace",
		func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return clusterNames((*cluster.Kubectl).Namespaces, "", "", ""), cobra.ShellCompDirectiveNoFileComp
		})
	flags.StringVar(&c.username, "username", "", "user name to write into the commands")
	flags.BoolVar(&c.fromDocker, "from-docker-config", false, "take the credentials from docker's config.json")
	completeWith(c.Command, "format", ids)
	c.addOutput()
	return c.Command
}

func (c *secretCommand) run() error {
	if err := c.images.check(&c.command, "pull secret"); err != nil {
		return err
	}
	i := slices.Index(formatIDs(), c.format)
	if i < 0 {
		return usage("--format %q: is not one of %s", c.format, strings.Join(formatIDs(), ", "))
	}
	source := c.fromValues
	if c.images.fromAnswers(&c.command) {
		source = c.fromAnswers
	}
	request, err := source()
	if err != nil {
		return c.failAnswers(err, func(problems model.Problems) any {
			return printedSecret{FormatVersion: formatVersion, Registries: []string{}, Problems: problems}
		})
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
	return c.print(exitOK, c.document(request, text), func() error {
		if note := secret.Formats()[i].Note; note != "" {
			fmt.Fprintf(c.streams.Err, "note: %s\n", note)
		}
		_, err := io.WriteString(c.streams.Out, strings.TrimSuffix(text, "\n")+"\n")
		return err
	})
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
	in, err := c.images.readAnswers(&c.command)
	if err != nil {
		return none, err
	}
	if len(c.namespaces) > 0 {
		in.set("pullSecret.namespace", c.namespaces[0], "--namespace")
	}
	if c.username != "" {
		in.set("pullSecret.username", c.username, "--username")
	}
	p, err := in.planned(c.catalog)
	if err != nil {
		return none, err
	}
	env, err := environmentOf(p, c.images.environment)
	if err != nil {
		return none, err
	}
	printProblems(c.streams.Err, in.located(env.Problems))
	request := env.Request()
	switch {
	case request.Method == "":
		return none, usage("method %q of %s creates no secret", env.Secret.Method, shownName(in.file))
	case len(env.Secret.Logins) == 0:
		return none, usage("no secret is needed: these registries need no credentials")
	}
	if len(c.namespaces) > 0 {
		request.Namespaces = c.namespaces
	}
	return request, c.checkNamespaces()
}

// fromValues returns the secret that the pods of some values use, with credentials for each registry of their images.
func (c *secretCommand) fromValues() (secret.Request, error) {
	if len(c.images.values.files) == 0 {
		return secret.Request{}, usage("no values file given\nhint: conductor-registry secret -f values.yaml")
	}
	loaded, err := c.images.values.loadAccepted(&c.command)
	if err != nil {
		return secret.Request{}, err
	}
	profile, resolution := loaded.profile, loaded.resolution
	request := secret.Request{Method: secret.Kubectl, FileName: "pull-secret.sh", ValuesFile: c.images.values.files[0],
		Chart: profile.Reference()}
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
		return err
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

func (c *secretCommand) document(r secret.Request, text string) printedSecret {
	keys := []string{}
	for _, l := range r.Logins {
		keys = append(keys, l.AuthKey)
	}
	return printedSecret{formatVersion, c.format, r.Name, r.Namespaces[0], r.Namespaces, keys, text, model.Problems{}}
}
