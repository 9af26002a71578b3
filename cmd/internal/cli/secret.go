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
	c.images.add(&c.command, "environment `NAME` of the answers")
	ids := formatIDs()
	flags.StringVar(&c.format, "format", ids[0], "`FORMAT` of the commands, see above")
	flags.StringSliceVarP(&c.namespaces, "namespace", "n", nil,
		"namespaces, separated by commas or -n again (default: the answers' namespace; conductor for values)")
	completeNamespaces(&c.command, "namespace")
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
		return usage("--format %q is not one of %s", c.format, strings.Join(formatIDs(), ", "))
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
	return model.Map(secret.Formats(), func(f secret.Format) string { return f.ID })
}

// formatHelp lists the formats for the help.
func formatHelp() string {
	var b strings.Builder
	for _, f := range secret.Formats() {
		fmt.Fprintf(&b, "  %-16s %s\n", f.ID, f.About)
	}
	return b.String()
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
	keys := append([]string{}, model.Map(r.Logins, func(l secret.Login) string { return l.AuthKey })...)
	return printedSecret{formatVersion, c.format, r.Name, r.Namespaces[0], r.Namespaces, keys, text, model.Problems{}}
}
