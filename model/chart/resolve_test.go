package chart

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"conductor-registry/model/values"
)

// TestImages holds how values merge, print and are traced; each want is what Helm 3.22 renders.
func TestImages(t *testing.T) {
	const name = "orkesio/orkes-conductor-server"
	p := profile(t, "2.8")
	for _, tt := range []struct{ name, values, image, from string }{
		{"nothing", "", name + ":5.2.42", "Chart.AppVersion"},
		{"a number loses its zero", "global: {image: {tag: 5.10}}", name + ":5.1", "global.image.tag"},
		{"a date is a large number", "global: {image: {tag: 20240101}}", name + ":2.0240101e+07", "global.image.tag"},
		{"octal", "global: {image: {tag: 010}}", name + ":8", "global.image.tag"},
		{"no is false is empty", "global: {image: {tag: no}}", name + ":5.2.42", "Chart.AppVersion"},
		{"a list", "global: {image: {tag: [1, null]}}", name + ":[1 <nil>]", "global.image.tag"},
		{"null removes a default", "server: {image: {tag: null}}", name + ":5.2.42", "Chart.AppVersion"},
		{"null is not empty in the end", "global: {image: {registry: null}}", "/" + name + ":5.2.42", "Chart.AppVersion"},
		{"text like nil is stripped", `global: {image: {tag: "a<no value>b"}}`, name + ":ab", "global.image.tag"},
		{"escape", `global: {image: {tag: 'a\x41'}}`, name + ":aA", "global.image.tag"},
		{"comment", `global: {image: {tag: 'a" #'}}`, name + ":a", "global.image.tag"},
		{"line break", `global: {image: {tag: "a\nb"}}`, name + ":a b", "global.image.tag"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := p.Resolve(load(t, tt.values))
			if r.Error != nil {
				t.Fatal(r.Error)
			}
			if got := r.Components["server"]; got.Image != tt.image || got.Trace.Tag.From != tt.from {
				t.Errorf("got %q from %s, want %q from %s", got.Image, got.Trace.Tag.From, tt.image, tt.from)
			}
		})
	}
}

// TestPlaceholders checks that what another program fills in stays as it is, with quotes in it too: Helm gets other text.
func TestPlaceholders(t *testing.T) {
	const tag, name = `{{ requiredEnv "TAG" }}`, `{{ env "NAME" }}`
	r := profile(t, "2.8").Resolve(load(t, "global: {image: {tag: '"+tag+"', pullPolicy: '%POLICY%'}}\n"+
		"existingImagePullSecret: '"+name+"'\nserver: {image: {pullPolicy: ''}}\n"))
	if r.Error != nil {
		t.Fatal(r.Error)
	}
	server := r.Components["server"]
	if !strings.HasSuffix(server.Image, ":"+tag) || server.PullPolicy != "%POLICY%" || server.PullSecrets[0] != name {
		t.Errorf("%+v", server)
	}
}

