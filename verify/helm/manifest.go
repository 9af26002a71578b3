// Package manifest reads what helm rendered: every pod that any object would run, and the pull secrets that are made.
// It knows no chart, and no object but by its shape.
package helm

import (
	"fmt"
	"strings"

	"sigs.k8s.io/yaml"
)

// Rendered is what matters of a rendered chart.
type Rendered struct {
	Pods    []Pod
	Secrets []Secret // those of type kubernetes.io/dockerconfigjson
}

// Pod is a pod of any object: a Pod itself, the template of a Deployment or Job, that of a CronJob. Values have the
// type that YAML gives them; null and what is absent are "".
type Pod struct {
	Kind, Name  string
	Containers  []Container
	PullSecrets []any
}

// Container is one of a pod, an init container too.
type Container struct {
	Name       string
	Init       bool
	Image      any
	PullPolicy any
}

// Secret is a pull secret that is made.
type Secret struct {
	Name any
	Type string
}

// pullSecretType is the type of every pull secret.
const pullSecretType = "kubernetes.io/dockerconfigjson"

// maxDepth bounds lists within lists.
const maxDepth = 8

// ParseManifests reads a stream of manifests as "helm template" prints it, hooks included.
func ParseManifests(stream []byte) (*Rendered, error) {
	out := &Rendered{}
	for document := range strings.SplitSeq("\n"+string(stream), "\n---") {
		var object map[string]any
		if err := yaml.Unmarshal([]byte(document), &object); err != nil {
			return nil, fmt.Errorf("helm rendered something that is no YAML: %w", err)
		}
		out.add(object, 0)
	}
	return out, nil
}

func (r *Rendered) add(object map[string]any, depth int) {
	if items, ok := object["items"].([]any); ok && depth < maxDepth {
		for _, item := range items {
			if below, ok := item.(map[string]any); ok {
				r.add(below, depth+1)
			}
		}
		return
	}
	kind, _ := object["kind"].(string)
	name := table(object, "metadata")["name"]
	if kind == "Secret" && object["type"] == pullSecretType {
		r.Secrets = append(r.Secrets, Secret{orNothing(name), pullSecretType})
	}
	for _, spec := range []map[string]any{
		table(object, "spec"), table(object, "spec", "template", "spec"),
		table(object, "spec", "jobTemplate", "spec", "template", "spec"),
	} {
		if _, ok := spec["containers"].([]any); ok {
			r.Pods = append(r.Pods, pod(kind, fmt.Sprint(orNothing(name)), spec))
		}
	}
}

func pod(kind, name string, spec map[string]any) Pod {
	p := Pod{Kind: kind, Name: name, PullSecrets: []any{}}
	for _, list := range []string{"initContainers", "containers"} {
		items, _ := spec[list].([]any)
		for _, item := range items {
			c, _ := item.(map[string]any)
			title, _ := c["name"].(string)
			p.Containers = append(p.Containers, Container{title, list == "initContainers", orNothing(c["image"]),
				orNothing(c["imagePullPolicy"])})
		}
	}
	secrets, _ := spec["imagePullSecrets"].([]any)
	for _, item := range secrets {
		entry, _ := item.(map[string]any)
		p.PullSecrets = append(p.PullSecrets, orNothing(entry["name"]))
	}
	return p
}

// table is the table at a path of keys; nil when there is none.
func table(object map[string]any, keys ...string) map[string]any {
	for _, key := range keys {
		object, _ = object[key].(map[string]any)
	}
	return object
}

// orNothing is value, with null and what is absent as "".
func orNothing(value any) any {
	if value == nil {
		return ""
	}
	return value
}
