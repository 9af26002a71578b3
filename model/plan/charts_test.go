package plan_test

import (
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

// The same answers give the pods the same on every chart that can express them.
func TestTheSameAnswersOnEveryChart(t *testing.T) {
	for _, pattern := range []string{"", "global", "per-component", "full-name"} {
		for chart, method := range map[string]string{"2.7": "imageCredentials", "2.8": "global", "3.0": "global", "3.0.1": "global"} {
			a := azure("chart", chart, "pullSecret.method", method, "tag", "1.2", "pullPolicy", "Always")
			if pattern != "" {
				a.Set("pattern", pattern)
			}
			env := build(t, a)
			for _, c := range env.Profile.Components {
				got := env.Resolution.Components[c.Name]
				if want := "myacr.azurecr.io/orkes-conductor-" + c.Name + ":1.2"; got.Image != want || got.PullPolicy != "Always" {
					t.Errorf("%s on chart %s, %s: %s %v, want %s Always", pattern, chart, c.Name, got.Image, got.PullPolicy, want)
				}
				want := map[string]string{"global": "acr-credentials", "imageCredentials": "orkesregistry"}[method]
				if len(got.PullSecrets) != 1 || got.PullSecrets[0] != want {
					t.Errorf("%s on chart %s, %s: pull secrets %v, want %s", pattern, chart, c.Name, got.PullSecrets, want)
				}
			}
			found := false
			for _, p := range env.Problems {
				found = found || p.Rule == "pattern-stands-in"
			}
			if want := pattern != "" && pattern != "full-name" && chart != "2.8"; found != want {
				t.Errorf("%s on chart %s: the other pattern is reported: %v, want %v", pattern, chart, found, want)
			}
		}
	}
}

// What a chart has no key for is refused, with the reason.
func TestWhatAChartCannotDo(t *testing.T) {
	for _, tt := range []struct {
		name       string
		answers    *answers.Answers
		path, says string
	}{
		{"a secret of one's own on 2.7", azure("chart", "2.7", "pullSecret.method", "global"), "pullSecret.method", "always use orkesregistry"},
		{"an existing one on 2.7", azure("chart", "2.7", "pullSecret.method", "existing", "pullSecret.name", "x"), "pullSecret.method", "always use orkesregistry"},
		{"two logins on 2.7", azure(quay("chart", "2.7")...), "pullSecret.method", "credentials of one registry"},
		{"a secret made by Helm on 3.0", azure("chart", "3.0", "pullSecret.method", "imageCredentials"), "pullSecret.method", "creates no pull secret"},
		{"two tags on 3.0", azure("chart", "3.0", "tag", "1", "components.workers.tag", "2"), "components.workers.tag", "one tag for all images, which is 1"},
		{"two tags and none for both on 3.0", azure("chart", "3.0", "components.server.tag", "2"), "components.server.tag", "which is 5.2.78"},
		{"two policies on 3.0", azure("chart", "3.0", "components.server.pullPolicy", "Always"), "components.server.pullPolicy", "which is IfNotPresent"},
		{"two policies on 2.7", azure("chart", "2.7", "components.server.pullPolicy", "Always"), "components.server.pullPolicy", "which is IfNotPresent"},
		{"3.0.0", azure("chart", "3.0.0"), "chart", "install 3.0.1 or later"},
		{"an unknown release", azure("chart", "2.6.1"), "chart", "did you mean 2.7"},
	} {
		_, problems := plan.Build(presetstest.Catalog(t), tt.answers, "")
		if len(problems) != 1 || problems[0].Path != tt.path || !strings.Contains(problems[0].Summary, tt.says) {
			t.Errorf("%s: got %v, want %s at %s", tt.name, problems, tt.says, tt.path)
		}
	}
	for name, a := range map[string]*answers.Answers{
		"the same tag again":      azure("chart", "3.0", "tag", "1", "components.workers.tag", "1"),
		"tags of their own":       azure("chart", "2.7", "components.workers.tag", "1"),
		"two registries on 3.0":   azure(quay("chart", "3.0")...),
		"the chart's own release": azure("chart", "2.7.40"),
	} {
		if _, problems := plan.Build(presetstest.Catalog(t), a, ""); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

func TestAReleaseHasItsOwnAppVersion(t *testing.T) {
	if env := build(t, azure("chart", "2.7.40")); !strings.HasSuffix(env.Resolution.Components["workers"].Image, ":5.2.20") {
		t.Errorf("got %s", env.Resolution.Components["workers"].Image)
	}
}

func TestOneTagIsNotAskedTwice(t *testing.T) {
	c := presetstest.Catalog(t)
	for chart, want := range map[string]bool{"2.7": true, "2.8": true, "3.0": false} {
		asked := false
		for _, f := range c.Fields(azure("chart", chart)) {
			asked = asked || f.Path == "components.workers.tag" && f.Page == answers.Images
		}
		if asked != want {
			t.Errorf("chart %s: asks for the workers' own tag: %v, want %v", chart, asked, want)
		}
	}
}

func TestSharedDigestWhereThereIsOneTag(t *testing.T) {
	digest := "1@sha256:" + strings.Repeat("0a", 32)
	for chart, fix := range map[string]string{"2.8": "set a tag for each component", "3.0": "has one tag for both"} {
		for _, p := range build(t, azure("chart", chart, "tag", digest)).Problems {
			if p.Rule == "shared-digest" && !strings.Contains(p.Fix, fix) {
				t.Errorf("chart %s: fix is %s, want %s", chart, p.Fix, fix)
			}
		}
	}
}

func TestStepsNameTheChartAndItsFiles(t *testing.T) {
	install := func(a *answers.Answers) plan.Step {
		steps := build(t, a).Steps(".")
		at := slices.IndexFunc(steps, func(s plan.Step) bool { return strings.Contains(s.Command, "helm upgrade --install") })
		return steps[at]
	}
	repo := "--repo https://orkes-io.github.io/orkes-helm-charts --version "
	for chart, want := range map[string]string{
		"2.8": "conductor ./orkes-helm-charts/charts/orkes-conductor -n conductor -f values.yaml",
		"2.7": "conductor orkes-conductor " + repo + "2.7.49 -n conductor -f values.yaml -f -",
		"3.0.1": "conductor orkes-conductor " + repo + "3.0.1 -n conductor -f values.yaml " +
			"--set-file conductor.properties=conductor.properties --set-file workers.properties=workers.properties",
	} {
		if got := install(azure("chart", chart)).Command; !strings.Contains(got, want) {
			t.Errorf("chart %s: %s, want %s", chart, got, want)
		}
	}
	if note := install(azure("chart", "3.0")).Note; !strings.Contains(note, "conductor.properties (the server's configuration)") {
		t.Errorf("note = %q", note)
	}
}

// Orkes's images are copied with all chart versions, and stay where they are pulled from Orkes. mirror decides which.
func TestStepsCopyTheImages(t *testing.T) {
	digest := "@sha256:" + strings.Repeat("0a", 32)
	hub := func(pairs ...string) *answers.Answers {
		a := azure(append(pairs, "registry.provider", "dockerhub")...)
		a.Unset("registry.name")
		return a
	}
	const command = "conductor-registry mirror -f values.yaml --chart-version "
	for _, c := range []struct {
		answers *answers.Answers
		want    string // "" is no copy
	}{
		{azure(), command + "2.8"},
		{azure("chart", "2.7"), command + "2.7"},
		{azure("chart", "3.0"), command + "3.0"},
		{azure("components.server.tag", "5.2.42"+digest), command + "2.8"},
		{hub(), ""},
		{hub("pattern", "full-name"), ""},
		{hub("components.workers.repository", "mine/workers"), command + "2.8"},
	} {
		var got string
		for _, step := range build(t, c.answers).Steps("") {
			if step.Kind == plan.CopyImages {
				got = step.Command
			}
		}
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		var own string
		for _, p := range build(t, c.answers).Problems {
			if p.Rule == "orkes-images" {
				own = p.Path
			}
		}
		if (own == "components.server.repository") != (c.answers.Get("registry.provider") == "dockerhub") {
			t.Errorf("%s: Orkes's own images reported at %q", c.answers.Paths(), own)
		}
	}
}

// A chart that is in no repository has to be fetched first, unless it is at hand.
func TestStepsFetchAChartThatHelmCannotFind(t *testing.T) {
	first := func(chart string) string { return build(t, azure("chart", chart)).Steps("")[0].Command }
	if got := first("2.8"); !strings.HasPrefix(got, "git clone --depth 1 --branch vault-chart https://") {
		t.Errorf("chart 2.8: begins with %s", got)
	}
	if got := first("3.0"); strings.Contains(got, "clone") {
		t.Errorf("chart 3.0: begins with %s", got)
	}
	e := build(t, azure())
	atHand := *e.Profile
	atHand.Install.Path = "charts/mine"
	e.Profile = &atHand
	if got := e.Steps("")[0].Command; strings.Contains(got, "clone") {
		t.Errorf("at hand: begins with %s", got)
	}
}

// The pull secret is tried as soon as it is there: before helm where a script makes it or it exists, after helm where the
// chart makes it, once for each registry, and not at all without one.
func TestStepsTryThePullSecret(t *testing.T) {
	const copies = "conductor-registry mirror "
	const test, two = "run pull-test -n conductor --image=myacr.azurecr.io/", "run pull-test-workers -n conductor --image=quay.io/"
	for _, c := range []struct {
		answers []string
		want    string // what the steps do, in order
	}{
		{[]string{"pullSecret.method", "global"}, "script copy test look install"},
		{[]string{"pullSecret.method", "existing", "pullSecret.name", "theirs"}, "copy test look install"},
		{[]string{"pullSecret.method", "imageCredentials"}, "copy look install test"},
		{[]string{"pullSecret.method", "none"}, "copy look install"},
		{[]string{"pullSecret.method", "global", "components.workers.registry.provider", "quay",
			"components.workers.registry.namespace", "myorg", "pattern", "per-component"}, "script copy test two look install"},
	} {
		var got []string
		for _, step := range build(t, azure(c.answers...)).Steps("") {
			for _, kind := range []struct{ name, sign string }{
				{"install", "helm upgrade"}, {"copy", copies}, {"look", "helm template"}, {"two", two}, {"test", test}, {"script", "bash pull-secret.sh"},
			} {
				if strings.Contains(step.Command, kind.sign) {
					got = append(got, kind.name)
					break
				}
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v: the steps %s, want %s", c.answers, got, c.want)
		}
	}
}
