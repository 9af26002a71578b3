package plan_test

import (
	"slices"
	"testing"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// FuzzPromise holds for all bytes as an answers file: either every problem is an error of the answers, or the bytes that
// would be written give, when they are read again, the images, policies and pull secrets that the answers ask for.
func FuzzPromise(f *testing.F) {
	for _, text := range promiseSeeds {
		f.Add([]byte("version: 1\n" + text))
	}
	c := presetstest.Catalog(f)
	for _, s := range presetstest.Scenarios(f, c) {
		f.Add(s.Answers.Encode())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		given, problems := answers.Decode("answers.yaml", data)
		if len(problems) > 0 {
			return
		}
		p, problems := plan.Build(c, given, "answers.yaml")
		if slices.ContainsFunc(problems, func(p model.Problem) bool { return p.Rule == "internal" }) {
			t.Fatalf("%q: %v", data, problems)
		}
		if p == nil {
			if len(problems.Errors()) == 0 {
				t.Errorf("%q: no plan and no error", data)
			}
			return
		}
		for _, e := range p.Environments {
			checkPromise(t, data, e)
		}
	})
}

// promiseSeeds are answers in which one value or another is hard.
var promiseSeeds = []string{
	"components: {workers: {registry: {0: 0}}}\n",
	"components: {workers: {registry: {name: myacr}}}\n",
	"environments: {dev: {components: {server: {registry: {host: r.io}}}}}\n",
	"environments: {dev: {registry: {name: myacr}}, prod: {}}\n",
	"registry: {provider: acr, name: myacr}\n",
	"registry: {provider: generic, host: 'R.io:5000/a', path: b}\ntag: 5.10\n",
	"registry: {provider: generic, host: '[fd12::10]:5000'}\npattern: full-name\ntag: 1e3\n",
	"registry: {provider: dockerhub}\ncomponents: {server: {repository: 'a/b@sha256:x'}, workers: {tag: yes}}\n",
	"registry: {provider: quay, namespace: null}\n", "registry: {provider: jfrog, company: 0x1F, repository: '~'}\n",
	"chart: \"3.0\"\nregistry: {provider: ghcr, owner: no}\ncomponents: {workers: {registry: {provider: quay, namespace: '1_0'}}}\n",
	"chart: 2.7\nregistry: {provider: harbor, host: h.example.com, project: '08'}\npullSecret: {method: imageCredentials, name: '12'}\n",
	"registry: {provider: generic, host: r.io}\npullSecret: {method: customImagePullSecrets, name: 'true', namespace: '1'}\n",
	"registry: {provider: generic, host: r.io}\nenvironments: {dev: {tag: latest, pullPolicy: Always}, '007': {registry: {host: x.io}}}\n",
	"registry: {provider: acr, name: a, cacheOf: dockerhub, path: orkesio}\n", "registry: {provider: generic, host: '${HOST}'}\n",
	"registry: {provider: generic, host: r.io}\ntag: \"\\e]0;x\\a\"\n", "registry: {provider: generic, host: r.io}\npullPolicy: always\n",
}

// checkPromise reads the file of an environment again, and compares what the chart makes of it with the answers.
func checkPromise(t *testing.T, data []byte, e *plan.Environment) {
	t.Helper()
	loaded, err := values.Load(append(e.Profile.Install.BaseValues(), values.Source{Name: "values.yaml", Data: e.Values})...)
	if err != nil {
		t.Fatalf("%q: %v\n%s", data, err, e.Values)
	}
	got := e.Profile.Resolve(loaded)
	if got.Error != nil {
		t.Fatalf("%q: the chart refuses\n%s%+v", data, e.Values, got.Error)
	}
	for _, c := range e.Components {
		r := got.Components[c.Name]
		isImage := r.Image == c.Image() || c.Location.ImpliedHost && r.Image == "docker.io/"+c.Image()
		if !isImage || r.PullPolicy != c.PullPolicy {
			t.Errorf("%q: %s gets %s, %s and not %s, %s\n%s", data, c.Name, r.Image, r.PullPolicy, c.Image(), c.PullPolicy, e.Values)
		}
		if name := e.Secret.Name; name != "" && !slices.Contains(r.PullSecrets, any(name)) {
			t.Errorf("%q: %s uses the pull secrets %v, without %q\n%s", data, c.Name, r.PullSecrets, name, e.Values)
		}
	}
}
