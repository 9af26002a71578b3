package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"strings"
	"testing"

	sigsyaml "sigs.k8s.io/yaml"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

// customManager is what the page about Renovate configures. Renovate uses RE2, as Go does.
type customManager struct {
	MatchStrings    []string
	DepNameTemplate string
}

// renovateManagers returns the custom managers of both JSON blocks of the page: for answers and for values.
func renovateManagers(t *testing.T) (ofAnswers, ofValues []customManager) {
	t.Helper()
	page, err := os.ReadFile("../../../docs/tasks/renovate.md")
	if err != nil {
		t.Fatal(err)
	}
	var found [][]customManager
	all, err := blocks(string(page))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range all {
		var config struct{ CustomManagers []customManager }
		if b.language != "json" {
			continue
		}
		if err := json.Unmarshal([]byte(b.text), &config); err != nil {
			t.Fatalf("%v\n%s", err, b.text)
		}
		found = append(found, config.CustomManagers)
	}
	if len(found) != 2 {
		t.Fatalf("%d blocks of JSON", len(found))
	}
	return found[0], found[1]
}

// find returns what Renovate extracts from a file: name, value and digest of the first match of each manager.
func find(t *testing.T, managers []customManager, text string) [][3]string {
	t.Helper()
	var out [][3]string
	for _, m := range managers {
		for _, expression := range m.MatchStrings {
			re, err := regexp.Compile(expression)
			if err != nil {
				t.Fatal(err)
			}
			match := re.FindStringSubmatch(text)
			if match == nil {
				continue
			}
			groups := map[string]string{}
			for i, name := range re.SubexpNames() {
				groups[name] = match[i]
			}
			name := groups["depName"]
			if m.DepNameTemplate != "" {
				name = handlebars(m.DepNameTemplate, groups)
			}
			out = append(out, [3]string{name, groups["currentValue"], groups["currentDigest"]})
		}
	}
	return out
}

// handlebars fills in a template with {{#if x}}…{{/if}} and {{{x}}}.
func handlebars(text string, groups map[string]string) string {
	text = regexp.MustCompile(`{{#if (\w+)}}(.*?){{/if}}`).ReplaceAllStringFunc(text, func(part string) string {
		words := regexp.MustCompile(`{{#if (\w+)}}(.*?){{/if}}`).FindStringSubmatch(part)
		if groups[words[1]] == "" {
			return ""
		}
		return words[2]
	})
	for name, value := range groups {
		text = strings.ReplaceAll(text, "{{{"+name+"}}}", value)
	}
	return text
}

// renovateHelmValues returns what Renovate's helm-values manager extracts: mappings under a key that ends with "image" that have
// repository and tag (renovate, lib/modules/manager/helm-values).
func renovateHelmValues(tree map[string]any) [][3]string {
	var out [][3]string
	for key, value := range tree {
		inner, ok := value.(map[string]any)
		if !ok {
			continue
		}
		repository, _ := inner["repository"].(string)
		tag, _ := inner["tag"].(string)
		if !strings.HasSuffix(strings.ToLower(key), "image") || repository == "" || tag == "" {
			out = append(out, renovateHelmValues(inner)...)
			continue
		}
		if registry, _ := inner["registry"].(string); registry != "" {
			repository = registry + "/" + repository
		}
		value, digest, _ := strings.Cut(tag, "@")
		out = append(out, [3]string{repository, value, digest})
	}
	return out
}

// Renovate finds the image, tag and digest in the values of every chart and pattern with the configuration of the page.
func TestRenovateReadsOurValues(t *testing.T) {
	_, managers := renovateManagers(t)
	digest := "sha256:" + strings.Repeat("0a", 32)
	for _, profile := range presetstest.Catalog(t).Charts.All() {
		for _, pattern := range []string{"global", "per-component", "full-name"} {
			for tag, own := range map[string]string{"5.2.42": "", "5.2.42@" + digest: digest} {
				values := renovateValues(t, profile.ID, pattern, tag)
				name := fmt.Sprintf("%s %s %s:\n%s", profile.ID, pattern, tag, values)
				want := [3]string{"r.example.com:5000/team/orkes-conductor-server", "5.2.42", own}
				found := find(t, managers, values)
				if len(found) == 0 {
					var tree map[string]any
					if err := sigsyaml.Unmarshal([]byte(values), &tree); err != nil {
						t.Fatal(err)
					}
					found = renovateHelmValues(tree)
				}
				all := map[[3]string]bool{}
				for _, one := range found {
					if one[0] != "r.example.com:5000/team/orkes-conductor-workers" {
						all[one] = true
					}
				}
				if !maps.Equal(all, map[[3]string]bool{want: true}) {
					t.Errorf("found %q, want %q in %s", found, want, name)
				}
			}
		}
	}
}

// renovateValues returns the values file. A digest belongs to one image, so the components get tags of their own with it
// where the chart has those.
func renovateValues(t *testing.T, chart, pattern, tag string) string {
	t.Helper()
	method := "{method: existing, name: x}"
	if chart == "2.7" {
		method = "{method: none}"
	}
	text := fmt.Sprintf("version: 1\nchart: %q\npattern: %s\nregistry: {provider: generic, host: \"r.example.com:5000\", path: team}\n"+
		"tag: %q\npullSecret: %s\n", chart, pattern, tag, method)
	if strings.Contains(tag, "@") && chart != "3.0" && pattern == "per-component" {
		text += "components: {workers: {tag: \"5.2.40\"}}\n"
	}
	a, problems := answers.Decode("answers.yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	p, problems := plan.Build(presetstest.Catalog(t), a, "answers.yaml")
	if len(problems.Errors()) > 0 {
		t.Fatal(problems)
	}
	return string(p.Environments[0].Values)
}

// Renovate finds the tag of the answers file of the page, also with a digest.
func TestRenovateReadsTheAnswers(t *testing.T) {
	managers, _ := renovateManagers(t)
	digest := "sha256:" + strings.Repeat("0a", 32)
	for suffix, want := range map[string]string{"": "", "@" + digest: digest} {
		text := "version: 1\n# renovate: image=r.example.com/server\ntag: \"5.2.42" + suffix + "\"\nother: x\n"
		found := find(t, managers, text)
		if len(found) != 1 || found[0] != [3]string{"r.example.com/server", "5.2.42", want} {
			t.Errorf("%q: %q", text, found)
		}
	}
}
