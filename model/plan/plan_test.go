package plan_test

import (
	"bytes"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

func azure(pairs ...string) *answers.Answers {
	a := answers.New()
	pairs = append([]string{"registry.provider", "acr", "registry.name", "myacr"}, pairs...)
	for i := 0; i < len(pairs); i += 2 {
		a.Set(pairs[i], pairs[i+1])
	}
	return a
}

func build(t *testing.T, a *answers.Answers) *plan.Environment {
	t.Helper()
	p, problems := plan.Build(presetstest.Catalog(t), a, "answers.yaml")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return p.Environments[0]
}

// quay gives the workers a registry of their own.
func quay(pairs ...string) []string {
	return append([]string{"components.workers.registry.provider", "quay", "components.workers.registry.namespace", "myorg"}, pairs...)
}

func TestImages(t *testing.T) {
	for _, tt := range []struct {
		name            string
		answers         *answers.Answers
		server, workers string
	}{
		{"global", azure(), "myacr.azurecr.io/orkes-conductor-server:5.2.42", "myacr.azurecr.io/orkes-conductor-workers:5.2.42"},
		{"global, one exception", azure(quay()...), "myacr.azurecr.io/orkes-conductor-server:5.2.42", "quay.io/myorg/orkes-conductor-workers:5.2.42"},
		{"per component", azure(quay("pattern", "per-component")...), "myacr.azurecr.io/orkes-conductor-server:5.2.42", "quay.io/myorg/orkes-conductor-workers:5.2.42"},
		{"full name", azure(quay("pattern", "full-name")...), "myacr.azurecr.io/orkes-conductor-server:5.2.42", "quay.io/myorg/orkes-conductor-workers:5.2.42"},
		{"Docker Hub below a global registry", azure("components.server.registry.provider", "dockerhub"),
			"docker.io/orkesio/orkes-conductor-server:5.2.42", "myacr.azurecr.io/orkes-conductor-workers:5.2.42"},
		{"Docker Hub beside another", azure("components.server.registry.provider", "dockerhub", "pattern", "per-component"),
			"orkesio/orkes-conductor-server:5.2.42", "myacr.azurecr.io/orkes-conductor-workers:5.2.42"},
		{"both have their own", azure(quay("components.server.registry.provider", "dockerhub")...),
			"orkesio/orkes-conductor-server:5.2.42", "quay.io/myorg/orkes-conductor-workers:5.2.42"},
		{"a tag for one", azure("components.workers.tag", "5.2.40"), "myacr.azurecr.io/orkes-conductor-server:5.2.42", "myacr.azurecr.io/orkes-conductor-workers:5.2.40"},
		{"a number for a tag", azure("tag", "5.10"), "myacr.azurecr.io/orkes-conductor-server:5.10", "myacr.azurecr.io/orkes-conductor-workers:5.10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := build(t, tt.answers).Resolution.Components
			if got["server"].Image != tt.server || got["workers"].Image != tt.workers {
				t.Errorf("got %s, %s", got["server"].Image, got["workers"].Image)
			}
		})
	}
}

// TestEveryMethodReachesThePods holds what each pull-secret method makes of the pods on chart 2.8.
func TestEveryMethodReachesThePods(t *testing.T) {
	for method, want := range map[string]struct {
		secret string // that the pods name
		made   int    // pull secrets that the chart makes
		script string // what the script is for
	}{
		"global":                 {"acr-credentials", 0, "kubectl apply"},
		"existing":               {"acr-credentials", 0, ""},
		"imageCredentials":       {"orkesregistry", 1, "imageCredentials:"},
		"customImagePullSecrets": {"acr-credentials", 2, "customImagePullSecrets:"},
		"none":                   {"orkesregistry", 1, ""},
	} {
		t.Run(method, func(t *testing.T) {
			env := build(t, azure("pullSecret.method", method, "pullSecret.name", "acr-credentials"))
			for name, c := range env.Resolution.Components {
				if len(c.PullSecrets) != 1 || c.PullSecrets[0] != want.secret {
					t.Errorf("%s names %v, want %s", name, c.PullSecrets, want.secret)
				}
			}
			if got := len(env.Resolution.Secrets); got != want.made {
				t.Errorf("the chart makes %d pull secrets, want %d", got, want.made)
			}
			script := string(env.Script())
			if (want.script == "") != (script == "") || !strings.Contains(script, want.script) {
				t.Errorf("want %q in the script:\n%s", want.script, script)
			}
		})
	}
}

