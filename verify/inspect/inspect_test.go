package inspect

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
	"conductor-registry/verify"
	"conductor-registry/verify/helm"
)

func helm3(t *testing.T) *helm.Helm {
	t.Helper()
	if os.Getenv("HELM3") == "" {
		t.Skip("HELM3 is not set: make test builds it and names it")
	}
	program, err := helm.Find(os.Getenv("HELM3"))
	if err != nil {
		t.Fatal(err)
	}
	return program
}

func options(t *testing.T, path string) Options {
	t.Helper()
	c, err := helm.ReadChart(path, func([]byte) {})
	if err != nil {
		t.Fatal(err)
	}
	profiles := presetstest.Catalog(t).Charts.All()
	return Options{Helm: helm3(t), Chart: c, Profiles: profiles}
}

// writeChart writes a chart with these templates and values.
func writeChart(t *testing.T, defaults string, templates ...string) string {
	t.Helper()
	folder := t.TempDir()
	files := map[string]string{"Chart.yaml": "apiVersion: v2\nname: small\nversion: 1.2.3\nappVersion: 9.9.9\n", "values.yaml": defaults}
	for i, text := range templates {
		files[fmt.Sprintf("templates/%d.yaml", i)] = text
	}
	for name, text := range files {
		name = filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func statesOf(r *Report) map[string]State {
	out := map[string]State{}
	for _, k := range r.Keys {
		out[k.Path] = k.State
	}
	return out
}

// A chart without a Deployment has components all the same.
func TestChartsWithoutDeployment(t *testing.T) {
	const pod = "{containers: [{name: agent, image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"}]}"
	for kind, spec := range map[string]string{
		"DaemonSet": "{template: {spec: " + pod + "}}",
		"CronJob":   "{jobTemplate: {spec: {template: {spec: " + pod + "}}}}",
	} {
		t.Run(kind, func(t *testing.T) {
			folder := writeChart(t, "image: {repository: example/agent, tag: \"1\"}\n",
				"apiVersion: v1\nkind: "+kind+"\nmetadata: {name: agent}\nspec: "+spec+"\n")
			r, err := Run(t.Context(), options(t, folder))
			if err != nil {
				t.Fatal(err)
			}
			if s := statesOf(r); s["image.repository"] != Read || s["image.tag"] != Read || s["image.registry"] != Ignored {
				t.Error(s)
			}
			p, err := chart.DecodeProfile("draft.yaml", r.Draft)
			if err != nil {
				t.Fatalf("%v\n%s", err, r.Draft)
			}
			if len(p.Components) != 1 || p.Components[0].Name != "agent" || p.Settings[0].Path != "image.repository" {
				t.Errorf("%s", r.Draft)
			}
		})
	}
}

