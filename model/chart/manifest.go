package chart

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"sigs.k8s.io/yaml"

	"conductor-registry/model/values"
)

// podText is the text that the templates print into a pod: the image between double quotes, the rest bare, nothing
// escaped. So a value with a quote, a colon or a line break can change its type or break the manifest.
type podText struct {
	image, policy string
	secrets       []string
}

// manifest is the part of the charts' Deployments that matters to YAML: the indentation of the texts, and that keys
// follow them.
const manifest = `spec:
  template:
    spec:
      containers:
        - name: component
          image: "%s"
          imagePullPolicy: %s
          ports:
            - containerPort: 8080
%s      restartPolicy: Always
`

// render returns the component as the API server would be sent it.
func render(t podText) (*ResolvedComponent, error) {
	var list strings.Builder
	for i, name := range t.secrets {
		if i == 0 {
			list.WriteString("      imagePullSecrets:\n")
		}
		list.WriteString("        - name: " + strings.ReplaceAll(bare(name), "\n", "\n        ") + "\n")
	}
	var doc struct {
		Spec struct{ Template struct{ Spec podSpec } }
	}
	if err := decode(fmt.Sprintf(manifest, escaped(t.image), bare(t.policy), list.String()), &doc); err != nil {
		return nil, err
	}
	return doc.Spec.Template.Spec.resolved(), nil
}

// escaped returns text as it is printed between double quotes. What another program fills in for a placeholder is
// unknown, so the quotes in a placeholder do not end the text.
func escaped(text string) string {
	if values.Placeholder(text) == "" {
		return text
	}
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text)
}

// bare returns text as it is printed without quotes. Text with a placeholder stays text: {{ x }} alone is a mapping.
func bare(text string) string {
	if values.Placeholder(text) == "" {
		return text
	}
	return `"` + escaped(text) + `"`
}

type podSpec struct {
	Containers       []struct{ Image, ImagePullPolicy any }
	ImagePullSecrets []struct{ Name any }
}

func (s podSpec) resolved() *ResolvedComponent {
	out := &ResolvedComponent{PullPolicy: "", PullSecrets: []any{}}
	if len(s.Containers) > 0 {
		out.Image, _ = s.Containers[0].Image.(string)
		out.PullPolicy = cmp.Or[any](s.Containers[0].ImagePullPolicy, "")
	}
	for _, secret := range s.ImagePullSecrets {
		out.PullSecrets = append(out.PullSecrets, cmp.Or[any](secret.Name, ""))
	}
	return out
}

// renderSecret returns the name of a Secret whose manifest has the text name, in the type that YAML gives it. Helm
// refuses mappings and lists.
func renderSecret(name string) (any, error) {
	var doc struct{ Metadata struct{ Name any } }
	err := decode("metadata:\n  name: "+bare(name)+"\ntype: "+secretType+"\n", &doc)
	if err != nil {
		return nil, err
	}
	switch typeOf(doc.Metadata.Name) {
	case "object", "array":
		return nil, fmt.Errorf("YAML parse error: json: cannot unmarshal %s into Go struct field .metadata.name "+
			"of type string", typeOf(doc.Metadata.Name))
	}
	return cmp.Or[any](doc.Metadata.Name, ""), nil
}

// nextSection separates the documents that a template prints.
const nextSection = "\n---"

var linePrefix = regexp.MustCompile(`line \d+: `)

// decode parses a manifest as Helm does. Its errors name no line, which would be one of this file.
func decode(text string, into any) error {
	if strings.Contains(text, nextSection) {
		return errors.New("YAML parse error: a value has a line --- that ends the manifest")
	}
	if err := yaml.Unmarshal([]byte(text), into); err != nil {
		return errors.New("YAML parse error: " + linePrefix.ReplaceAllString(err.Error(), ""))
	}
	return nil
}
