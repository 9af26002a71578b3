package secret

import (
	"encoding/json"
	"fmt"
	"strings"

	"conductor-registry/model/shell"
)

// PullTest is the pull to try.
type PullTest struct {
	Name      string // of the pod; "" is pull-test
	Namespace string
	Image     string
	Secrets   []string // the pull secrets to use; without any those of the Account count
	Account   string   // the ServiceAccount; "" is default
}

// patience is how long to wait for the pod to end.
const patience = "2m"

// PullTestCommands returns the shell commands that show whether a node can pull an image, in order: create a pod, wait
// for its end, see its events, delete it.
//
// The pod pulls even an image that the node has, by its policy Always. What it runs does not matter, since the events
// report the pull. kubectl has no command "create pod", and "kubectl run --rm -it" hides a failed pull behind a
// timeout.
func PullTestCommands(r PullTest) []string {
	name, namespace := r.Name, shell.Quote(r.Namespace)
	if name == "" {
		name = "pull-test"
	}
	name = shell.Quote(name)
	return []string{
		fmt.Sprintf("kubectl run %s -n %s --image=%s --image-pull-policy=Always --restart=Never --overrides=%s"+
			" --command -- true", name, namespace, shell.Quote(r.Image), shell.Quote(overrides(r))),
		fmt.Sprintf("kubectl wait pod/%s -n %s --for=jsonpath='{.status.phase}'=Succeeded --timeout=%s", name,
			namespace, patience),
		fmt.Sprintf("kubectl get events -n %s --field-selector involvedObject.name=%s", namespace, name),
		fmt.Sprintf("kubectl delete pod %s -n %s", name, namespace),
	}
}

// PullTestBlock returns the commands as one block to paste. Once the pod is created the rest follows whatever happens.
// Otherwise nothing does, since a pod of that name would be somebody else's.
func PullTestBlock(r PullTest) string {
	commands := PullTestCommands(r)
	return commands[0] + " && {\n" + strings.Join(commands[1:], "\n") + "; }"
}

// PullTestHelp says what to look for in the output.
const PullTestHelp = "pulls the image on a node: Pulled in the events says that it works, Failed why it does not"

// overrides returns the fields of the pod that kubectl run has no flags for, as JSON.
func overrides(r PullTest) string {
	type named struct {
		Name string `json:"name"`
	}
	var pod struct {
		Spec struct {
			Account string  `json:"serviceAccountName,omitempty"`
			Secrets []named `json:"imagePullSecrets,omitempty"`
		} `json:"spec"`
	}
	for _, name := range r.Secrets {
		pod.Spec.Secrets = append(pod.Spec.Secrets, named{name})
	}
	if len(r.Secrets) == 0 {
		pod.Spec.Account = r.Account
	}
	text, err := json.Marshal(pod)
	if err != nil { // texts always are JSON
		return "{}"
	}
	return string(text)
}
