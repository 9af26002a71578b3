package values

import (
	"bytes"
	"fmt"
	"slices"
)

// homes say where files that are not values files have them, by the kind of the Kubernetes object.
func homes() map[string]string {
	const argo = "helm: valuesObject, values or parameters"
	return map[string]string{
		"HelmRelease":    "spec.values",
		"Application":    "spec.source." + argo,
		"ApplicationSet": "spec.template.spec.source." + argo,
		"ConfigMap":      "data, as the text of a key such as values.yaml",
		"Secret":         "data or stringData, as the text of a key such as values.yaml",
		"HelmChart":      "spec.valuesContent",
		"Kustomization":  "helmCharts[].valuesInline",
	}
}

// parents are the names of the charts: a parent chart has their values below a key of that name.
func parents() []string {
	return []string{"orkes-conductor", "orkes-conductor-standalone", "orkes-conductor-community"}
}

// otherKind returns what a file is that is YAML and not a values file, where its values are, and the key that shows it;
// "" for a values file.
func otherKind(tree map[string]any) (reason, key string) {
	kind, isObject := tree["kind"].(string)
	_, hasVersion := tree["apiVersion"].(string)
	switch {
	case isObject && hasVersion && homes()[kind] != "":
		return fmt.Sprintf("the file is a Kubernetes object of kind %s: the values are below %s; write them to a file of "+
			"their own", kind, homes()[kind]), "kind"
	case isObject && hasVersion:
		return "the file is a Kubernetes object of kind " + kind + ", not a values file", "kind"
	case hasVersion && tree["name"] != nil && tree["version"] != nil:
		return "the file is a Chart.yaml, not a values file: the values are in the values.yaml beside it", "apiVersion"
	case isHelmfile(tree):
		return "the file is a helmfile: the values are below releases[].values; write them to a file of their own", "releases"
	}
	for _, name := range parents() {
		if below, ok := tree[name].(map[string]any); ok && len(below) > 0 {
			return fmt.Sprintf("the values are below the key %s, as a parent chart passes them on: write them to a file of "+
				"their own, without that key", name), name
		}
	}
	return "", ""
}

func isHelmfile(tree map[string]any) bool {
	releases, _ := tree["releases"].([]any)
	return slices.ContainsFunc(releases, func(item any) bool {
		release, _ := item.(map[string]any)
		return release["chart"] != nil
	})
}

// SecondDocument returns the line, from 1, that ends the first document when another one with content follows; 0 when none
// does.
func (f *File) SecondDocument() int {
	if !bytes.Contains(f.Data, []byte("---")) && !bytes.Contains(f.Data, []byte("...")) {
		return 0
	}
	return newLines(f.Data, f.Root()).secondDocument()
}
