package values_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"

	"conductor-registry/golden"
	"conductor-registry/model/values"
)

// fixtures holds the changes for each untidy file of testdata, and the texts that mark the lines which they may touch.
// Every other byte must stay.
var fixtures = map[string]struct {
	changes changes
	lines   []string
}{
	"comments": {
		changes{
			set("global.image.registry", `"new.example.com"`), remove("global.image.tag"),
			set("global.image.pullSecrets", "- name: creds"), set("global.postgres.port", "6432"),
			remove("server.image.repository"), set("workers.image.tag", `"5.2.42"`), set("workers.replicas", "2"),
		},
		[]string{
			"registry:", "tag:", "pullSecrets:", "- name: creds", "port: 5432", "port: 6432", "    image:\n", "  image:\n",
			"repository: orkes/server-old", "# nothing else here", "# deeper than its key", "# the image of the server", "# as the build",
			"    replicas: 2",
		},
	},
	"quoting": {
		changes{
			set("global.image.registry", `"new.example.com"`), set("global.image.tag", `"5.2.42"`), rename("global.image.pullPolicy", "policy"),
			set("global.größe.tag", `"neu"`), set("global.größe.n", "2"), set("server.image.tag", "z"), set("server.image.repository", `"r"`),
			set("server.args[3]", "'new'"), set("server.text", "short"), set("workers.image.repository", `"w"`), set("workers.image.tag", "t"),
		},
		[]string{
			`"registry" :`, "tag: \"5", "policy", "pullPolicy", "größe", `"repository":`, "args:", "text:", "that go on", "for lines", "repository:",
			"workers\"\n", "tag: ", "lines'",
		},
	},
	"indentation": {
		changes{
			set("global.image.registry", "new.example.com"), set("global.image.tag", `"5.2.42"`), set("global.image.pullSecrets[1].name", "z"),
			set("global.list[1][1][0]", "5"), set("server.image.tag", "t"), set("server.env[1].value", `"2"`), set("server.env[0].name", "OPTS"),
			set("workers.image.tag", "t"), set("workers.new.deep", "1"), set("server.replicas", "3"),
		},
		[]string{
			"registry:", "tag:", "-   name:", "- - ", "name: X", "- name: ", "new:\n", "deep:", "replicas:",
		},
	},
	"flow": {
		changes{
			set("global.image.registry", "new.example.com"), remove("global.image.tag"), set("global.image.pullSecrets", "- name: creds"),
			set("server.image.tag", `"5.2.42"`), set("server.image.pullPolicy", "Always"), remove("server.resources.limits.cpu"),
			set("workers.image.repository", "w"), set("workers.tolerations[1].value", `"["`), set("extra[0].a", "3"), set("extra[1].c", "4"),
		},
		[]string{"global:", "tag:", "pullPolicy:", "resources:", "image: {}", "  image:\n", "repository: w", `value: "`, "extra:"},
	},
	"documents": {
		changes{
			set("global.image.registry", "new.example.com"), set("server.image.repository", "s"), set("workers.image.repository", "w"),
			set("global.image.tag", "t"),
		},
		[]string{"registry: old", "registry: new", "server:", "  image:", "repository: ", "workers:", "tag: t"},
	},
	"crlf": {
		changes{
			set("global.image.registry", `"new.example.com"`), set("global.image.pullSecrets", "- name: creds"), set("global.redis.port", "1"),
			remove("server.image.registry"), set("workers.image.repository", "w"), set("workers.replicas", "1"),
		},
		[]string{"registry:", "pullSecrets:", "- name: creds", "port: 1", "server:", "  image:", "workers:"},
	},
	"long": {
		changes{
			set("global.image.registry", `"new.example.com"`), set("global.image.tag", `"5.2.42"`), set("global.image.pullPolicy", "Always"),
			set("global.image.pullSecrets", "- name: creds"), set("existingImagePullSecret", "creds"), set("server.image.pullPolicy", "Always"),
			set("workers.image.pullPolicy", "Always"), set("workers.image.repository", `"orkes/workers"`),
		},
		[]string{
			"registry: ", "pullPolicy:", "- name: creds", "- name: jfrog-prod-creds", "existingImagePullSecret:",
			`repository: "orkes/workers"`, `repository: "orkes/conductor-workers"`,
		},
	},
}

func TestFixtures(t *testing.T) {
	folder := golden.Open(t, "testdata/edits")
	for name, fixture := range fixtures {
		before := folder.Input(name + ".yaml")
		after, problems := values.Apply(values.Source{Name: name + ".yaml", Data: before}, fixture.changes...)
		if problems != nil {
			t.Error(problems)
			continue
		}
		folder.Check(name+".after.yaml", after)
		for _, line := range changedLines(string(before), string(after)) {
			if !slices.ContainsFunc(fixture.lines, func(mark string) bool { return strings.Contains(line, mark) }) {
				t.Errorf("%s: the line %q was touched", name, line)
			}
		}
		if again, problems := values.Apply(values.Source{Name: name, Data: after}, fixture.changes[1:]...); problems != nil || !bytes.Equal(again, after) {
			t.Errorf("%s: the same changes again give %q, %v", name, again, problems)
		}
	}
}

// changedLines returns the lines that only one of the files has, each with "- " or "+ " before it.
func changedLines(before, after string) []string {
	var out []string
	unified, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, after), 0)
	if err != nil {
		return []string{err.Error()}
	}
	for _, hunk := range unified.Hunks {
		for _, line := range hunk.Lines {
			if line.Kind != udiff.Equal {
				out = append(out, strings.ReplaceAll(line.Content, "\r\n", "\n"))
			}
		}
	}
	return out
}
