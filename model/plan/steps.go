package plan

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/secret"
	"conductor-registry/model/shell"
)

// StepKind says what a step is for. It is part of the JSON output.
type StepKind string

// The kinds of steps.
const (
	FetchChart   StepKind = "fetch-chart"
	Identity     StepKind = "identity"
	CreateSecret StepKind = "create-secret"
	CopyImages   StepKind = "copy-images"
	Probe        StepKind = "probe"
	PullTest     StepKind = "pull-test"
	Render       StepKind = "render"
	Install      StepKind = "install"
)

// Step is one command to run next.
type Step struct {
	Kind    StepKind
	Command string // for a shell, of one or several lines
	What    string // what it does
	Note    string // a caution, or ""
	Runs    string // the name of our script, where the step only runs that; else ""
}

// Steps returns the commands that bring an environment to the cluster, in order, for files in a folder; "" and "." are
// the folder that the commands run in.
func (e *Environment) Steps(folder string) []Step {
	file := func(kind string) string { return shell.Quote(inFolder(folder, e.FileName(kind))) }
	values := file("values")
	if e.Overlay {
		values = shell.Quote(e.Base.Name) + " -f " + values
	}
	at := fmt.Sprintf("conductor %s -n %s -f %s", e.reference(), e.Secret.Namespace, values)
	at = strings.Join(slices.Concat([]string{at}, e.missing(), e.setFiles()), " ")
	own := "; put your own values file before it, as another -f"
	if e.Base.Name != "" {
		own = ""
	}
	install := Step{Kind: Install, Command: "helm upgrade --install " + at, What: "installs or upgrades" + own,
		Note: e.hint()}
	script := "bash " + file("pull-secret")
	steps := e.fetch()
	switch {
	case !e.HasScript() && e.Secret.Name == "":
		steps = append(steps, e.identity()...)
		install.Command += " --create-namespace"
	case !e.HasScript(): // the secret exists, and so does its namespace
	case e.Secret.Script == secret.Kubectl:
		steps = append(steps, Step{Kind: CreateSecret, Command: script,
			Runs: e.FileName("pull-secret"),
			What: fmt.Sprintf("creates the secret %s in %s", e.Secret.Name, e.Secret.Namespace),
			Note: joined(e.expiry(), e.better())})
	default:
		install.Command = script + " | " + install.Command + " -f - --create-namespace"
		install.What = "asks for the credentials and passes them to helm" + own
		install.Note = joined(e.expiry(), install.Note)
	}
	check := "helm template " + at + " | grep -A2 -E ' (image|imagePullSecrets):'"
	if own != "" {
		own = "; put your own values file before it, here too"
	}
	look := Step{Kind: Render, Command: check, What: "shows the images and pull secrets that the pods will get" + own}
	if kind := e.objectKind(); kind != "" {
		look.Command, look.What = "conductor-registry resolve -f "+values+" "+e.chartFlags(), "shows what the pods will get"
		install = Step{Kind: Install, Command: "kubectl apply -f " + values,
			What: "updates the " + kind + ", which installs or upgrades the chart; or commit and push it"}
	}
	if e.Secret.Script == secret.Kubectl || !e.HasScript() { // the secret exists before Helm runs
		return append(slices.Concat(steps, e.copies(values), e.proof(values), e.pullTests()), look, install)
	}
	return append(append(slices.Concat(steps, e.copies(values)), look, install), e.pullTests()...)
}

// fetch returns the command that gets the chart, where helm does not find it and no local one is used.
func (e *Environment) fetch() []Step {
	install := e.Profile.Install
	if install.Get == "" || install.Path != "" || e.Under != "" || e.objectKind() != "" {
		return nil
	}
	return []Step{{Kind: FetchChart, Command: install.Get,
		What: "gets chart " + e.Profile.ID + ", which is not in a helm repository; needed once"}}
}

// proof returns the command that tries the pull secret against the registries from this machine, where one is used.
func (e *Environment) proof(values string) []Step {
	if e.Secret.Name == "" {
		return nil
	}
	command := fmt.Sprintf(`kubectl get secret %s -n %s -o jsonpath='{.data.\.dockerconfigjson}' | base64 -d | `+
		"conductor-registry probe -f %s %s --dockerconfigjson -", e.Secret.Name, e.Secret.Namespace, values, e.chartFlags())
	return []Step{{Kind: Probe, Command: command,
		What: "asks the registry whether the images exist and the secret can pull them"}}
}

// chartFlags returns the flags that name the chart, and the subchart, for our own commands.
func (e *Environment) chartFlags() string {
	flags := "--chart-version " + e.Profile.ID
	if e.Profile.Install.Path != "" {
		flags = "--chart " + e.reference()
	}
	if e.Under != "" {
		flags += " --under " + e.Under
	}
	return flags
}

// pullTests returns commands that try the pull secret in the cluster, once for each registry, where one is used.
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
		test := secret.PullTest{Namespace: e.Secret.Namespace, Image: pod.Image, Secrets: secretNames(pod)}
		if len(tried) > 0 {
			test.Name = "pull-test-" + c.Name
		}
		tried = append(tried, c.Location.Host)
		steps = append(steps, Step{Kind: PullTest, Command: secret.PullTestBlock(test), What: secret.PullTestHelp})
	}
	return steps
}

// identity returns the commands that let nodes pull with their own identity, for use without a secret.
func (e *Environment) identity() []Step {
	var steps []Step
	for _, c := range e.Components {
		way, _ := c.Preset.RecommendedSecretless(c.Location.Fields)
		for _, command := range way.Commands {
			step := Step{Kind: Identity, Command: c.Preset.Expand(command, c.Location, nil),
				What: "lets nodes pull with their own identity, on " + way.Where}
			if !slices.Contains(steps, step) {
				steps = append(steps, step)
			}
		}
	}
	if len(steps) > 0 {
		steps[0].Note = "replace the words in capitals"
	}
	return steps
}

func inFolder(folder, name string) string {
	switch {
	case folder == "" || folder == ".":
		return name
	case strings.HasPrefix(folder, "-"): // a command would take it for a flag
		folder = "./" + folder
	}
	return strings.TrimSuffix(folder, "/") + "/" + name
}

// parentChart stands for the user's chart that has ours as a subchart: the answers do not name it.
const parentChart = "PARENT_CHART"

// reference returns the chart for a shell: a path may need quotes.
func (e *Environment) reference() string {
	switch {
	case e.Profile.Install.Path != "":
		return shell.Quote(e.Profile.Install.Path)
	case e.Under != "":
		return parentChart
	}
	return e.Profile.Reference()
}

// setFiles returns a --set-file flag for each file that the chart requires.
func (e *Environment) setFiles() []string {
	return model.Map(e.Profile.Install.Files, func(f chart.InstallFile) string {
		return "--set-file " + e.OuterPath(f.Path) + "=" + f.Name
	})
}

// OuterPath returns a path of the chart's values as helm's flags need it: of a subchart it starts with the subchart's key.
func (e *Environment) OuterPath(path string) string { return strings.TrimPrefix(e.Under+"."+path, ".") }
