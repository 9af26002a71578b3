package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"conductor-registry/golden"
	"conductor-registry/model"
	"conductor-registry/model/diagnose"
)

// probeCause is an entry of verify/images/causes.yaml.
type probeCause struct{ ID, Severity, Summary, Why, Fix string }

// documentedCause is a published cause: what diagnose knows of it, what probe knows of it, or both.
type documentedCause struct {
	diagnosed []diagnose.Cause
	probed    *probeCause
	messages  []string          // of runtimes and registries
	example   *diagnose.Finding // of a state in golden/diagnose
}

// checkCausePages holds docs/causes to the tables of causes, the messages that have them and the states that show them.
func checkCausePages(t *testing.T) {
	folder := golden.Open(t, docs+"causes")
	causes, order := documentedCauses(t)
	var rows [][]string
	for _, id := range order {
		c := causes[id]
		folder.Check(id+".md", causePage(id, c))
		var by []string
		if len(c.diagnosed) > 0 {
			by = append(by, "diagnose")
		}
		if c.probed != nil {
			by = append(by, "probe")
		}
		rows = append(rows, []string{fmt.Sprintf("[%s](%[1]s.md)", id), c.severity(), strings.Join(by, ", "), general(c.summary())})
	}
	index(folder, "Why pods do not pull", "Generated from the tables of causes by `make golden`. "+
		"`conductor-registry diagnose -n NAMESPACE` finds out\nwhich one it is by asking the cluster, and `probe` by asking the registry. Causes that hide others come first.",
		"cause | severity | found by | what it is", rows)
}

func (c *documentedCause) summary() string {
	if len(c.diagnosed) > 0 {
		return c.diagnosed[0].Summary
	}
	return c.probed.Summary
}

func (c *documentedCause) severity() string {
	if len(c.diagnosed) > 0 {
		return string(c.diagnosed[0].Severity)
	}
	return cmp.Or(c.probed.Severity, string(model.Error))
}

// documentedCauses returns all causes by their published ids, and these in the order of the tables.
func documentedCauses(t *testing.T) (map[string]*documentedCause, []string) {
	t.Helper()
	known, err := diagnose.Causes()
	if err != nil {
		t.Fatal(err)
	}
	var probed []probeCause
	var messages map[string][]any
	readYAML(t, "../../../verify/images/causes.yaml", &probed)
	readYAML(t, "../../../model/diagnose/testdata/messages.yaml", &messages)
	examples := exampleFindings(t)
	causes, order := map[string]*documentedCause{}, []string{}
	at := func(id string) *documentedCause {
		if causes[id] == nil {
			causes[id] = &documentedCause{example: examples[id]}
			order = append(order, id)
		}
		return causes[id]
	}
	for _, c := range known {
		d := at(cmp.Or(c.Rule, c.ID))
		d.diagnosed = append(d.diagnosed, c)
		for _, m := range messages[c.ID] {
			if text, isText := m.(string); isText {
				d.messages = append(d.messages, messageText(text))
			}
		}
	}
	for _, c := range probed {
		at(c.ID).probed = &c
	}
	return causes, order
}

func readYAML(t *testing.T, name string, to any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err == nil {
		err = yaml.Unmarshal(data, to)
	}
	if err != nil {
		t.Fatal(name, err)
	}
}

// messageText returns a message of messages.yaml without its shortened beginning and without what the test expects.
func messageText(text string) string {
	text, _, _ = strings.Cut(text, " => ")
	for short, long := range map[string]string{
		"FRR ":  "failed to resolve reference: ",
		"BLOB ": "failed to copy: httpReadSeeker: failed open: ",
		"HEAD ": "failed to do request: Head: ",
	} {
		if rest, ok := strings.CutPrefix(text, short); ok {
			return long + rest
		}
	}
	return text
}

// exampleFindings returns for each cause the first finding of a state that has it.
func exampleFindings(t *testing.T) map[string]*diagnose.Finding {
	t.Helper()
	files, err := filepath.Glob(states + "/*.json")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*diagnose.Finding{}
	for _, file := range files {
		_, document, _ := run("diagnose", "--from", file, "-o", "json")
		var report diagnosed
		if err := json.Unmarshal([]byte(document), &report); err != nil {
			t.Fatal(file, err)
		}
		for _, f := range report.Problems {
			if found[f.Rule] == nil {
				found[f.Rule] = &f
			}
		}
	}
	return found
}

// shownMessages is how many messages a page shows.
const shownMessages = 3

// causePage returns the page of a published cause.
func causePage(id string, c *documentedCause) []byte {
	var p page
	p.printf("# %s\n\n%s\n", id, sentence(prose(general(c.summary()))))
	if c.example != nil && c.example.Said != "" || len(c.messages) > 0 {
		p.heading("What the cluster says")
		messages := slices.Clone(c.messages[:min(shownMessages, len(c.messages))])
		if len(messages) == 0 {
			messages = []string{string(diagnose.Message(c.example.Said))}
		}
		p.block("text", strings.Join(messages, "\n"))
	}
	if c.example != nil {
		p.heading("What diagnose prints")
		var text strings.Builder
		printDiagnosis(&text, c.example, false)
		p.block("text", text.String())
	}
	writeAdvice(&p, c)
	if c.probed != nil {
		p.heading("What probe prints")
		p.printf("- %s: %s\n", c.severity(), prose(general(c.probed.Summary)))
		for _, line := range [][2]string{{"why", c.probed.Why}, {"fix", c.probed.Fix}} {
			if text := general(line[1]); text != "" {
				p.printf("- %s: %s\n", line[0], prose(text))
			}
		}
	}
	p.printf("\n[All causes](README.md) · [ImagePullBackOff](../tasks/image-pull-backoff.md)\n")
	return p.text()
}

// writeAdvice writes why the cause prevents a pull, and all steps to fix it.
func writeAdvice(p *page, c *documentedCause) {
	for i, d := range c.diagnosed {
		if i > 0 && slices.Equal(d.Why, c.diagnosed[i-1].Why) {
			continue
		}
		p.heading("Why" + map[bool]string{true: ", in another case"}[i > 0])
		for _, why := range d.Why {
			if text := general(why); text != "" {
				p.printf("%s\n", sentence(prose(text)))
			}
		}
		if len(d.Steps) > 0 {
			p.heading("Fix" + map[bool]string{true: ", in another case"}[i > 0])
			p.printf("`diagnose` prints the steps that apply, with the names of your cluster in place of the capitals.\n\n")
		}
		for n, step := range d.Steps {
			p.printf("%d. %s\n", n+1, prose(general(step.What)))
			if command := general(step.Command); command != "" {
				p.printf("\n   ```sh\n   %s\n   ```\n\n", command)
			}
		}
	}
}

// general returns a text of a cause for all cases: a fact is its name in capitals, and what the registry or the cluster
// said is left out. It returns "" for a text that is nothing but a fact.
func general(text string) string {
	if regexp.MustCompile(`^\{[a-zA-Z]+\}$`).MatchString(text) {
		return ""
	}
	text = regexp.MustCompile(`: \{(said|detail|explained)\}|\{(said|near|version)\}`).ReplaceAllString(text, "")
	return regexp.MustCompile(`\{[a-zA-Z]+\}`).ReplaceAllStringFunc(text, func(name string) string {
		words := regexp.MustCompile("[A-Z]").ReplaceAllString(strings.Trim(name, "{}"), "-$0")
		return strings.ToUpper(words)
	})
}
