package answers_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/answers"
)

func TestRegistry(t *testing.T) {
	a := decode(t, contract)
	if got := a.Registry("dev", "server"); got["repository"] != "docker-dev" || got["company"] != "mycompany" {
		t.Errorf("dev: %v, want the common registry with another repository", got)
	}
	if got := a.Registry("moved", "server"); got["provider"] != "harbor" || got["company"] != "" {
		t.Errorf("moved: %v, want nothing left of jfrog", got)
	}
	if got := a.Registry("dev", "workers"); got["provider"] != "quay" || got["repository"] != "" {
		t.Errorf("workers: %v, want their own registry alone", got)
	}
	if got := a.Lookup(answers.Path{Environment: "prod", Leaf: "tag"}).Text; got != "5.2.42" {
		t.Errorf("prod tag %q, want the common one", got)
	}
}

func TestLookup(t *testing.T) {
	a := decode(t, contract)
	for _, tt := range []struct{ env, component, rest, want string }{
		{"dev", "server", "tag", "environments.dev.tag"},
		{"prod", "server", "tag", "tag"},
		{"dev", "workers", "tag", "components.workers.tag"},
		{"dev", "workers", "registry.host", "components.workers.registry.host"},
		{"moved", "server", "registry.project", "environments.moved.registry.project"},
		{"", "server", "registry.host", "registry.host"},
		{"dev", "server", "registry.host", "registry.host"},                            // dev changes a field, not the provider
		{"moved", "server", "registry.company", "environments.moved.registry.company"}, // jfrog's is none of harbor's
		{"dev", "workers", "registry.repository", "components.workers.registry.repository"},
	} {
		if got := a.Lookup(answers.Path{Environment: tt.env, Component: tt.component, Leaf: tt.rest}).Path.String(); got != tt.want {
			t.Errorf("Lookup(%v) = %s", tt, got)
		}
	}
}

func TestPath(t *testing.T) {
	for text, want := range map[string]answers.Path{
		"tag":                                {Leaf: "tag"},
		"components.server.registry.host":    {Component: "server", Leaf: "registry.host"},
		"environments.dev":                   {Environment: "dev"},
		"environments.dev.components.a.tag":  {Environment: "dev", Component: "a", Leaf: "tag"},
		"environments":                       {Leaf: "environments"},
		"environments..tag":                  {Leaf: "environments..tag"}, // no name, so no environment
		"components.server.components.a.tag": {Component: "server", Leaf: "components.a.tag"},
		"components.server.environments.dev": {Component: "server", Leaf: "environments.dev"},
	} {
		if got := answers.ParsePath(text); got != want || got.String() != text {
			t.Errorf("%s: got %+v, written %s", text, got, got)
		}
	}
}

// The same order decides single answers and whole registries: the component's before the environment's, and an
// environment's before all.
func TestPrecedence(t *testing.T) {
	const quay, acr = "quay", "acr"
	for _, tt := range []struct {
		name     string
		answers  *answers.Answers
		provider string
		fields   string // of the registry, in one line
	}{
		{"the common registry", given("registry.provider", acr, "registry.name", "a"), acr, "name=a"},
		{"a field of the environment", given("registry.provider", acr, "registry.name", "a", "environments.dev.registry.name", "b"),
			acr, "name=b"},
		{"another provider in the environment hides the common fields",
			given("registry.provider", acr, "registry.name", "a", "environments.dev.registry.provider", quay), quay, ""},
		{"the component goes before the environment", given("components.server.registry.provider", quay,
			"components.server.registry.namespace", "c", "environments.dev.registry.provider", acr), quay, "namespace=c"},
		{"the component in the environment goes first", given("components.server.registry.provider", quay,
			"components.server.registry.namespace", "c", "environments.dev.components.server.registry.namespace", "d"),
			quay, "namespace=d"},
		{"another provider for the component in the environment shows the common fields of that provider",
			given("registry.provider", acr, "registry.name", "a", "components.server.registry.provider", quay,
				"components.server.registry.namespace", "c", "environments.dev.components.server.registry.provider", acr),
			acr, "name=a"},
	} {
		fields := tt.answers.Registry("dev", "server")
		var got []string
		for _, id := range slices.Sorted(maps.Keys(fields)) {
			at := tt.answers.Lookup(answers.Path{Environment: "dev", Component: "server", Leaf: "registry." + id})
			if at.Text != fields[id] {
				t.Errorf("%s: %s is %q by itself and %q in the registry", tt.name, id, at.Text, fields[id])
			}
			if id != "provider" {
				got = append(got, id+"="+fields[id])
			}
		}
		if fields["provider"] != tt.provider || strings.Join(got, " ") != tt.fields {
			t.Errorf("%s: got %v", tt.name, fields)
		}
	}
}
