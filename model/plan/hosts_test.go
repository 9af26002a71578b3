package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

// given returns answers with these paths and values, and a fixed tag.
func given(pairs ...string) *answers.Answers {
	a := answers.New()
	a.Set("tag", "5.2.42")
	for i := 0; i < len(pairs); i += 2 {
		a.Set(pairs[i], pairs[i+1])
	}
	return a
}

// What is pasted after a host stays in front of the images, and a component's own registry takes no host of another.
func TestPathsAndInheritance(t *testing.T) {
	for name, tt := range map[string]struct {
		answers         *answers.Answers
		server, workers string // the images without their tags
		reports         string // rules, joined by spaces
	}{
		"a path": {given("registry.provider", "ecr", "registry.account", "111122223333", "registry.region", "eu-west-3", "registry.path", "apps"),
			"111122223333.dkr.ecr.eu-west-3.amazonaws.com/apps/orkes-conductor-server",
			"111122223333.dkr.ecr.eu-west-3.amazonaws.com/apps/orkes-conductor-workers", "secret-expires"},
		"a pasted path": {given("registry.provider", "acr", "registry.host", "https://myacr.azurecr.io/hub/cache/"),
			"myacr.azurecr.io/hub/cache/orkes-conductor-server", "myacr.azurecr.io/hub/cache/orkes-conductor-workers", "normalised"},
		"a pasted path below fields": {given("registry.provider", "gar", "registry.host", "us-docker.pkg.dev/my-project/images/team/a"),
			"us-docker.pkg.dev/my-project/images/team/a/orkes-conductor-server",
			"us-docker.pkg.dev/my-project/images/team/a/orkes-conductor-workers", "normalised"},
		"no field for a part of it": {given("registry.provider", "jfrog", "registry.method", "port", "registry.host", "art.example.com:8876/team"),
			"art.example.com:8876/team/orkes-conductor-server", "art.example.com:8876/team/orkes-conductor-workers", "normalised"},
		"a cache": {given("registry.provider", "harbor", "registry.host", "harbor.example.com", "registry.project", "hub", "registry.cacheOf", "dockerhub"),
			"harbor.example.com/hub/orkesio/orkes-conductor-server", "harbor.example.com/hub/orkesio/orkes-conductor-workers",
			"cache-login registry-note"},
		"a cache with the namespace in its path": {given("registry.provider", "harbor", "registry.host", "harbor.example.com/hub/orkesio", "registry.cacheOf", "dockerhub"),
			"harbor.example.com/hub/orkesio/orkes-conductor-server", "harbor.example.com/hub/orkesio/orkes-conductor-workers",
			"cache-login normalised registry-note"},
		"a digest in a cache that takes tags only": {given("registry.provider", "ecr", "registry.account", "111122223333", "registry.region", "eu-west-3",
			"registry.path", "docker-hub", "registry.cacheOf", "dockerhub", "components.server.tag", "5.2.42@sha256:"+strings.Repeat("ab", 32)),
			"111122223333.dkr.ecr.eu-west-3.amazonaws.com/docker-hub/orkesio/orkes-conductor-server",
			"111122223333.dkr.ecr.eu-west-3.amazonaws.com/docker-hub/orkesio/orkes-conductor-workers",
			"cache-digest cache-login secret-expires"},
		"a host of a known registry": {given("registry.provider", "generic", "registry.host", "111122223333.dkr.ecr.eu-west-3.amazonaws.com"),
			"111122223333.dkr.ecr.eu-west-3.amazonaws.com/orkes-conductor-server",
			"111122223333.dkr.ecr.eu-west-3.amazonaws.com/orkes-conductor-workers", "registry-known"},
		"the host is not inherited": {given("registry.provider", "acr", "registry.host", "contoso-a1b2.azurecr.io",
			"components.workers.registry.name", "fabrikam"),
			"contoso-a1b2.azurecr.io/orkes-conductor-server", "fabrikam.azurecr.io/orkes-conductor-workers", "registry-note"},
		"the cloud is inherited": {given("registry.provider", "acr", "registry.name", "contoso", "registry.cloud", "china",
			"components.workers.registry.name", "fabrikam"),
			"contoso.azurecr.cn/orkes-conductor-server", "fabrikam.azurecr.cn/orkes-conductor-workers", "registry-inherited"},
		"a required host is inherited": {given("registry.provider", "harbor", "registry.host", "harbor.example.com", "registry.project", "a",
			"components.workers.registry.project", "b"),
			"harbor.example.com/a/orkes-conductor-server", "harbor.example.com/b/orkes-conductor-workers", "registry-inherited registry-note"},
	} {
		p, problems := plan.Build(presetstest.Catalog(t), tt.answers, "")
		if len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		pods := p.Environments[0].Resolution.Components
		server, _, _ := strings.Cut(pods["server"].Image, ":5.2.42")
		workers, _, _ := strings.Cut(pods["workers"].Image, ":5.2.42")
		rules := map[string]bool{}
		for _, problem := range p.Problems() {
			rules[problem.Rule] = true
		}
		if server != tt.server || workers != tt.workers {
			t.Errorf("%s: got %s and %s", name, server, workers)
		}
		if got := strings.Join(slices.Sorted(maps.Keys(rules)), " "); got != tt.reports {
			t.Errorf("%s: reported %s, want %s", name, got, tt.reports)
		}
	}
}

// Nothing is copied into a cache, and no environment inherits the host of a registry that it does not name.
func TestCachesNeedNoCopies(t *testing.T) {
	e := build(t, given("registry.provider", "harbor", "registry.host", "harbor.example.com", "registry.project", "hub",
		"registry.cacheOf", "dockerhub"))
	for _, step := range e.Steps("") {
		if strings.Contains(step.Command, "conductor-registry mirror") {
			t.Errorf("copies into a cache: %s", step.Command)
		}
	}
	a := given("registry.provider", "quay", "registry.host", "quay.example.com", "registry.namespace", "a1",
		"environments.dev.registry.namespace", "b1")
	if got := build(t, a).Components[0].Location.Registry(); got != "quay.io/b1" {
		t.Errorf("dev is at %s, want quay.io/b1", got)
	}
}

// A login in an answer is refused and not repeated.
func TestLoginsInAnswersAreRefused(t *testing.T) {
	for path, value := range map[string]string{
		"registry.host": "user:S3CRET@reg.example.com", "registry.path": "S3CRET@team", "registry.provider": "https://u:S3CRET@h.example.com/p",
		"components.server.repository": "u:S3CRET@reg.example.com/x", "pullSecret.name": "S3CRET@x", "pattern": "S3CRET@x",
	} {
		a := given("registry.provider", "generic", "registry.host", "reg.example.com")
		a.Set(path, value)
		_, problems := plan.Build(presetstest.Catalog(t), a, "")
		if text := problems.Error(); !strings.Contains(text, "contains a login") || strings.Contains(strings.ToLower(text), "s3cret") {
			t.Errorf("%s: %s", path, text)
		}
	}
}
