package presets

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// generatorFields lists the paths of each generator's spec, true for required ones. Source:
// external-secrets/external-secrets, apis/generators/v1alpha1/types_{acr,ecr,gcr,quay}.go and apis/meta/v1/types.go
// (August 2026).
var generatorFields = map[string]map[string]bool{
	"ACRAccessToken": {
		"registry": true, "tenantId": false, "environmentType": false, "auth.workloadIdentity.serviceAccountRef.name": true,
	},
	"ECRAuthorizationToken": {"region": true, "auth.jwt.serviceAccountRef.name": true},
	"GCRAccessToken": {
		"projectID": true, "auth.workloadIdentity.serviceAccountRef.name": true,
		"auth.workloadIdentity.clusterLocation": true, "auth.workloadIdentity.clusterName": true,
	},
	"QuayAccessToken": {"url": false, "robotAccount": true, "serviceAccountRef.name": true},
}

// leaves adds the paths and values of all scalars below v to out.
func leaves(prefix string, v any, out map[string]string) {
	fields, ok := v.(map[string]any)
	if !ok {
		text, _ := v.(string)
		out[strings.TrimPrefix(prefix, ".")] = text
		return
	}
	for key, value := range fields {
		leaves(prefix+"."+key, value, out)
	}
}

// External Secrets accepts each generator's spec, credentials are renewed well before they expire, and a value that the
// preset's examples do not fill in cannot be taken for an answer.
func TestGenerators(t *testing.T) {
	toFill := regexp.MustCompile(`^(.+\+)?[A-Z]+$`)
	made := map[string]bool{}
	for _, p := range all(t) {
		g := p.Login.Generator
		if g.Kind == "" {
			continue
		}
		made[p.ID] = true
		known, ok := generatorFields[g.Kind]
		if !ok || g.Minutes < 1 || g.Minutes*2 > g.Lives {
			t.Errorf("%s: %s every %d minutes, for a login of %d", p.ID, g.Kind, g.Minutes, g.Lives)
		}
		for _, example := range p.Examples {
			loc, _ := p.Locate(example.Fields)
			var text strings.Builder
			for _, piece := range g.Spec {
				if piece.When.Matches(loc.Fields) {
					text.WriteString(p.Expand(piece.Text, loc, nil))
				}
			}
			var spec map[string]any
			if err := yaml.Unmarshal([]byte(text.String()), &spec); err != nil {
				t.Fatalf("%s: %v\n%s", p.ID, err, text.String())
			}
			got := map[string]string{}
			leaves("", spec, got)
			for path, value := range got {
				if _, ok := known[path]; !ok || value == "" {
					t.Errorf("%s: %s has no %s, or it is no text: %q", p.ID, g.Kind, path, value)
				}
				if line := lineOf(text.String(), value); toFill.MatchString(value) != strings.Contains(line, "# fill in") {
					t.Errorf("%s: what is to fill in is in capitals and says so: %s", p.ID, line)
				}
			}
			for path, needed := range known {
				if _, ok := got[path]; needed && !ok {
					t.Errorf("%s: %s needs %s", p.ID, g.Kind, path)
				}
			}
		}
	}
	if want := []string{"acr", "ecr", "gar", "gcr", "quay"}; !slices.Equal(slices.Sorted(maps.Keys(made)), want) {
		t.Errorf("generators for %v, want %v", slices.Sorted(maps.Keys(made)), want)
	}
}

func lineOf(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, " "+part) {
			return line
		}
	}
	return ""
}

// A generator's environment follows the cloud: a token of the public cloud is refused by the registries of other clouds.
func TestGeneratorOfOtherClouds(t *testing.T) {
	for _, p := range all(t) {
		if p.ID != "acr" {
			continue
		}
		for cloud, want := range map[string]string{"public": "", "us-gov": "USGovernmentCloud", "china": "ChinaCloud"} {
			got := ""
			for _, piece := range p.Login.Generator.Spec[1:] {
				if piece.When.Matches(map[string]string{"cloud": cloud}) {
					got += piece.Text
				}
			}
			if !strings.Contains(got, want) || (want == "") != (got == "") {
				t.Errorf("%s: %q, want %q", cloud, got, want)
			}
		}
	}
}

// The command that prints a password is run by shells and by PowerShell: only words that both read alike.
func TestLoginCommandsArePlain(t *testing.T) {
	for _, p := range all(t) {
		if c := p.Login.Password.Command; strings.Trim(c, "abcdefghijklmnopqrstuvwxyz -{}") != "" {
			t.Errorf("%s: %q", p.ID, c)
		}
	}
}