func TestThePullPolicyReachesThePods(t *testing.T) {
	env := build(t, azure("pullPolicy", "Always", "components.workers.pullPolicy", "Never"))
	for name, want := range map[string]string{"server": "Always", "workers": "Never"} {
		if got := env.Resolution.Components[name].PullPolicy; got != any(want) {
			t.Errorf("%s: %v, want %s", name, got, want)
		}
	}
}

func TestTwoRegistriesNeedOneSecretWithTwoLogins(t *testing.T) {
	env := build(t, azure(quay()...))
	if n := len(env.Secret.Logins); n != 2 {
		t.Fatalf("%d logins", n)
	}
	script := string(env.Script())
	for _, want := range []string{"SERVER_REGISTRY_PASSWORD", "WORKERS_REGISTRY_PASSWORD", "myacr.azurecr.io", "quay.io"} {
		if !strings.Contains(script, want) {
			t.Errorf("no %s in the script", want)
		}
	}
	if n := strings.Count(script, "kubectl create secret docker-registry"); n != 1 {
		t.Errorf("%d secrets", n)
	}
}

func TestImageCredentialsHoldOneRegistry(t *testing.T) {
	_, problems := plan.Build(presetstest.Catalog(t), azure(quay("pullSecret.method", "imageCredentials")...), "answers.yaml")
	if len(problems) != 1 || problems[0].Rule != "one-registry-only" {
		t.Errorf("got %v", problems)
	}
}

func TestRemarks(t *testing.T) {
	for _, tt := range []struct {
		rule    string
		answers *answers.Answers
	}{
		{"moving-tag", azure("tag", "latest")},
		{"moving-tag", azure("environments.prod.tag", "latest", "environments.prod.pullPolicy", "Always")},
		{"shared-digest", azure("tag", "5.2.42@sha256:"+strings.Repeat("0", 64))},
		{"pull-secret-method", azure("pullSecret.method", "none")},
		{"registry-note", azure("registry.host", "myacr-abc123.azurecr.io")},
	} {
		p, problems := plan.Build(presetstest.Catalog(t), tt.answers, "answers.yaml")
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		found := false
		for _, problem := range p.Problems() {
			found = found || problem.Rule == tt.rule
		}
		if !found {
			t.Errorf("no %s among %v", tt.rule, p.Problems())
		}
	}
}

