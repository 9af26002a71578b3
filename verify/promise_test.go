package verify

import (
	"fmt"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
	"conductor-registry/verify/helm"
)

// What the plan promises, what resolve says of the file that is written, and what helm renders from it are one, for
// every preset, pattern, method and chart that can be had together.
func TestThePromiseIsKept(t *testing.T) {
	catalog := presetstest.Catalog(t)
	plans := map[string][]*plan.Plan{}
	for _, a := range everything(t, catalog) {
		p, problems := plan.Build(catalog, a, "")
		if len(problems) > 0 {
			t.Fatalf("%s%v", a.Encode(), problems)
		}
		id := p.Environments[0].Profile.ID
		plans[id] = append(plans[id], p)
		if a.Get("registry.provider") == "harbor" { // one preset is enough: a base does not know them
			plans[id] = append(plans[id], onto(t, catalog, a))
		}
	}
	for id, all := range plans {
		for _, program := range helms() {
			t.Run(id+" "+program, func(t *testing.T) {
				var files []string
				for _, p := range all {
					files = append(files, given(p.Environments[0]))
				}
				for i, got := range render(t, program, id, files...) {
					keeps(t, all[i].Environments[0], files[i], got)
				}
			})
		}
	}
}

// onto is the plan where the keys are written into a file that has other answers to all of them, and more.
func onto(t *testing.T, catalog *answers.Catalog, a *answers.Answers) *plan.Plan {
	const old = "{registry: old.example.com, repository: old/image, tag: old, pullPolicy: Never, pullSecrets: [{name: old}]}"
	base := "global:\n  image: " + old + "\n  labels: {team: x}\nserver:\n  image: &old " + old + "\n" +
		"workers:\n    image: " + old + "\n    replicas: 2\n" +
		"image: {repository: old, tag: old, pullPolicy: Never, conductorImageName: old, workersImageName: old, " +
		"repositorySecretName: old}\nworkerImage:\n  repository: old\n  tag: old\nexistingImagePullSecret: old\n" +
		"customImagePullSecrets: {enabled: true, name: old}\nimageCredentials: {registry: old}\n"
	p, problems := plan.BuildOnto(catalog, a, "", plan.Bases{"": {Name: "base.yaml", Data: []byte(base)}})
	if len(problems) > 0 {
		t.Fatalf("%s%v", a.Encode(), problems)
	}
	return p
}

// everything is the answers for every preset, chart, pattern and method that go together.
func everything(t *testing.T, catalog *answers.Catalog) []*answers.Answers {
	all, err := catalog.Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	var out []*answers.Answers
	for _, preset := range all {
		for _, profile := range catalog.Charts.All() {
			for _, pattern := range profile.Patterns {
				for _, method := range profile.Methods {
					if pattern.Missing != "" || method.Missing != "" || preset.Login.None && method.Script != "" {
						continue
					}
					a := answers.New()
					a.Set("registry.provider", preset.ID)
					for field, value := range preset.Examples[0].Fields {
						a.Set("registry."+field, value)
					}
					a.Set("chart", profile.ID)
					a.Set("pattern", pattern.ID)
					a.Set("pullSecret.method", method.ID)
					if method.ID == "existing" {
						a.Set("pullSecret.name", "made-before")
					}
					a.Set("tag", "1.10")
					a.Set("pullPolicy", "Always")
					out = append(out, a)
				}
			}
		}
	}
	if len(out) < 200 {
		t.Fatalf("only %d combinations", len(out))
	}
	return out
}

// given returns what helm gets: the file that is written, and the files that the chart requires.
func given(e *plan.Environment) string {
	out := string(e.Values)
	for _, files := range e.Profile.Install.BaseValues() {
		out += string(files.Data)
	}
	return out
}

func keeps(t *testing.T, e *plan.Environment, file string, got rendering) {
	t.Helper()
	if err := disagreement(e.Profile, file, got); err != nil {
		t.Errorf("values:\n%s\n%v", indented(file), err)
		return
	}
	rendered, err := helm.ParseManifests([]byte(got.Manifest))
	if err != nil || got.Error != "" {
		t.Fatal(err, got.Error)
	}
	found := helm.Assign(e.Profile.Components, rendered.Pods)
	for _, c := range e.Components {
		pod := found[c.Name]
		container := pod.Main()
		image := fmt.Sprint(container.Image)
		if c.Location.ImpliedHost { // Docker Hub, with or without its name
			image = strings.TrimPrefix(image, "docker.io/")
		}
		if image != c.Image() || container.PullPolicy != "Always" {
			t.Errorf("%s gets %v %v, promised %s Always\n%s", c.Name, container.Image, container.PullPolicy, c.Image(), indented(file))
		}
		if e.Secret.Name != "" && fmt.Sprint(pod.PullSecrets) != fmt.Sprint([]string{e.Secret.Name}) {
			t.Errorf("%s logs in by %v, promised %s\n%s", c.Name, pod.PullSecrets, e.Secret.Name, indented(file))
		}
	}
}
