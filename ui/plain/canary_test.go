package plain_test

import (
	"strings"
	"testing"

	"conductor-registry/model/convert"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui/plain"
	"conductor-registry/ui/session"
)

const canaries = `# password: C4naRy001zQx7
global:
  image: {registry: quay.io/myorg, tag: '5.2.41'}
server:
  image: {repository: conductor-server, pullPolicy: Always}
workers:
  image: {repository: conductor-workers, pullPolicy: Always}
existingImagePullSecret: quay-credentials
imageCredentials: {registry: "robot:C4naRy002zQx7@quay.io", username: robot, password: "C4naRy003zQx7,C4naRy004zQx7}"}
postgres: {password: C4naRy005zQx7, url: "postgres://u:C4naRy006zQx7@db.example.com/c"}
"title\e]0;owned\a": "a\e[35;44mb\x9bc` + "\u202e\u2028\u200b" + `"
`

// No line that is said shows a secret of the user's files, nor anything that a terminal acts on: with help and with the
// changes of each file, for a file that is edited and for one that is replaced.
func TestNothingSaidShowsASecret(t *testing.T) {
	file, err := values.Parse(values.Source{Name: "values.yaml", Data: []byte(canaries)})
	if err != nil {
		t.Fatal(err)
	}
	adopted := convert.Adopt(presetstest.Catalog(t), file, nil)
	edits := plain.Options{Answers: adopted.Answers, Sources: session.Sources{Problems: adopted.Problems, OpenedAs: "values.yaml",
		Opened: plan.Base{Name: "values.yaml", Data: []byte(canaries), Into: "values.yaml"}},
		Helm: func([]byte) session.Verdict {
			return session.Verdict{Program: "helm\x1b]0;owned\a", Failed: "cannot render C4naRy005zQx7\u202e"}
		}}
	everything := strings.Repeat("?\n\n", 40) + "y\n"
	for name, c := range map[string]*conversation{
		"edited":   talk(t, edits, strings.Repeat("<\n", 40)+everything, "values.yaml", canaries),
		"replaced": talk(t, plain.Options{}, azure("?", "y", "?", "y"), "values.yaml", canaries),
	} {
		c.hears("******")
		for _, part := range []string{"C4naRy", "zQx7", "\x1b", "\a", "\u009b", "\u202e", "\u2028", "\u200b"} {
			if at := strings.Index(c.said, part); at >= 0 {
				t.Errorf("%s: %q is said: %q", name, part, c.said[max(0, at-60):min(len(c.said), at+60)])
			}
		}
		if c.err != nil {
			t.Errorf("%s: %v", name, c.err)
		}
	}
}