func TestEnvironmentsHaveTheirOwnFiles(t *testing.T) {
	p, problems := plan.Build(presetstest.Catalog(t), azure("environments.dev.tag", "latest", "environments.dev.pullPolicy", "Always", "environments.prod.pullSecret.method", "existing", "environments.prod.pullSecret.name", "prod"), "")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var names []string
	for _, f := range p.Files() {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "values-dev.yaml pull-secret-dev.sh values-prod.yaml" {
		t.Error(got)
	}
	if got := p.Environments[1].Resolution.Components["server"].Image; got != "myacr.azurecr.io/orkes-conductor-server:5.2.42" {
		t.Errorf("prod is touched by dev: %s", got)
	}
}

// TestDeterminism makes the same files from answers that came in any order, fifty times.
func TestDeterminism(t *testing.T) {
	a := azure(quay("tag", "5.2.42", "components.server.tag", "5.2.41", "environments.dev.tag", "latest", "environments.prod.pullPolicy", "Never")...)
	c := presetstest.Catalog(t)
	first := ""
	for i := range 50 {
		b := answers.New()
		for _, path := range a.Paths() { // copied into a new map: another order of iteration
			b.Set(path, a.Get(path))
		}
		b.SetEnvironments(a.Environments())
		p, problems := plan.Build(c, b, "")
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		all := string(p.Answers.Encode())
		for _, f := range p.Files() {
			all += f.Name + "\n" + string(f.Data)
		}
		if i == 0 {
			first = all
		} else if all != first {
			t.Fatalf("run %d differs:\n%s\n---\n%s", i, all, first)
		}
	}
}

// TestPreviewNeedsNothing holds that unfinished or wrong answers can always be looked at.
func TestPreviewNeedsNothing(t *testing.T) {
	c := presetstest.Catalog(t)
	wrong := answers.New()
	for _, path := range []string{"chart", "pattern", "registry.provider", "tag", "pullPolicy", "pullSecret.method", "components.server.registry.provider", "environments.x.chart"} {
		wrong.Set(path, "nonsense")
	}
	half := answers.New()
	half.Set("registry.provider", "ecr")
	for _, a := range []*answers.Answers{answers.New(), wrong, half} {
		for _, env := range plan.Preview(c, a, "", nil).Environments {
			if env.Resolution == nil || len(env.Resolution.Components) != 2 {
				t.Errorf("no images for %v", a.Paths())
			}
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	c := presetstest.Catalog(b)
	a := azure()
	for b.Loop() {
		if _, problems := plan.Build(c, a, ""); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

func TestEachEnvironmentHasTheDefaultsOfItsOwnProvider(t *testing.T) {
	p, problems := plan.Build(presetstest.Catalog(t), azure("environments.dev.registry.provider", "dockerhub", "environments", "dev, prod"), "")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	dev, prod := p.Environments[0], p.Environments[1]
	if got := dev.Resolution.Components["server"].Image; got != "docker.io/orkesio/orkes-conductor-server:5.2.42" || dev.Secret.Name != "dockerhub-credentials" {
		t.Errorf("dev: %s, %s", got, dev.Secret.Name)
	}
	if got := prod.Resolution.Components["server"].Image; got != "myacr.azurecr.io/orkes-conductor-server:5.2.42" || prod.Secret.Name != "acr-credentials" {
		t.Errorf("prod: %s, %s", got, prod.Secret.Name)
	}
	again, problems := plan.Build(presetstest.Catalog(t), p.Answers, "")
	if len(problems) > 0 || !bytes.Equal(again.Environments[0].Values, dev.Values) {
		t.Errorf("the saved answers give other values for dev: %v\n%s", problems, again.Environments[0].Values)
	}
}

func TestTheUserNameIsThatOfTheCommonRegistry(t *testing.T) {
	env := build(t, azure("pullSecret.username", "acr-puller", "components.server.registry.provider", "quay", "components.server.registry.namespace", "myorg"))
	for _, l := range env.Secret.Logins {
		if want := map[bool]string{true: "acr-puller"}[l.AuthKey == "myacr.azurecr.io"]; l.Username != want {
			t.Errorf("%s logs in as %q, want %q", l.AuthKey, l.Username, want)
		}
	}
}

func TestANameThatIsTooLongAsAWhole(t *testing.T) {
	long := strings.Repeat("a", 150)
	a := answers.New()
	for path, value := range map[string]string{"registry.provider": "jfrog", "registry.company": "c", "registry.repository": long, "components.server.repository": long} {
		a.Set(path, value)
	}
	_, problems := plan.Build(presetstest.Catalog(t), a, "")
	if len(problems) == 0 || problems[0].Path != "components.server.repository" {
		t.Errorf("got %v", problems)
	}
}

func TestSharedSecretOfDifferentRegistriesIsTold(t *testing.T) {
	p, problems := plan.Build(presetstest.Catalog(t), azure("environments.dev.registry.name", "myacrdev", "environments", "dev, prod"), "")
	if len(problems) > 0 || !strings.Contains(p.Problems().Error(), "both create the secret acr-credentials") {
		t.Errorf("got %v, %v", problems, p.Problems())
	}
}
