package chart_test

import (
	"strings"
	"testing"

	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// TestShapes: what Helm 3 and 4 answered for the real charts (template or YAML parse error), for values of another type than
// the templates need.
func TestShapes(t *testing.T) {
	for _, test := range []struct {
		chart, text string
		refused     string // the path; "" when Helm renders
	}{
		{"2.7", "conductor: {env: 'A=b'}", "conductor.env"},
		{"2.7", "conductor: {env: [a]}", ""},
		{"2.7", "workers: {env: [a]}", "workers.env"},
		{"2.7", "extraObjects: [a]", "extraObjects"},
		{"2.7", "extraObjects: [{a: b}]", ""},
		{"2.7", "extraObjects: {x: {a: b}}", ""},
		{"2.7", "service: {annotations: text}", "service.annotations"},
		{"2.7", "service: {annotations: {a: {b: c}}}", "service.annotations"},
		{"2.7", "service: {annotations: {a: b}}", ""},
		{"2.8", "service: {annotations: {a: 1, b: true, c: ~}}", ""},
		{"2.8", "service: {annotations: {a: [x]}}", "service.annotations"},
		{"2.8", "extraObjects: ''", "extraObjects"},
		{"2.8", "extraObjects: false", "extraObjects"},
		{"2.7", "extraObjects: 0", "extraObjects"},
		{"2.8", "extraObjects: ~", ""},
		{"2.8", "extraObjects: []", ""},
		{"2.8", "extraObjects: {}", ""},
		{"2.7", "service: {annotations: []}", ""},
		{"2.8", "global: {labels: platform}", "global.labels"},
		{"2.8", "global: {labels: {team: a}}", ""},
		{"2.8", "global: {vault: {enabled: true, server: {enabled: true, envSecrets: a}}}", "global.vault.server.envSecrets"},
		{"2.8", "global: {vault: {server: {envSecrets: a}}}", ""},
		{"2.8", "extraObjects: text", "extraObjects"},
		{"3.0", "conductor: {podLabels: [a]}", "conductor.podLabels"},
		{"3.0", "ingress: {enabled: true, hosts: h.io}", "ingress.hosts"},
		{"3.0", "ingress: {enabled: false, hosts: h.io}", ""},
		{"3.0", "ingress: {enabled: true, tls: [a]}", "ingress.tls"},
		{"3.0", "extraIngresses: {a: b}", "extraIngresses"},
		{"3.0", "workers: {env: {A: b}, serviceAccount: {annotations: {a: b}}}", ""},
	} {
		profile, err := presetstest.Catalog(t).Chart(test.chart)
		if err != nil {
			t.Fatal(err)
		}
		sources := append(profile.Install.BaseValues(), values.Source{Name: "values.yaml", Data: []byte(test.text)})
		loaded, err := values.Load(sources...)
		if err != nil {
			t.Fatal(err)
		}
		refused := ""
		if r := profile.Resolve(loaded); r.Error != nil {
			refused = r.Error.Kind + ": " + r.Error.Message
		}
		if test.refused == "" && refused != "" || test.refused != "" && !strings.HasPrefix(refused, "template: <.Values."+test.refused+">") {
			t.Errorf("chart %s: %s: %q, not %q", test.chart, test.text, refused, test.refused)
		}
	}
}