func TestTrace(t *testing.T) {
	r := profile(t, "2.8").Resolve(load(t, `
global: {image: {registry: r.io, pullPolicy: Always}}
server: {image: {repository: "", pullPolicy: null}}
existingImagePullSecret: "123"
`))
	server, workers := r.Components["server"].Trace, r.Components["workers"].Trace
	for _, tt := range []struct {
		got, want Origin
	}{
		{server.Registry, Origin{"r.io", "global.image.registry"}},
		{server.Repository, Origin{"orkesio/orkes-conductor-server", "chart default image.repository"}},
		{server.PullPolicy, Origin{"Always", "global.image.pullPolicy"}},
		{workers.PullPolicy, Origin{"IfNotPresent", "chart default workers.image.pullPolicy"}},
		{workers.Tag, Origin{"5.2.42", "Chart.AppVersion"}},
		{workers.PullSecrets, Origin{123.0, "existingImagePullSecret"}},
	} {
		if tt.got != tt.want {
			t.Errorf("got %v, want %v", tt.got, tt.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	p := profile(t, "2.8")
	for _, tt := range []struct{ name, values, kind, message string }{
		{"two missing", "imageCredentials: {registry: null, email: null}", "schema",
			"- at '/imageCredentials': missing properties 'registry', 'email'"},
		{"the top", "image: null", "schema", "- at '': missing property 'image'"},
		{"a list item", "customImagePullSecrets: {registries: [{registry: a}, {email: null}]}", "schema",
			"- at '/customImagePullSecrets/registries/1/email': got null, want string"},
		{"a choice of types", "redis: {port: true}", "schema", "- at '/redis/port': got boolean, want integer or string"},
		{"a whole number", "postgres: {port: 1.5}", "schema", "- at '/postgres/port': got number, want integer"},
		{"words", "app: {env: mars}", "schema", "- at '/app/env': value must be one of 'aws', 'azure', 'gcp'"},
		{"null parent", "global: {image: null}", "template",
			"<.Values.global.image.registry>: nil pointer evaluating interface {}.registry"},
		{"text parent", "workerImage: x", "template",
			"<.Values.workerImage.repository>: can't evaluate field repository in type interface {}"},
		{"quote in an image", `global: {image: {registry: 'a"b'}}`, "template", "YAML parse error"},
		{"colon in a name", `existingImagePullSecret: "a: b"`, "template", "mapping values are not allowed"},
		{"cut manifest", `existingImagePullSecret: "a\n---\nb"`, "template", "YAML parse error"},
		{"a table for a made name", "customImagePullSecrets: {enabled: true, name: '{a: b}'}", "template", "metadata.name"},
		{"login without a registry", "customImagePullSecrets: {enabled: true, registries: [{username: u}]}", "template",
			"expected string; got interface {}"},
		{"required", "security: {enabled: true, defaultUserEmail: a@b.c}", "required", "security.defaultUserName is required."},
		{"first failure only", "{security: {enabled: true}, global: {redis: null}}", "template", "interface {}.clusterMode"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := p.Resolve(load(t, tt.values))
			if r.Error == nil || r.Error.Kind != tt.kind || !strings.Contains(r.Error.Message, tt.message) {
				t.Fatalf("error = %+v, want %s %q", r.Error, tt.kind, tt.message)
			}
			if r.Components != nil {
				t.Error("a refusal has no components")
			}
		})
	}
}

// When a rule holds, the keys of later ones are not read, so they cannot fail.
func TestLaterRulesAreNotRead(t *testing.T) {
	p := profile(t, "2.8")
	if r := p.Resolve(load(t, "customImagePullSecrets: null")); r.Error == nil {
		t.Error("without an existing secret customImagePullSecrets is read")
	}
	r := p.Resolve(load(t, "{customImagePullSecrets: null, existingImagePullSecret: a}"))
	if r.Error != nil || len(r.Secrets) != 0 {
		t.Errorf("got %+v and %v, want no error and no secrets", r.Error, r.Secrets)
	}
}

// Helm's --set creates integers, which print in full; files create floats, which do not.
func TestSetNumbers(t *testing.T) {
	p, v := profile(t, "2.8"), load(t, "global: {image: {tag: x}}")
	image, _ := v.Map()["global"].(map[string]any)["image"].(map[string]any)
	image["tag"] = int64(20240101)
	if got := p.Resolve(v).Components["server"].Image; !strings.HasSuffix(got, ":20240101") {
		t.Errorf("got %s", got)
	}
	v.Map()["server"] = map[string]any{"image": map[string]any{"tag": int64(5)}}
	if r := p.Resolve(v); r.Error == nil || r.Error.Details[0] != "at '/server/image/tag': got number, want string" {
		t.Errorf("error = %+v", r.Error)
	}
}

func TestResolveLeavesValuesAlone(t *testing.T) {
	p, v := profile(t, "2.8"), load(t, "{global: {image: {tag: null}}, server: {image: {}}}")
	before, _ := json.Marshal(v.Map())
	p.Resolve(v)
	p.Resolve(load(t, "server: {image: {tag: leak}}"))
	if after, _ := json.Marshal(v.Map()); !bytes.Equal(after, before) {
		t.Errorf("values became %s", after)
	}
	if got := p.Resolve(load(t, "")).Components["server"].Image; strings.Contains(got, "leak") {
		t.Error("one run's values reached the profile's defaults")
	}
}

func TestResolutionJSON(t *testing.T) {
	p := profile(t, "2.8")
	for values, want := range map[string]string{
		"existingImagePullSecret: x": `"secrets":[]}`,
		"server: x": `{"formatVersion":"1","chart":{"name":"orkes-conductor","version":"2.8.0","appVersion":"5.2.42"},` +
			`"secrets":[],"error":{"kind":"schema",`,
	} {
		if got, err := json.Marshal(p.Resolve(load(t, values))); err != nil || !strings.Contains(string(got), want) {
			t.Errorf("%s: got %s, %v, want %s", values, got, err, want)
		}
	}
}

// The defaults of a local chart replace those of the profile.
func TestFor(t *testing.T) {
	var defaults map[string]any
	if err := yaml.Unmarshal([]byte(`{image: {repository: own/server}, workerImage: {}, global: {image: {}}}`), &defaults); err != nil {
		t.Fatal(err)
	}
	p := &Profile{Version: "1", AppVersion: "1", Components: []Component{{Name: "server",
		Repository: Chain{Paths: []string{"image.repository"}}, Tag: Chain{Else: "Chart.AppVersion"}}}}
	r := p.For(LocalChart{Version: "2.8.1", AppVersion: "5.3.0", Defaults: defaults}).Resolve(load(t, ""))
	if got := r.Components["server"].Image; got != "own/server:5.3.0" || r.Chart.Version != "2.8.1" {
		t.Errorf("got %s of chart %s", got, r.Chart.Version)
	}
	if p.Version != "1" {
		t.Error("the profile itself must stay as it is")
	}
}

// Any file resolves to one of these: a ParseError, or a resolution with components or an error.
func FuzzResolve(f *testing.F) {
	for _, seed := range []string{"", "a: &a [*a]", "global: {image: {tag: 1e3}}", "existingImagePullSecret: \"|\"", "<<: {a: b}", "? [a]: b"} {
		f.Add([]byte(seed))
	}
	p := profile(f, "2.8")
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := values.Load(values.Source{Name: "values.yaml", Data: data})
		if err != nil {
			return
		}
		if r := p.Resolve(v); (r.Error == nil) != (len(r.Components) == len(p.Components)) {
			t.Errorf("components %v, error %v", r.Components, r.Error)
		}
	})
}

// BenchmarkResolve measures what the wizard does at each key: parse, merge, resolve. The goal is 0.3 ms.
func BenchmarkResolve(b *testing.B) {
	p := profile(b, "2.8")
	loaded := []byte(`
global: {image: {registry: myacr.azurecr.io, tag: "5.2.42", pullPolicy: Always, pullSecrets: [{name: acr-credentials}]}}
server: {image: {repository: conductor/server, pullPolicy: Always}}
workers: {image: {repository: conductor/workers, pullPolicy: Always}}
existingImagePullSecret: acr-credentials
`)
	for b.Loop() {
		v, err := values.Load(values.Source{Name: "values.yaml", Data: loaded})
		if err != nil {
			b.Fatal(err)
		}
		if r := p.Resolve(v); r.Error != nil {
			b.Fatal(r.Error)
		}
	}
}
