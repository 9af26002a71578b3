package chart

import (
	"strings"
	"testing"

	"conductor-registry/model/values"
)

func profiles(t testing.TB) []*Profile {
	return []*Profile{profile(t, "2.8"), profile(t, "3.0"), profile(t, "2.7")}
}

func TestRelease(t *testing.T) {
	for version, want := range map[string]string{
		"2.7": "2.7 2.7.49 5.2.42", "2.7.49": "2.7 2.7.49 5.2.42", "2.7.40": "2.7 2.7.40 5.2.20", "2.8.0": "2.8 2.8.0 5.2.42",
		"3.0.1": "3.0 3.0.1 5.2.43", "3.0.0": "refused", "2.7.39": "", "3.1": "",
	} {
		got := ""
		for _, p := range profiles(t) {
			switch found, known, err := p.Release(version); {
			case err != nil:
				got = "refused"
			case known:
				got = found.ID + " " + found.Version + " " + found.AppVersion
			}
		}
		if got != want {
			t.Errorf("%s = %q, want %q", version, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	for version, want := range map[string]string{
		"0.1.0": "2.7", "2.7.36": "2.7", "2.7.50": "2.7", "2.8.0": "2.8", "2.8.1-rc.1": "2.8", "2.10.0": "2.8", "3.0.0": "2.8",
		"3.0.1": "3.0", "3.0.3": "3.0", "v4.1.0+build": "3.0", "odd": "2.7",
	} {
		if got := Nearest(profiles(t), version).ID; got != want {
			t.Errorf("nearest to %s = %s, want %s", version, got, want)
		}
	}
}

func TestMatch(t *testing.T) {
	own := map[string]any{"image": map[string]any{"repository": "own/server", "pullPolicy": "Always"}}
	tests := []struct{ name, version, id, rules string }{
		{"orkes-conductor", "2.7.49", "2.7", ""},
		{"orkes-conductor", "2.7.50", "2.7", "unknown-chart-version"},
		{"orkes-conductor", "3.1.0", "3.0", "unknown-chart-version"},
		{"other", "2.7.49", "2.7", "unknown-chart"},
		{"orkes-conductor", "3.0.0", "", "cannot be used"},
	}
	for _, test := range tests {
		p, problems, err := Match(profiles(t), LocalChart{Path: "charts/x", Name: test.name, Version: test.version,
			AppVersion: "9.9", Defaults: own})
		if err != nil {
			if test.id != "" || !strings.Contains(err.Error(), test.rules) {
				t.Errorf("%+v: %v", test, err)
			}
			continue
		}
		var rules []string
		for _, problem := range problems {
			rules = append(rules, problem.Rule)
		}
		if p.ID != test.id || p.Version != test.version || p.AppVersion != "9.9" || strings.Join(rules, " ") != test.rules {
			t.Errorf("%+v: got %s %s %s, %v", test, p.ID, p.Version, p.AppVersion, rules)
		}
		if p.Reference() != "charts/x" {
			t.Errorf("%+v: got %s", test, p.Reference())
		}
		if test.id != "2.7" {
			continue
		}
		got := p.Resolve(load(t, "{}"))
		if server := got.Components["server"]; got.Error != nil || server.Image != "own/server:9.9" || server.PullPolicy != "Always" {
			t.Errorf("%+v: the chart's own defaults do not count: %+v %+v", test, got.Error, server)
		}
		workers := got.Components["workers"]
		if test.name == "other" && workers != nil {
			t.Errorf("%+v: a chart without workers has them: %s", test, workers.Image)
		}
		if test.name != "other" && (workers == nil || workers.Image != ":9.9") {
			t.Errorf("%+v: a default that the chart lacks counts: %v", test, workers)
		}
	}
}

func TestInstall(t *testing.T) {
	p := profile(t, "3.0")
	if got, want := p.Reference(), "orkes-conductor --repo https://orkes-io.github.io/orkes-helm-charts --version 3.0.2"; got != want {
		t.Errorf("reference = %s, want %s", got, want)
	}
	flags := "--set-file conductor.properties=conductor.properties --set-file workers.properties=workers.properties"
	if got := strings.Join(p.Install.Flags(), " "); got != flags {
		t.Errorf("flags = %s", got)
	}
	values, err := values.Load(p.Install.BaseValues()...)
	if r := p.Resolve(values); err != nil || r.Error != nil {
		t.Errorf("with placeholders for its files: %v, %+v", err, r.Error)
	}
	if len(profile(t, "2.8").Install.BaseValues()) > 0 {
		t.Error("2.8 needs no files")
	}
}

// A tag of chart 3.0 is a template; what Helm 3.22 makes of each is in the comment.
func TestTagIsTemplate(t *testing.T) {
	p := profile(t, "3.0")
	for tag, want := range map[string]string{
		`{{ .Chart.AppVersion }}-{{- "x" -}} {{ .Values.foo }}`: "5.2.78-xbar",
		"{{ .Values.nope }}":             "5.2.78", // it prints nothing, so the tag is empty
		`{{ "" }}`:                       "5.2.78",
		"{{ .Values.nope.x }}":           "nil pointer",
		"a{{":                            "cannot parse",
		"{{ .Values.image.pullPolicy }}": "IfNotPresent",
		`{{ "a" | upper }}`:              "only Helm knows",
	} {
		r := p.Resolve(load(t, "foo: bar\nconductor: {properties: p}\nworkers: {properties: p}\nimage: {tag: '"+tag+"'}\n"))
		var got string
		switch {
		case r.Error != nil:
			got = r.Error.Kind + " " + r.Error.Message
		case len(r.Templates) > 0:
			got = "only Helm knows"
		default:
			got = r.Components["workers"].Image
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s = %s, want %s", tag, got, want)
		}
	}
}
