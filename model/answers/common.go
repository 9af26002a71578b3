package answers

import (
	"errors"
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
)

func (q question) chart() Field {
	f := Field{Page: Chart, Label: "Chart", Help: "the one to install; helm list -A shows what runs already",
		Default: q.catalog.Charts[0].ID}
	for _, p := range q.catalog.Charts {
		f.Choices = append(f.Choices, Choice{Value: p.ID, Label: p.Title, Summary: p.Summary})
	}
	f.Check = func(value string) error {
		_, err := q.catalog.Chart(value)
		return err
	}
	return f
}

func (q question) environments() Field {
	return Field{Page: Chart, Label: "Environments", Example: "dev, prod", Advanced: true,
		Help:  "a set of files for each; leave empty for one set",
		Check: checkEnvironments}
}

func checkEnvironments(value string) error {
	seen := map[string]bool{}
	for _, name := range SplitNames(value) {
		if len(name) > 32 || !model.IsLabel(name) {
			return fmt.Errorf("%q can't be part of a file name: lower-case letters, digits and dashes, "+
				"for example dev, prod", name)
		}
		if seen[name] {
			return fmt.Errorf("%s is named twice", name)
		}
		seen[name] = true
	}
	return nil
}

func (q question) provider() Field {
	f := Field{Page: Registry, Label: "Registry"}
	if q.component != "" {
		f.Page, f.Advanced = Pattern, q.first() || q.pattern().Default == q.chosenPattern()
		f.Choices = []Choice{{Label: "the same registry", Summary: "as chosen before"}}
	}
	for _, p := range q.catalog.Registries.Entries() {
		f.Choices = append(f.Choices, Choice{Value: p.ID, Label: p.Title, Summary: p.Summary, Keywords: p.Keywords})
	}
	f.Check = func(value string) error {
		err := oneOf(f)(value)
		if near := q.catalog.Registries.Suggest(value); err != nil && near != "" {
			return fmt.Errorf("%q is not one of %s; did you mean %s?", value, strings.Join(q.providers(), ", "), near)
		}
		if value == "" {
			return errors.New("is empty: leave it out for the same registry")
		}
		return err
	}
	return f
}

// first tells whether the component is the one that the common registry is asked for with.
func (q question) first() bool { return q.component == q.profile().Components[0].Name }

func (q question) chosenPattern() string {
	if pattern := q.here.Get("pattern"); pattern != "" {
		return pattern
	}
	return q.pattern().Default
}

func (q question) providers() []string {
	var ids []string
	for _, p := range q.catalog.Registries.Entries() {
		ids = append(ids, p.ID)
	}
	return ids
}

// base names a file, so it has no label: the wizard does not ask for it, and cmd reads it.
func (q question) base() Field {
	help := "a values file that our keys are written into a copy of; every other byte stays"
	return Field{Help: help, Check: func(value string) error {
		if value == "" || value == "-" || strings.HasPrefix(value, "/") || strings.Contains(value, ":") {
			return errors.New("is no path from the folder of the answers, for example values-base.yaml")
		}
		return nil
	}}
}

func (q question) pattern() Field {
	f := Field{Page: Pattern, Label: "Pattern", Choices: options(q.profile().Patterns)}
	return withDefault(f)
}

func (q question) method() Field {
	f := Field{Page: PullSecret, Label: "Method", Choices: options(q.profile().Methods)}
	f.Default = q.catalog.defaultMethod(q.here)
	f.Check = oneOf(f)
	return f
}

func (q question) profile() *chart.Profile { return q.catalog.Profile(q.here) }

func options(from []chart.Option) []Choice {
	var out []Choice
	for _, o := range from {
		out = append(out, Choice{Value: o.ID, Label: o.Title, Summary: o.Summary, Missing: o.Missing,
			StandIn: o.As})
	}
	return out
}

// withDefault takes the first choice there is.
func withDefault(f Field) Field {
	for _, c := range f.Choices {
		if c.Missing == "" {
			f.Default = c.Value
			break
		}
	}
	f.Check = oneOf(f)
	return f
}

