package plan

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/secret"
	"conductor-registry/model/shell"
)

// Step is one of the commands to go on with.
type Step struct {
	Command string // for the shell, a line or several
	What    string // what it does
	Note    string // what to mind; "" is the usual case
	Runs    string // the script of ours that it is no more than to run, without its folder; "" is none
}

// Steps are the commands that bring an environment to the cluster, in order, for files in folder; "" and "." are where
// the commands run.
func (e *Environment) Steps(folder string) []Step {
	file := func(kind string) string { return shell.Quote(inFolder(folder, e.FileName(kind))) }
	values := file("values")
	if e.Beside {
		values = shell.Quote(e.Base.Name) + " -f " + values
	}
	at := fmt.Sprintf("conductor %s -n %s -f %s", reference(e.Profile), e.Secret.Namespace, values)
	at = strings.Join(append([]string{at}, e.Profile.Install.Flags()...), " ")
	own := "; your own values go before, as another -f"
	if e.Base.Name != "" {
		own = ""
	}
	install := Step{Command: "helm upgrade --install " + at, What: "installs or upgrades" + own,
		Note: e.hint()}
	script := "bash " + file("pull-secret")
	steps := e.fetch()
	switch {
	case !e.HasScript() && e.Secret.Name == "":
		steps = append(steps, e.identity()...)
		install.Command += " --create-namespace"
	case !e.HasScript(): // the secret is there already, and so is its namespace
	case e.Secret.Script == secret.Kubectl:
		steps = append(steps, Step{Command: script,
			Runs: e.FileName("pull-secret"),
			What: fmt.Sprintf("makes the secret %s in %s", e.Secret.Name, e.Secret.Namespace),
			Note: joined(e.expiry(), e.better())})
	default:
		install.Command = script + " | " + install.Command + " -f - --create-namespace"
		install.What = "asks for the login and hands it to helm" + own
		install.Note = joined(e.expiry(), install.Note)
	}
	check := "helm template " + at + " | grep -A2 -E ' (image|imagePullSecrets):'"
	if own != "" {
		own = "; your own values go before, here too"
	}
	look := Step{Command: check, What: "shows what the pods will get" + own}
	if e.Secret.Script == secret.Kubectl || !e.HasScript() { // the secret is there before Helm runs
		return append(slices.Concat(steps, e.copies(), e.proof(values), e.pullTests()), look, install)
	}
	return append(append(slices.Concat(steps, e.copies()), look, install), e.pullTests()...)
}

// fetch brings the chart here; there is nothing to do where helm finds it by itself, or where it is at hand.
func (e *Environment) fetch() []Step {
	install := e.Profile.Install
	if install.Get == "" || install.Path != "" {
		return nil
	}
	return []Step{{Command: install.Get,
		What: "gets chart " + e.Profile.ID + ", which is in no helm repository; once is enough"}}
}

// proof asks the registries from here, with what the pull secret holds; there is none where no secret is used.
func (e *Environment) proof(values string) []Step {
	if e.Secret.Name == "" {
		return nil
	}
	version := "--chart-version " + e.Profile.ID
	if e.Profile.Install.Path != "" {
		version = "--chart " + reference(e.Profile)
	}
	command := fmt.Sprintf(`kubectl get secret %s -n %s -o jsonpath='{.data.\.dockerconfigjson}' | base64 -d | `+
		"conductor-registry probe -f %s %s --dockerconfigjson -", e.Secret.Name, e.Secret.Namespace, values, version)
	return []Step{{Command: command,
		What: "asks the registry from here: are the images there, and does the secret pull them"}}
}

// pullTests try the pull secret, once for each registry: there are none where no secret is used.
func (e *Environment) pullTests() []Step {
	if !e.HasScript() && e.Secret.Name == "" || e.Resolution == nil {
		return nil
	}
	var steps []Step
	var tried []string // hosts
	for _, c := range e.Components {
		pod := e.Resolution.Components[c.Name]
		if pod == nil || slices.Contains(tried, c.Location.Host) {
			continue
		}
		test := secret.PullTest{Namespace: e.Secret.Namespace, Image: pod.Image, Secrets: names(pod)}
		if len(tried) > 0 {
			test.Name = "pull-test-" + c.Name
		}
		tried = append(tried, c.Location.Host)
		steps = append(steps, Step{Command: secret.PullTestBlock(test), What: secret.PullTestHelp})
	}
	return steps
}

// identity are the commands that let nodes pull by themselves, where no secret is made for them.
func (e *Environment) identity() []Step {
	var steps []Step
	for _, c := range e.Components {
		way, _ := c.Preset.RecommendedSecretless(c.Location.Fields)
		for _, command := range way.Commands {
			step := Step{Command: c.Preset.Expand(command, c.Location, nil),
				What: "lets nodes pull by themselves, on " + way.Where}
			if !slices.Contains(steps, step) {
				steps = append(steps, step)
			}
		}
	}
	if len(steps) > 0 {
		steps[0].Note = "what stands in capitals is for you to fill in"
	}
	return steps
}

func inFolder(folder, name string) string {
	if folder == "" || folder == "." {
		return name
	}
	return strings.TrimSuffix(folder, "/") + "/" + name
}

// reference is the chart as a shell is told it: a path may need quotes.
func reference(p *chart.Profile) string {
	if p.Install.Path != "" {
		return shell.Quote(p.Install.Path)
	}
	return p.Reference()
}
