package plan

import (
	"fmt"

	"conductor-registry/model/secret"
)

// Step is one of the commands to go on with.
type Step struct {
	Command string // a line for the shell
	What    string // what it does
	Why     string // why it is as it is, where that is not plain to see; "" is the usual case
}

// Steps are the commands that bring an environment to the cluster, in order. ChartPath is where helm finds the chart;
// "" is a folder of the chart's name.
func (e *Environment) Steps(chartPath string) []Step {
	if chartPath == "" {
		chartPath = "./" + e.Profile.Name
	}
	at := fmt.Sprintf("conductor %s -n %s -f %s", chartPath, e.Secret.Namespace, e.FileName("values"))
	install, what := "helm upgrade --install "+at, "installs or upgrades; your own values go before, as another -f"
	script := "bash " + e.FileName("pull-secret")
	var steps []Step
	switch {
	case !e.HasScript():
		install += " --create-namespace"
	case e.Secret.Script == secret.Kubectl:
		steps = append(steps, Step{Command: script,
			What: fmt.Sprintf("makes the secret %s in %s", e.Secret.Name, e.Secret.Namespace)})
	default:
		install = script + " | " + install + " -f - --create-namespace"
		what = "asks for the login, hands it to helm, and installs or upgrades"
	}
	if flags := e.Profile.Install.Flags; flags != "" {
		install += " " + flags
	}
	check := "helm template " + at + " | grep -A2 -E ' (image|imagePullSecrets):'"
	return append(steps, Step{Command: check, What: "shows what the pods will get"},
		Step{Command: install, What: what, Why: e.Profile.Install.Why})
}
