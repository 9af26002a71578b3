package helm

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"conductor-registry/model/chart"
	"conductor-registry/model/secret"
)

// Rendered is the pods and pull secrets of a rendered chart.
type Rendered struct {
	Pods    []Pod
	Secrets []Secret
}

// Pod is a pod of any object: a Pod, the template of a Deployment or Job, that of a CronJob. Values have the type that
// YAML gives them; null and absent values are "".
type Pod struct {
	Kind, Name    string
	Containers    []Container // init containers first
	PullSecrets   []any
	RunsComponent bool // it is of a Deployment, or the chart has none
}

// Container is one container of a pod.
type Container struct {
	Name       string
	Init       bool
	Image      any
	PullPolicy any
}

// Secret is a pull secret that the chart creates.
type Secret struct {
	Name     any
	Contains func(text string) bool // in its content, also in the encoded user name and password
}

// Main returns the container that the pod is for: the first that is not an init container. It is nil when there is
// none.
func (p *Pod) Main() *Container {
	i := slices.IndexFunc(p.Containers, func(c Container) bool { return !c.Init })
	if i < 0 {
		return nil
	}
	return &p.Containers[i]
}

// maxDepth bounds lists within lists.
const maxDepth = 8

// ParseManifests reads a stream of manifests as "helm template" prints it, hooks included.
func ParseManifests(stream []byte) (*Rendered, error) {
	out := &Rendered{}
	for document := range strings.SplitSeq("\n"+string(stream), "\n---") {
		var object map[string]any
		if err := yaml.Unmarshal([]byte(document), &object); err != nil {
			return nil, fmt.Errorf("helm rendered a document that is not YAML: %w", err)
		}
		out.add(object, 0)
	}
	hasDeployment := slices.ContainsFunc(out.Pods, func(p Pod) bool { return p.Kind == "Deployment" })
	for i := range out.Pods {
		p := &out.Pods[i]
		p.RunsComponent = (p.Kind == "Deployment" || !hasDeployment) && p.Main() != nil
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
	name := orEmpty(mapping(object, "metadata")["name"])
	if kind == "Secret" && object["type"] == secret.DockerConfigType {
		r.Secrets = append(r.Secrets, Secret{name, contains(object)})
	}
	for _, spec := range []map[string]any{
		mapping(object, "spec"), mapping(object, "spec", "template", "spec"),
		mapping(object, "spec", "jobTemplate", "spec", "template", "spec"),
	} {
		if _, ok := spec["containers"].([]any); ok {
			r.Pods = append(r.Pods, pod(kind, fmt.Sprint(name), spec))
		}
	}
}

func pod(kind, name string, spec map[string]any) Pod {
	p := Pod{Kind: kind, Name: name, PullSecrets: []any{}}
	for _, list := range []string{"initContainers", "containers"} {
		items, _ := spec[list].([]any)
		for _, item := range items {
			c, _ := item.(map[string]any)
			name, _ := c["name"].(string)
			p.Containers = append(p.Containers, Container{name, list == "initContainers", orEmpty(c["image"]),
				orEmpty(c["imagePullPolicy"])})
		}
	}
	secrets, _ := spec["imagePullSecrets"].([]any)
	for _, item := range secrets {
		entry, _ := item.(map[string]any)
		p.PullSecrets = append(p.PullSecrets, orEmpty(entry["name"]))
	}
	return p
}

// contains returns a search in the content of a pull secret. Charts do not always render valid JSON: the text counts
// all the same.
func contains(object map[string]any) func(string) bool {
	var content strings.Builder
	add := func(config []byte) {
		content.Write(config)
		var auths struct {
			Auths map[string]struct{ Auth string }
		}
		_ = json.Unmarshal(config, &auths)
		for _, entry := range auths.Auths {
			login, _ := base64.StdEncoding.DecodeString(entry.Auth)
			content.WriteString("\n" + string(login))
		}
	}
	for _, value := range mapping(object, "data") {
		decoded, _ := base64.StdEncoding.DecodeString(fmt.Sprint(value))
		add(decoded)
	}
	for _, value := range mapping(object, "stringData") {
		add([]byte(fmt.Sprint(value)))
	}
	return func(text string) bool { return strings.Contains(content.String(), text) }
}

// mapping returns the mapping at a path of keys; nil when there is none.
func mapping(object map[string]any, keys ...string) map[string]any {
	for _, key := range keys {
		object, _ = object[key].(map[string]any)
	}
	return object
}

func orEmpty(value any) any {
	if value == nil {
		return ""
	}
	return value
}

// Assign returns the pod of each component: first for those that name a container or the end of the pod's name, then
// what is left for the others.
func Assign(components []chart.Component, pods []Pod) map[string]*Pod {
	out := map[string]*Pod{}
	taken := map[int]bool{}
	for _, isNamed := range []bool{true, false} {
		for _, c := range components {
			if (c.Pod != chart.Pod{}) != isNamed {
				continue
			}
			for i := range pods {
				if !taken[i] && fits(c.Pod, &pods[i]) {
					out[c.Name], taken[i] = &pods[i], true
					break
				}
			}
		}
	}
	return out
}

func fits(which chart.Pod, pod *Pod) bool {
	hasContainer := which.Container == "" || slices.ContainsFunc(pod.Containers, func(c Container) bool {
		return c.Name == which.Container || which.Alias != "" && c.Name == which.Alias
	})
	return pod.RunsComponent && hasContainer && strings.HasSuffix(pod.Name, which.Suffix)
}
