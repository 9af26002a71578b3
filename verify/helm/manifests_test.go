package helm

import (
	"encoding/base64"
	"fmt"
	"testing"

	"conductor-registry/model/chart"
)

func TestParseManifests(t *testing.T) {
	login := base64.StdEncoding.EncodeToString([]byte("robot:pass"))
	config := base64.StdEncoding.EncodeToString([]byte(`{"auths":{"r.io":{"auth":"` + login + `"}}}`))
	stream := `---
# Source: a
apiVersion: v1
kind: List
items:
- kind: CronJob
  metadata: {name: nightly}
  spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: job, image: x:1}]}}}}}
---
kind: Deployment
metadata: {name: server}
spec:
  template:
    spec:
      imagePullSecrets: [{name: 123}, {}]
      initContainers: [{name: wait, image: busybox}]
      containers: [{name: main, image: r.io/a:1, imagePullPolicy: Always}, {name: sidecar}]
---
kind: Secret
type: kubernetes.io/dockerconfigjson
metadata: {name: made}
data: {.dockerconfigjson: ` + config + `}
---
kind: Secret
type: Opaque
metadata: {name: other}
`
	r, err := ParseManifests([]byte(stream))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Pods) != 2 || len(r.Secrets) != 1 || r.Secrets[0].Name != "made" {
		t.Fatalf("%+v", r)
	}
	nightly, server := &r.Pods[0], &r.Pods[1]
	if nightly.Kind != "CronJob" || nightly.RunsComponent || !server.RunsComponent {
		t.Errorf("%+v", r.Pods)
	}
	if text := fmt.Sprintf("%v %#v %v", server.Main().Name, server.PullSecrets, server.Containers); text !=
		`main []interface {}{123, ""} [{wait true busybox } {main false r.io/a:1 Always} {sidecar false  }]` {
		t.Error(text)
	}
	for text, want := range map[string]bool{"r.io": true, "robot:pass": true, "other": false} {
		if r.Secrets[0].Contains(text) != want {
			t.Errorf("%s in the pull secret: not %v", text, want)
		}
	}
	if _, err := ParseManifests([]byte("a: [")); err == nil {
		t.Error("a document that is not YAML is accepted")
	}
}

// Components that name a container or the end of a pod's name take theirs first. Without a Deployment all pods count.
func TestAssign(t *testing.T) {
	stream := func(kind string) []byte {
		out := ""
		for _, name := range []string{"x-conductor", "x-conductor-workers"} {
			out += "---\nkind: " + kind + "\nmetadata: {name: " + name + "}\nspec: {template: {spec: {containers: [{name: c}]}}}\n"
		}
		return append([]byte(out), "---\nkind: Job\nmetadata: {name: job}\nspec: {template: {spec: {containers: [{name: c}]}}}\n"...)
	}
	components := []chart.Component{{Name: "server"}, {Name: "workers", Pod: chart.Pod{Suffix: "-workers"}}}
	for _, kind := range []string{"Deployment", "DaemonSet"} {
		r, err := ParseManifests(stream(kind))
		if err != nil {
			t.Fatal(err)
		}
		found := Assign(components, r.Pods)
		if len(found) != 2 || found["server"].Name != "x-conductor" || found["workers"].Name != "x-conductor-workers" {
			t.Errorf("%s: %v", kind, found)
		}
	}
	r, _ := ParseManifests(stream("Deployment"))
	aliased := []chart.Component{{Name: "workers"}, {Name: "server", Pod: chart.Pod{Container: "conductor", Alias: "c"}}}
	if found := Assign(aliased, r.Pods); len(found) != 2 || found["server"].Name != "x-conductor" {
		t.Errorf("the container of a subchart with an alias: %v", found)
	}
	if found := Assign([]chart.Component{{Name: "a", Pod: chart.Pod{Suffix: "job"}}}, r.Pods); len(found) > 0 {
		t.Errorf("a Job runs a component beside Deployments: %v", found)
	}
}

func TestRefusals(t *testing.T) {
	for said, want := range map[string]string{
		"Error: values don't meet the specifications of the schema(s)\n":                            "schema",
		"level=WARN msg=x\nError: execution error at (a/templates/b.yaml:1:2): no\n":                "required",
		"Error: failed to parse values.yaml\n":                                                      "yaml",
		"Error: template: a:1:2: nil pointer\n\nUse --debug flag to render out invalid YAML\n":      "template",
		"coalesce.go:298: warning: cannot overwrite table with non table for a.b\nError: failed to": "template",
	} {
		e := &RefusedError{withoutNoise(said)}
		if e.Kind() != want || e.Error()[0] == 'E' || e.Error()[0] == 'l' || e.Error()[0] == 'c' {
			t.Errorf("%q is %s: %q", said, e.Kind(), e.Error())
		}
	}
	if text := (&RefusedError{}).Error(); text != "helm failed without a message" {
		t.Error(text)
	}
}
