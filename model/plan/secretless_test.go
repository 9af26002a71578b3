package plan_test

import (
	"slices"
	"strings"
	"testing"
)

// Where no secret is made, the nodes have to be allowed to pull first; each command once, filled in from the answers.
func TestStepsWithoutASecretBeginWithTheNodes(t *testing.T) {
	for name, c := range map[string]struct {
		pairs []string
		first []string
	}{
		"one registry": {nil, []string{"az aks update --name CLUSTER --resource-group GROUP --attach-acr myacr"}},
		"two": {[]string{"components.workers.registry.provider", "ecr", "components.workers.registry.account", "123456789012",
			"components.workers.registry.region", "us-east-1"}, []string{
			"az aks update --name CLUSTER --resource-group GROUP --attach-acr myacr",
			"aws iam attach-role-policy --role-name NODEROLE --policy-arn arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"}},
		"no way of the nodes' own": {[]string{"registry.name", "", "registry.host", "myacr-abc123.azurecr.io"}, nil},
	} {
		steps := build(t, azure(append(c.pairs, "pullSecret.method", "none")...)).Steps("")[1:] // behind the chart
		var got []string
		for _, s := range steps[:len(steps)-3] { // before the copies, look and install
			got = append(got, s.Command)
		}
		if !slices.Equal(got, c.first) || !strings.HasPrefix(steps[len(steps)-1].Command, "helm upgrade") {
			t.Errorf("%s: begins with %q, want %q", name, got, c.first)
		}
		if len(got) > 0 && !strings.Contains(steps[0].Note, "in capitals") {
			t.Errorf("%s: does not say what to fill in: %+v", name, steps[0])
		}
	}
}

func TestAScriptSaysWhereItIsNotNeeded(t *testing.T) {
	e := build(t, azure())
	if got := e.Steps("")[1].Note; got != "on AKS nodes can pull without a secret (recommended): see conductor-registry presets acr, and choose the method none" {
		t.Errorf("the step says %q", got)
	}
	if got := string(e.Script()); !strings.Contains(got, "# On AKS nodes can pull without a secret") || !strings.Contains(got, "#   az aks update --name CLUSTER --resource-group GROUP --attach-acr myacr\n") {
		t.Errorf("the script does not say it:\n%s", got)
	}
	e = build(t, azure("registry.name", "", "registry.host", "myacr-abc123.azurecr.io"))
	if e.Steps("")[1].Note != "" || strings.Contains(string(e.Script()), "without a secret") {
		t.Error("old nodes can't pull from this host by themselves, so it is no better way")
	}
}

// Credentials that expire soon are reported where the secret is made, by the script or by helm.
func TestStepsSayThatASecretExpires(t *testing.T) {
	ecr := []string{"registry.provider", "ecr", "registry.account", "123456789012", "registry.region", "us-east-1"}
	const expires = "expire after 12 hours: run this again before that"
	for method, command := range map[string]string{"global": "bash pull-secret.sh", "imageCredentials": "bash pull-secret.sh | helm"} {
		a := azure(append(ecr, "pullSecret.method", method)...)
		a.Unset("registry.name")
		found := false
		for _, s := range build(t, a).Steps("") {
			found = found || strings.HasPrefix(s.Command, command) && strings.Contains(s.Note, expires)
		}
		if !found {
			t.Errorf("%s: no step %s says that it %s", method, command, expires)
		}
	}
}

func TestLoginsKnowTheirGenerator(t *testing.T) {
	g := build(t, azure("registry.cloud", "us-gov")).Secret.Logins[0].Generator
	if g.Kind != "ACRAccessToken" || g.Minutes != 60 || !strings.Contains(g.Spec, "registry: myacr.azurecr.us\n") ||
		!strings.HasSuffix(g.Spec, "environmentType: USGovernmentCloud\n") {
		t.Errorf("got %+v", g)
	}
}
