package diagnose_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/diagnose"
	"conductor-registry/presets/presetstest"
)

// message is one entry of testdata/messages.yaml: a text, or an image and a text.
type message struct{ Image, Said string }

func (m *message) UnmarshalYAML(n *yaml.Node) error {
	m.Image = "reg.corp.example/team/app:1.4.0"
	if n.Kind == yaml.ScalarNode {
		m.Said = n.Value
		return nil
	}
	type plain message
	return n.Decode((*plain)(m))
}

// expand returns the text with the beginnings that are shortened there.
func (m *message) expand() string {
	unpack := fmt.Sprintf("failed to pull and unpack image %q: ", m.Image)
	resolve := unpack + fmt.Sprintf("failed to resolve reference %q: ", m.Image)
	for short, long := range map[string]string{
		"FRR ":  resolve,
		"BLOB ": unpack + "failed to copy: httpReadSeeker: failed open: ",
		"HEAD ": resolve + `failed to do request: Head "https://reg.corp.example/v2/team/app/manifests/1.4.0": `,
	} {
		if rest, ok := strings.CutPrefix(m.Said, short); ok {
			return long + rest
		}
	}
	return m.Said
}

// Each message has its cause and names the host that it is about. None that is not about credentials advises others.
func TestMessagesHaveTheirCause(t *testing.T) {
	data, err := os.ReadFile("testdata/messages.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var byCause map[string][]message
	if err := yaml.Unmarshal(data, &byCause); err != nil {
		t.Fatal(err)
	}
	causes, err := diagnose.Causes()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range causes {
		if len(c.Match) > 0 && len(byCause[c.ID]) == 0 && !strings.HasPrefix(c.ID, "image-never-") &&
			c.ID != "pull-secret-malformed" && c.ID != "node-pressure" {
			t.Errorf("no message has the cause %s", c.ID)
		}
	}
	catalog := presetstest.Catalog(t)
	for id, messages := range byCause {
		rule := id
		for _, c := range causes {
			if c.ID == id && c.Rule != "" {
				rule = c.Rule
			}
		}
		for _, m := range messages {
			said, inSummary, _ := strings.Cut(m.expand(), " => ")
			report := diagnosed(t, diagnose.Input{Catalog: catalog}, strings.Replace(failing(m.Image, said), `"spec":{`,
				`"spec":{"imagePullSecrets":[{"name":"regcred"}],`, 1)+loginFor(m.Image))
			if len(report.Findings) != 1 || report.Findings[0].Rule != rule || !strings.Contains(report.Findings[0].Summary, inSummary) {
				t.Errorf("%s\n\tis %s, want %s with %q\n\t%v", said, rules(report), id, inSummary, report.Findings)
				continue
			}
			if f := report.Findings[0]; !strings.HasPrefix(rule, "pull-secret-") && rule != "registry-rate-limit" && strings.Contains(f.Fix, "credentials:") {
				t.Errorf("%s\n\tis not about credentials, and the fix is %s", said, f.Fix)
			}
		}
	}
}

// loginFor returns a pull secret regcred with credentials for the registry of an image.
func loginFor(image string) string {
	host, _, _ := strings.Cut(image, "/")
	if !strings.Contains(host, ".") || host == "docker.io" {
		host = "https://index.docker.io/v1/"
	}
	auths := fmt.Sprintf(`{"auths":{%q:{"username":"u","password":"s3cr3t"}}}`, host)
	return fmt.Sprintf(`{"kind":"Secret","metadata":{"name":"regcred","namespace":"n"},"type":"kubernetes.io/dockerconfigjson",
		"data":{".dockerconfigjson":%q}}`, base64.StdEncoding.EncodeToString([]byte(auths)))
}
