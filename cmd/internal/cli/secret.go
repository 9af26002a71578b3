package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/form"
	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
)

// secretFormats are the ways to print the commands.
func secretFormats() map[string]func(secret.Request) (string, error) {
	return map[string]func(secret.Request) (string, error){
		"script":  func(r secret.Request) (string, error) { return secret.Script(r), nil },
		"oneline": secret.OneLine,
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
	cmd := &cobra.Command{Use: "secret", Short: "Print the commands that make the pull secret", Args: cobra.NoArgs,
		Long: `Print the commands that make the pull secret, from an answers file or from values.
They hold no password: it comes from the environment, the terminal, a key file
or a command when they run.`,
		Example: `  conductor-registry secret --answers answers.yaml > pull-secret.sh
  conductor-registry secret --answers answers.yaml --format oneline --username 'robot$ci+puller'
  conductor-registry secret -f values.yaml --namespace conductor`,
		RunE: func(*cobra.Command, []string) error { return c.run() }}
	flags := cmd.Flags()
	flags.StringVar(&c.answers, "answers", "", "answers file; - is standard input")
	flags.StringVar(&c.environment, "environment", "", "which environment of the answers")
	c.values.add(cmd, catalog)
	flags.StringVar(&c.format, "format", "script", "script or oneline")
	flags.StringVarP(&c.namespace, "namespace", "n", "", "namespace, if not the answers' (conductor for values)")
	flags.StringVar(&c.login, "username", "", "user name of the login, to have it in the commands")
	cmd.MarkFlagsMutuallyExclusive("answers", "values")
	cmd.MarkFlagsOneRequired("answers", "values")
	formats := slices.Sorted(mapKeys(secretFormats()))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	c.output.add(cmd)
	return cmd
}

func (c *secretCommand) run() error {
	print, ok := secretFormats()[c.format]
	if !ok {
		return exit{exitUsage, fmt.Errorf("--format %s: one of %s", c.format,
			strings.Join(slices.Sorted(mapKeys(secretFormats())), ", "))}
	}
	request, err := c.fromAnswers()
	if c.answers == "" {
		request, err = c.fromValues()
	}
	if err != nil {
		return err
	}
	text, err := print(request)
	if err != nil {
		return exit{exitUsage, err}
	}
	if !c.output.json() {
		fmt.Fprintln(c.streams.Out, strings.TrimSuffix(text, "\n"))
		return nil
	}
	keys := []string{}
	for _, l := range request.Logins {
		keys = append(keys, l.AuthKey)
	}
	return writeJSON(c.streams.Out, map[string]any{"formatVersion": formatVersion, "format": c.format,
		"name": request.Name, "namespace": request.Namespace, "registries": keys, "text": text})
}

// fromAnswers is the secret of one environment of an answers file.
func (c *secretCommand) fromAnswers() (secret.Request, error) {
	if c.answers == "" {
		return secret.Request{}, nil
	}
	given, err := readAnswers(c.answers, c.streams.In)
	if err != nil {
		return secret.Request{}, err
	}
	for path, value := range map[string]string{"pullSecret.namespace": c.namespace, "pullSecret.username": c.login} {
		if value != "" {
			given.Set(path, value)
		}
	}
	p, problems := plan.Build(c.catalog, given, c.answers)
	if len(problems) > 0 {
		return secret.Request{}, invalid(problems)
	}
	env, err := pick(p, c.environment)
	if err != nil {
		return secret.Request{}, err
	}
	if !env.HasScript() {
		return secret.Request{}, exit{exitUsage, fmt.Errorf("there is no secret to make: the method is %s", env.Secret.Method)}
	}
	warn(c.streams.Err, env.Problems)
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
	return nil, exit{exitUsage, fmt.Errorf("--environment %q: one of %s", name, strings.Join(names, ", "))}
}

// fromValues is the secret that the pods of some values name, with a login for each registry of their images.
func (c *secretCommand) fromValues() (secret.Request, error) {
	profile, err := c.values.profile(c.catalog)
	if err != nil {
		return secret.Request{}, err
	}
	resolution, code, err := resolve(profile, &c.values, c.streams.In)
	if err != nil {
		return secret.Request{}, err
	}
	if code != exitOK {
		return secret.Request{}, exit{code, errors.New(resolution.Error.Message)}
	}
	request := secret.Request{Method: secret.Kubectl, Namespace: c.namespace, FileName: "pull-secret.sh", ValuesFile: c.values.files[0]}
	if request.Namespace == "" {
		f, _ := c.catalog.Field(answers.New(), "pullSecret.namespace")
		request.Namespace = f.Default
	}
	if request.Name, err = secretName(resolution); err != nil {
		return request, err
	}
	var images []string
	for _, component := range profile.Components {
		images = append(images, resolution.Components[component.Name].Image)
	}
	request.Logins = plan.LoginsForImages(c.catalog, images, c.login)
	if len(request.Logins) == 0 {
		return request, exit{exitUsage, errors.New("the registries of these images need no login")}
	}
	return request, nil
}

// secretName is the name that all pods use, if it can be made by kubectl.
func secretName(r *chart.Resolution) (string, error) {
	for _, c := range r.Components {
		for _, s := range c.PullSecrets {
			name := fmt.Sprint(s)
			for _, made := range r.Secrets {
				if fmt.Sprint(made.Name) == name {
					return "", exit{exitUsage, fmt.Errorf("with these values the chart makes the secret %s itself; "+
						"name your own in existingImagePullSecret", name)}
				}
			}
			return name, nil
		}
	}
	return "", exit{exitUsage, errors.New("with these values the pods name no pull secret")}
}
