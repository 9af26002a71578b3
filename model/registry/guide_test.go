package registry_test

import (
	"strings"
	"testing"

	"conductor-registry/model/registry"
)

// text returns a guide as it is printed, commands after a "$".
func text(sections []registry.Section) string {
	var b strings.Builder
	for _, s := range sections {
		b.WriteString("# " + s.Title + "\n")
		for _, l := range s.Lines {
			switch {
			case l.Command:
				b.WriteString("$ " + l.Text + "\n")
			default:
				b.WriteString(strings.TrimSpace(l.Label+": "+l.Text) + "\n")
			}
		}
	}
	return b.String()
}

func TestGuideFillsCommands(t *testing.T) {
	for name, c := range map[string]struct {
		preset        string
		fields, image map[string]string
		want          []string
	}{
		"nothing answered": {"ecr", nil, nil, []string{"--region REGION --registry-id ACCOUNT --repository-name orkes-conductor-server --image-ids imageTag=TAG"}},
		"answered": {"ecr", map[string]string{"account": "123456789012", "region": "eu-west-1"},
			map[string]string{"repository": "conductor/server", "tag": "5.2.42"},
			[]string{"--region eu-west-1 --registry-id 123456789012 --repository-name conductor/server --image-ids imageTag=5.2.42"}},
		"a wrong answer stays out": {"acr", map[string]string{"name": "my acr; reboot", "cloud": "china"}, nil,
			[]string{"--acr NAME.azurecr.cn", "acr show --name NAME "}},
		"from the host":   {"acr", map[string]string{"host": "myacr-abc123.azurecr.io"}, nil, []string{"--acr myacr-abc123.azurecr.io", "--attach-acr myacr\n"}},
		"no host at all":  {"dockerhub", nil, map[string]string{"tag": "1"}, []string{"$ docker manifest inspect orkesio/orkes-conductor-server:1\n"}},
		"path of a field": {"gar", map[string]string{"location": "us", "project": "my-project", "repository": "docker"}, nil, []string{"us-docker.pkg.dev/my-project/docker/orkes-conductor-server:TAG"}},
	} {
		got := text(preset(t, c.preset).Guide(c.fields, c.image))
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in\n%s", name, want, got)
			}
		}
		if strings.Contains(got, "reboot") || strings.Contains(got, "{") && !strings.Contains(got, "{}") {
			t.Errorf("%s: not safe to copy, or not filled:\n%s", name, got)
		}
	}
}

// A way that is better than a pull secret comes first, and only where it can work.
func TestGuideBeginsWithWhatIsBetter(t *testing.T) {
	first := func(id, host string) string {
		fields := map[string]string{}
		if host != "" {
			fields["host"] = host
		}
		return preset(t, id).Guide(fields, nil)[0].Title
	}
	const recommended = "Without a pull secret (recommended)"
	for _, c := range []struct{ preset, host, want string }{
		{"acr", "", recommended}, {"acr", "myacr.azurecr.us", recommended},
		{"acr", "myacr-abc123.azurecr.io", "Credentials"}, {"acr", "myacr.eastus.geo.azurecr.io", "Credentials"}, {"acr", "images.example.com", "Credentials"},
		{"ecr", "", recommended}, {"ecr", "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com", recommended},
		{"ecr", "123456789012.dkr-ecr.us-east-1.on.aws", "Credentials"}, {"ecr", "images.example.com", "Credentials"},
		{"gar", "", recommended}, {"gar", "us-docker.pkg.dev", recommended}, {"gar", "docker.us-east1.rep.pkg.dev", "Credentials"},
		{"gcr", "", recommended}, {"gcr", "eu.gcr.io", recommended}, {"ecr-public", "", recommended}, {"harbor", "", "Credentials"},
	} {
		if got := first(c.preset, c.host); got != c.want {
			t.Errorf("%s %s: begins with %q, want %q", c.preset, c.host, got, c.want)
		}
	}
}

func TestGuideLeavesTheAnswersAlone(t *testing.T) {
	fields := map[string]string{"name": "WRONG"}
	preset(t, "acr").Guide(fields, nil)
	if fields["name"] != "WRONG" {
		t.Error("the answers were changed")
	}
}
