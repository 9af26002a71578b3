package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
)

// fromValues is the secret that the pods of some values name, with a login for each registry of their images.
func (c *secretCommand) fromValues(cmd *cobra.Command) (secret.Request, error) {
	profile, err := c.values.profile(cmd, c.catalog, c.streams)
	if err != nil {
		return secret.Request{}, err
	}
	request := secret.Request{
		Method: secret.Kubectl, FileName: "pull-secret.sh", ValuesFile: c.values.files[0],
		Chart: profile.Reference(),
	}
	resolution, code, err := c.values.resolve(profile, c.streams.In, standIn(profile)...)
	if err != nil {
		return request, err
	}
	if code != exitOK {
		return request, exit{code, refusal(profile, resolution.Error)}
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
	request.Logins = plan.LoginsForImages(c.catalog, components, images, c.login)
	if len(request.Logins) == 0 {
		return request, nothingToLogIn(images)
	}
	return request, nil
}

// complete fills in the namespace, and holds it and the user name to the rules of their questions.
func (c *secretCommand) complete(r *secret.Request) error {
	if c.login != "" {
		if err := c.check("pullSecret.username", c.login); err != nil {
			return usage("--username %s: %w", c.login, err)
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

// secretName is the name that the pods use first, if it can be made by kubectl.
func secretName(profile *chart.Profile, r *chart.Resolution) (string, error) {
	for _, component := range profile.Components {
		names := r.Components[component.Name].PullSecrets
		if len(names) == 0 {
			continue
		}
		if slices.ContainsFunc(r.Secrets, func(made chart.MadeSecret) bool { return made.Name == names[0] }) {
			return "", usage("with these values the chart makes the secret %v itself; see conductor-registry resolve", names[0])
		}
		return fmt.Sprint(names[0]), nil
	}
	return "", unnamed(profile.Version)
}
