package lint_test

import (
	"strings"
	"testing"

	"conductor-registry/model/lint"
)

// good is what a values file needs so that nothing is reported of it.
const good = "fullnameOverride: orkes-conductor-server\nexistingImagePullSecret: regcred\n"

// TestUnreadKeys: a key about images that the chart does not read is reported at its line, with the one that it reads.
func TestUnreadKeys(t *testing.T) {
	for _, test := range []struct {
		chart, text, path string
		line              int
		fix               string
	}{
		{"2.8", "global.image.registry: h.io\n", "global.image.registry", 1, `write it as mappings: global: {image: {registry: "h.io"}}`},
		{"2.8", "my.own: 1\n", "my.own", 1, "write it as mappings: my: {own: 1}"},
		{"2.8", "global:\n  registry: H.io/x/\n", "global.registry", 2, `set global.image.registry to "h.io/x"`},
		{"2.8", "global:\n  dockerRegistry: h.io\n", "global.dockerRegistry", 2, `set global.image.registry to "h.io"`},
		{"2.8", "global:\n  imageTag: 5.2.3\n", "global.imageTag", 2, `set global.image.tag to "5.2.3"`},
		{"2.8", "global:\n  image:\n    imagePullSecrets: [{name: a}]\n", "global.image.imagePullSecrets", 3, `set existingImagePullSecret to "a"`},
		{"2.8", "imagePullPolicy: always\n", "imagePullPolicy", 1, "set server.image.pullPolicy and workers.image.pullPolicy to Always"},
		{"2.8", "imagePullSecrets: [{name: other}]\n", "imagePullSecrets", 1, `set existingImagePullSecret to "other"`},
		{"2.8", "server:\n  imagePullSecrets:\n  - name: b\n", "server.imagePullSecrets", 2, `set existingImagePullSecret to "b"`},
		{"2.8", "server:\n  image:\n    digest: sha256:ab\n", "server.image.digest", 3, "in server.image.tag"},
		{"2.8", "workers: {image: {imagePullPolicy: Never}}\n", "workers.image.imagePullPolicy", 1, "set workers.image.pullPolicy to Never"},
		{"2.8", "conductor:\n  image:\n    registry: h.io\n", "conductor.image.registry", 3, `set server.image.registry to "h.io"`},
		{"2.8", "conductor:\n  image: {a: b}\n", "conductor.image.a", 2, "set server.image.repository"},
		{"2.8", "server: {image: {name: x}}\n", "server.image.name", 1, "set server.image.repository"},
		{"2.8", "redis: {image: {tag: '7'}}\n", "redis.image.tag", 1, "remove it"},
		{"3.0", "image: {digest: 'sha256:ab'}\n", "image.digest", 1, "remove it"},
		{"3.0", "conductor: {imagePullSecrets: [a]}\n", "conductor.imagePullSecrets", 1, `set image.repositorySecretName to "a"`},
		{"3.0", "workers: {tag: '4'}\n", "workers.tag", 1, `set image.tag to "4"`},
		{"3.0", "conductor: {registry: r.io}\n", "conductor.registry", 1, "write full image names, with the registry, in image.conductorImageName"},
		{"2.7", "imagePullSecret: a\n", "imagePullSecret", 1, "cannot name your secret"},
	} {
		head := "# chart " + test.chart + "\n"
		if test.chart == "2.8" {
			head += good
		}
		var at *lint.Finding
		for _, f := range find(t, input(t, "values.yaml", []byte(head+test.text))) {
			if f.Path == test.path && f.Rule == "key-ignored" {
				at = &f
			}
		}
		if at == nil || at.Line != test.line+strings.Count(head, "\n") || !strings.Contains(at.Fix, test.fix) {
			t.Errorf("chart %s: %s\ngives %+v", test.chart, test.text, at)
		}
	}
}

// TestReadKeys: nothing is reported of what the chart reads, of mappings whose keys are the user's own, and below keys at the
// top that the chart does not know.
func TestReadKeys(t *testing.T) {
	for _, test := range []struct{ chart, text string }{
		{"2.8", "conductor: {env: {REGISTRY_URL: x, image.tag: y}, persistence: {type: postgres}}\n"},
		{"2.8", "global: {redis: {host: h, auth: {existingSecret: a}}, image: {pullSecrets: [{name: regcred}]}}\n"},
		{"2.8", "team: {image: {registry: x}}\nx-registry: &r {a: b}\nbase-image: &i {tag: a}\ntags: {front: true}\n"},
		{"2.8", "server: {podLabels: {image: a}, env: [{name: IMAGE}], nodeSelector: {image: b}, replicas: 2}\n"},
		{"2.8", "image: {livenessPort: 5000}\nservice: {annotations: {example.com/image.registry: x}}\n"},
		{"2.8", "imagePullSecrets: [{name: regcred}]\n"},
		{"2.8", "docker-registry: {persistence: {size: 1Gi}}\nextraObjects: [{kind: Pod, spec: {image: x}}]\n"},
		{"3.0", "conductor: {initialMemoryPercentage: 5, podAnnotations: {image: x}, properties: {image: x}}\n"},
		{"3.0", "ingress: {enabled: true, tls: [{secretName: tls}]}\nimage: {repositorySecretName: r}\n"},
		{"2.7", "service: {port: 5000}\napp: {env: aws, s3Region: eu}\nimage: {livenessPort: 1}\nredis: {host: h}\n"},
	} {
		head := "# chart " + test.chart + "\n"
		if test.chart == "2.8" {
			head += good
		}
		for _, f := range find(t, input(t, "values.yaml", []byte(head+test.text))) {
			if f.Severity != "info" {
				t.Errorf("chart %s: %s\ngives %s", test.chart, test.text, f.Problem)
			}
		}
	}
}
