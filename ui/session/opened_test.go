package session_test

import (
	"strings"
	"testing"
)

// rest is what most of the files below have in common.
const rest = `server: {image: {repository: conductor-server}}
workers: {image: {repository: conductor-workers}}
existingImagePullSecret: quay-creds
`

// Of a file whose values cannot all be answers the readable part is kept, what is not read is named in one line, and
// merging leaves it as it is unless the chart refuses it.
func TestWhatCannotBeAnAnswerIsNamedAndNotLost(t *testing.T) {
	for _, tt := range []struct{ name, text, named, answer, value, written string }{
		{"a list", "global: {image: {registry: [quay.io/o]}}\n" + rest,
			`is a list, and is read as "quay.io/o"`, "components.server.repository", "conductor-server", `registry: "quay.io/o"`},
		{"a template in a tag", "global: {image: {registry: quay.io/o}}\n" +
			strings.Replace(rest, "conductor-server", `conductor-server, tag: "{{ .Values.v }}"`, 1),
			"server.image.tag", "components.workers.repository", "conductor-workers", `tag: "{{ .Values.v }}"`},
		{"a placeholder in a tag", "global: {image: {registry: quay.io/o, tag: \"${TAG}\"}}\n" + rest,
			"global.image.tag", "components.server.repository", "conductor-server", `tag: "${TAG}"`},
		{"a placeholder in a path", "global: {image: {registry: quay.io/o}}\n" +
			strings.Replace(rest, "conductor-workers", `"<path:secret/data#w>"`, 1),
			"workers.image.repository", "components.server.repository", "conductor-server", `"<path:secret/data#w>"`},
		{"an unknown registry", "global: {image: {registry: \"${HOST}\", tag: '5.2'}}\n" + rest,
			"global.image.registry", "components.server.repository", "conductor-server", ""},
		{"a mapping for a policy", "global: {image: {registry: quay.io/o}}\n" +
			strings.Replace(rest, "conductor-server", "conductor-server, pullPolicy: {a: b}", 1),
			"server.image.pullPolicy is a mapping", "pullSecret.name", "quay-creds", "{repository: conductor-server, pullPolicy: \"IfNotPresent\"}"},
		{"an unknown policy", "global: {image: {registry: quay.io/o}}\n" +
			strings.Replace(rest, "conductor-server", "conductor-server, pullPolicy: Sometimes", 1),
			"server.image.pullPolicy", "pullSecret.name", "quay-creds", "pullPolicy: Sometimes"},
		{"an image in one text", "server: {image: \"quay.io/o/s:5.2.1\"}\nworkers: {image: {repository: quay.io/o/w}}\n",
			"server.image is text", "components.server.repository", "o/s", ""},
		{"a list of secrets", strings.Replace("global: {image: {registry: quay.io/o}}\n"+rest, "quay-creds", "[a, b]", 1),
			"existingImagePullSecret is a list", "components.server.repository", "conductor-server", ""},
		{"a digest alone", "global: {image: {registry: quay.io/o, tag: \"sha256:" + strings.Repeat("a", 64) + "\"}}\n" + rest,
			"global.image.tag", "components.server.repository", "conductor-server", "sha256:" + strings.Repeat("a", 64)},
		{"keys of chart 2.7", "workerImage: {repository: quay.io/o/w, tag: '1'}\nimage: {repository: quay.io/o/s, tag: '1'}\n" +
			"imagePullSecrets: [{name: mine}]\nredis: {}\n",
			"pull secret mine", "chart", "2.7", "imagePullSecrets: [{name: mine}]"},
		{"a HelmRelease", "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: c}\nspec:\n" +
			"  chart: {spec: {chart: orkes-conductor, version: 2.8.0}}\n  values:\n    global: {image: {registry: quay.io/o}}\n" +
			"    server: {image: {repository: conductor-server, tag: \"${TAG}\"}}\n    workers: {image: {repository: conductor-workers}}\n",
			"server.image.tag", "components.workers.repository", "conductor-workers", `tag: "${TAG}"`},
		{"an Application", "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: c}\nspec:\n  source:\n" +
			"    chart: orkes-conductor\n    targetRevision: 2.8.0\n    helm:\n      values: |\n        global: {image: {registry: quay.io/o}}\n" +
			"        server: {image: {repository: conductor-server}}\n        workers: {image: {repository: \"{{workers}}\"}}\n",
			"workers.image.repository", "components.server.repository", "conductor-server", `repository: "{{workers}}"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := edited(t, tt.text)
			if d == nil {
				t.Fatal("it is not opened")
			}
			named := 0
			for _, p := range d.SourceProblems() {
				if p.Rule == "not-adopted" && strings.Contains(p.String(), tt.named) && p.Line > 0 {
					named++
				}
			}
			if named != 1 {
				t.Errorf("%d lines name %q: %v", named, tt.named, d.SourceProblems())
			}
			if got := d.Answers.Get(tt.answer); got != tt.value {
				t.Errorf("%s is %q, want %q\n%s", tt.answer, got, tt.value, d.Answers.Encode())
			}
			if written := string(d.Preview().Environments[0].Values); !strings.Contains(written, tt.written) {
				t.Errorf("no %q in\n%s", tt.written, written)
			}
			if _, wrong := d.Build(); len(wrong) > 0 && tt.name != "an unknown registry" {
				t.Errorf("it cannot be written: %v", wrong)
			}
		})
	}
}

// An answer replaces what was not read.
func TestAnAnswerReplacesWhatWasNotRead(t *testing.T) {
	d := edited(t, "global: {image: {registry: quay.io/o, tag: \"${TAG}\"}}\n"+rest)
	f, err := d.Catalog.Field(d.Answers, "tag")
	if err != nil {
		t.Fatal(err)
	}
	d.Answer(f, "5.3.0")
	if written := string(d.Preview().Environments[0].Values); !strings.Contains(written, `tag: "5.3.0"`) {
		t.Errorf("the answer is not in\n%s", written)
	}
}
