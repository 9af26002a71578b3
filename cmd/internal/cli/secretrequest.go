package cli

import (
	"cmp"
	"fmt"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
)

// fromAnswers returns the secret of one environment of an answers file.
func (c *secretCommand) fromAnswers() (secret.Request, error) {
	var none secret.Request
	in, err := c.images.readAnswers(&c.command)
	if err != nil {
		return none, err
	}
	if len(c.namespaces) > 0 {
		in.set("pullSecret.namespace", c.namespaces[0], "--namespace")
	} else if namespace := helmNamespace(c.streams); namespace != "" {
		c.useHelmNamespace(in, namespace)
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

// useHelmNamespace sets the namespace that helm was called with, and says so where the answers name another one: helm
// keeps -n to itself, and also takes a namespace from kubectl's context.
func (c *secretCommand) useHelmNamespace(in *answerInput, namespace string) {
	const path = "pullSecret.namespace"
	if named := in.answers.Get(path); named != "" && named != namespace {
		fmt.Fprintf(c.streams.Err, "note: the namespace is %q as helm says (HELM_NAMESPACE), not %q as the answers say\n",
			namespace, named)
	}
	in.set(path, namespace, "HELM_NAMESPACE")
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
	components := profile.ComponentNames()
	images := model.Map(components, func(name string) string { return resolution.Components[name].Image })
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
	r.Namespaces = []string{cmp.Or(helmNamespace(c.streams), field.Default)}
	if err := field.Check(r.Namespaces[0]); err != nil {
		return usage("HELM_NAMESPACE %q: %w", r.Namespaces[0], err)
	}
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