// oneOf wants an answer that is among the choices and can be chosen.
func oneOf(f Field) func(string) error {
	return func(value string) error {
		var known []string
		for _, c := range f.Choices {
			if c.Value == value {
				if c.Missing != "" && c.StandIn == "" {
					return errors.New(c.Missing)
				}
				return nil
			}
			if c.Value != "" && c.Missing == "" {
				known = append(known, c.Value)
			}
		}
		if near := model.Nearest(value, known); near != "" {
			return fmt.Errorf("%q is not one of %s; did you mean %s?", value, strings.Join(known, ", "), near)
		}
		return fmt.Errorf("%q is not one of %s", value, strings.Join(known, ", "))
	}
}

func (q question) repository() Field {
	f := Field{Page: Images, Label: "Image", Example: "conductor/" + q.component, Check: image.CheckRepository,
		Help: "the path below the registry that Orkes's image was copied to"}
	if preset := q.catalog.preset(q.here.Registry(q.component)); preset != nil {
		f.Check = preset.CheckRepository
		f.Default = strings.ReplaceAll(preset.Repository.Default, "{component}", q.component)
	}
	return f
}

func (q question) tag() Field {
	f := Field{Page: Images, Label: "Tag", Example: q.profile().AppVersion, Check: image.CheckTag}
	if q.component == "" {
		f.Default, f.Help = q.profile().AppVersion, "chart "+q.profile().Version+" was made for "+q.profile().AppVersion
		return f
	}
	f.Advanced, f.Inherits = true, q.inherited("tag", q.profile().AppVersion)
	f.Help = "only where it differs, or for a digest of its own"
	f.Check = q.forBoth("tag", f.Inherits, f.Check)
	return f
}

// forBoth is the check of a component's own answer where the chart may have one key for all components: then it must be
// what holds for all.
func (q question) forBoth(leaf, common string, check func(string) error) func(string) error {
	profile := q.profile()
	if q.component == "" || profile.WritesIn(q.component+"."+leaf, "") {
		return check
	}
	return func(value string) error {
		if value == "" || value == common {
			return nil
		}
		return fmt.Errorf("chart %s has one %s for all images, which is %s: leave this one out", profile.ID, leaf, common)
	}
}

func (q question) pullPolicy() Field {
	f := Field{Page: Images, Label: "Pull policy", Choices: []Choice{
		{Value: "IfNotPresent", Label: "IfNotPresent", Summary: "pull what the node does not have; right for fixed tags"},
		{Value: "Always", Label: "Always", Summary: "ask the registry at every start; right for tags that move"},
		{Value: "Never", Label: "Never", Summary: "only what was put on the nodes before"}}}
	f = withDefault(f)
	f.Check = q.forBoth("pullPolicy", q.inherited("pullPolicy", f.Default), f.Check)
	return f
}

func (q question) namespace() Field {
	return Field{Page: PullSecret, Label: "Namespace", Default: "conductor", Example: "conductor",
		Help: "where the pods run: a pull secret works in its own namespace only", Check: checkNamespace}
}

func (q question) secretName() Field {
	f := Field{Page: PullSecret, Label: "Secret", Example: "registry-credentials", Default: "registry-credentials",
		Check: q.checkSecretName}
	if q.profile().Method(q.catalog.method(q.here)).Script == "" {
		f.Default, f.Required, f.Help = "", true, "the secret that is there already"
	} else if preset := q.catalog.preset(q.here.Registry("")); preset != nil {
		f.Default = preset.SecretName
	}
	return f
}

// checkSecretName wants a name that is not that of a secret which the chart makes itself.
func (q question) checkSecretName(name string) error {
	for _, made := range q.profile().Secrets {
		if name != "" && made.Literal == name {
			return fmt.Errorf("%s is the name of the secret that the chart makes itself, for example acr-credentials", name)
		}
	}
	return CheckSecretName(name)
}

func (q question) username() Field {
	f := Field{Page: PullSecret, Label: "User name", Advanced: true, Check: checkUsername,
		Help: "leave empty to be asked when the script runs"}
	preset := q.catalog.preset(q.here.Registry(""))
	if preset == nil {
		return f
	}
	f.Help, f.Example = preset.Login.UsernameHelp, preset.Login.UsernameExample
	if fixed := preset.Login.Username; fixed != "" {
		f.Check = func(string) error {
			return fmt.Errorf("is always %s for %s: leave it out", fixed, preset.Title)
		}
	}
	return f
}