// The profile that is found in a chart resolves values as helm renders them, and steps are reported from the first on.
func TestDraftIsAProfile(t *testing.T) {
	const folder = "../../golden/charts/2.8"
	o := options(t, folder)
	var lock sync.Mutex
	var steps []string
	renderings := 0
	o.Progress = func(done, all int, what string) {
		lock.Lock()
		defer lock.Unlock()
		what, count, _ := strings.Cut(what, " (")
		if step := fmt.Sprintf("%d/%d %s", done, all, what); !slices.Contains(steps, step) {
			steps = append(steps, step)
		}
		_, _ = fmt.Sscanf(count, "%d renderings", &renderings)
	}
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if len(steps) != 10 || steps[0] != "0/10 rendering the chart as it is" || renderings == 0 || renderings > r.Renderings {
		t.Errorf("%d of %d renderings reported, steps %q", renderings, r.Renderings, steps)
	}
	p, err := chart.DecodeProfile("draft.yaml", r.Draft)
	if err != nil {
		t.Fatalf("%v\n%s", err, r.Draft)
	}
	for _, text := range []string{
		"",
		"global: {image: {registry: r.io/x, tag: \"1\", pullPolicy: Never}}",
		"server: {image: {registry: a.io, repository: b, tag: c, pullPolicy: Always}}\nexistingImagePullSecret: mine",
		"workers: {image: {repository: \"\"}}\nworkerImage: {repository: w}",
		"customImagePullSecrets: {enabled: true, name: own}",
		"server: {image: {tag: 5.2}}",
	} {
		v, err := values.Load(values.Source{Name: "values.yaml", Data: []byte(text)})
		if err != nil {
			t.Fatal(err)
		}
		compared, err := verify.Run(t.Context(), o.Helm, p, p.Resolve(v), helm.Request{Chart: folder, Values: [][]byte{[]byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		if !compared.Agrees {
			t.Errorf("%s\n%+v %+v", text, compared.Fields, compared.Refusals)
		}
	}
}

// refusals finds the keys that helm refuses among many, with far fewer renderings than keys; keys that set different
// parts are tried together.
func TestManyKeysAtOnce(t *testing.T) {
	var text, template strings.Builder
	const programs = 12
	for i := range programs {
		fmt.Fprintf(&text, "p%d: {image: {repository: r/p%d, tag: \"1\"}}\nq%d: {imageNote: x}\n", i, i, i)
		fmt.Fprintf(&template, "---\nkind: Deployment\nmetadata: {name: p%d}\nspec: {template: {spec: {containers: [{name: c%d, "+
			"image: \"{{ .Values.p%d.image.repository }}:{{ required \"p%d needs a tag\" .Values.p%d.image.tag }}\"}]}}}\n", i, i, i, i, i)
	}
	fmt.Fprint(&template, "---\nkind: ConfigMap\nmetadata: {name: {{ fromYaml \"a: b\" | toJson | quote }}}\n"+
		"data: {x: {{ if contains \"probe\" .Values.q7.imageNote }}{{ fail \"no probes\" }}{{ end }}y}\n")
	o := options(t, writeChart(t, text.String(), template.String()))
	n, err := newInspection(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.run(); err != nil {
		t.Fatal(err)
	}
	for i := range programs {
		k := n.key(fmt.Sprintf("p%d.image.tag", i))
		if !strings.Contains(k.mandatory, fmt.Sprintf("p%d needs a tag", i)) || k.state() != Read {
			t.Errorf("%s is %s, mandatory %q", k.path, k.state(), k.mandatory)
		}
		if k := n.key(fmt.Sprintf("q%d.imageNote", i)); (k.state() == Refused) != (i == 7) {
			t.Errorf("%s is %s", k.path, k.state())
		}
	}
	if many := len(n.chart.known); many > 110 {
		t.Errorf("%d renderings for %d keys", many, len(n.keys))
	}
}

// Keys that set the same part, that nothing is known about, or that accept only policies, are not set together.
func TestApart(t *testing.T) {
	a, b := Part{"a", partTag}, Part{"b", partTag}
	keys := []*key{{path: "a", reaches: []Part{a}}, {path: "ab", reaches: []Part{a, b}}, {path: "b", reaches: []Part{b}},
		{path: "digest", reaches: []Part{{"b", partDigest}}}, {path: "unknown"}, {path: "policy", reaches: []Part{b}, marker: "Never", policies: []string{"Never"}},
		{path: "repository", reaches: []Part{{"a", partRepository}}}}
	var got []string
	for _, group := range independent(keys) {
		var paths []string
		for _, k := range group {
			paths = append(paths, k.path)
		}
		got = append(got, strings.Join(paths, "+"))
	}
	if text := strings.Join(got, " "); text != "a+b+repository ab digest unknown policy" {
		t.Error(text)
	}
}

func TestSettings(t *testing.T) {
	tree := map[string]any{"a": map[string]any{"b": 1}, "c": "text"}
	got := settings{"a.d": 2, "c.e": 3}.and(settings{"a.d": 4}).over(tree)
	if text := fmt.Sprint(got); text != "map[a:map[b:1 d:4] c:map[e:3]]" || fmt.Sprint(tree) != "map[a:map[b:1] c:text]" {
		t.Error(text, tree)
	}
	if text := fmt.Sprint(valuesAt(got, []string{"a.b", "c.none"})); text != "map[a:map[b:1] c:map[]]" {
		t.Error(text)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, options(t, "../../golden/charts/2.7")); err == nil || err.Error() != context.Canceled.Error() {
		t.Error(err)
	}
}
