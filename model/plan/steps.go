package plan

import "fmt"

// Step is one of the commands to go on with.
type Step struct {
	Command string // a line for the shell
	What    string // what it does
}

// Steps are the commands that bring an environment to the cluster, in order. ChartPath is where helm finds the chart;
// "" is a folder of the chart's name.
func (e *Environment) Steps(chartPath string) []Step {
	if chartPath == "" {
		chartPath = "./" + e.Profile.Name
	}
	values, ns := e.FileName("values"), e.Secret.Namespace
	render := fmt.Sprintf("helm template conductor %s -n %s -f %s", chartPath, ns, values)
	install := fmt.Sprintf("helm upgrade --install conductor %s -n %s -f %s", chartPath, ns, values)
	script := "bash " + e.FileName("pull-secret")
	var steps []Step
	if e.HasScript() && e.Secret.Script == "kubectl" {
		steps = append(steps, Step{script, fmt.Sprintf("makes the secret %s in %s", e.Secret.Name, ns)})
	} else {
		install += " --create-namespace"
	}
	steps = append(steps, Step{render + " | grep -A2 -E ' (image|imagePullSecrets):'", "shows what the pods will get"})
	what := "installs, or upgrades"
	if e.HasScript() && e.Secret.Script != "kubectl" {
		install, what = script+" | "+install+" -f -", "installs, with the login that the script asks for"
	}
	return append(steps, Step{install, what})
}
