package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
)

// fromAnswers is the secret of one environment of an answers file.
func (c *secretCommand) fromAnswers(*cobra.Command) (secret.Request, error) {
	given, err := newGiven(c.answers, true, c.streams.In)
	if err != nil {
		return secret.Request{}, err
	}
	if len(c.namespaces) > 0 {
		given.set("pullSecret.namespace", c.namespaces[0], "--namespace")
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
	request := env.Request()
	switch {
	case request.Method == "":
		return secret.Request{}, usage("no secret is made with the method %s of %s", env.Secret.Method, shownName(c.answers))
	case len(env.Secret.Logins) == 0:
		return secret.Request{}, usage("there is no secret to make: these registries need no login")
	}
	if len(c.namespaces) > 0 {
		request.Namespaces = c.namespaces
	}
	return request, c.checkNamespaces()
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
