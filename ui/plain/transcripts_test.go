package plain_test

import (
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/ui/plain"
)

// TestTranscripts holds whole conversations, as a person hears them. Answers stand behind their prompts.
func TestTranscripts(t *testing.T) {
	folder := golden.Open(t, "../../golden/plain")
	old := "global:\n  image:\n    registry: \"old.example.com\"\n"
	for _, c := range []struct {
		name  string
		input string
		files []string
		wrote []string
	}{
		{"acr", azure(""), nil, []string{"values.yaml", "pull-secret.sh", "answers.yaml"}},
		{"jfrog-dev-and-prod", lines("+", "", "dev, prod", "jfrog", "mycompany", "", "docker-prod", "docker-dev", "", "", "",
			"", "5.2.42", "latest", "", "IfNotPresent", "Always", "", "", "", "", "", "", "", "", "y"), nil, []string{
			"values-dev.yaml", "pull-secret-dev.sh", "values-prod.yaml", "pull-secret-prod.sh", "answers.yaml"}},
		{"wrong-help-back", lines("", "aws", "ecr", "1234567", "?", "123456789012", "us-east1", "<", "", "us-east-1", "<", "",
			"per", "", "", "", "", "2", "imageCredentials", "", ""), nil, []string{
			"values.yaml", "pull-secret.sh", "answers.yaml"}},
		{"input-ends", lines("", "acr"), nil, nil},
		{"merged", azure("?", "", ""), []string{"values.yaml", old}, []string{
			"values.yaml", "pull-secret.sh", "answers.yaml"}},
		{"kept", azure("n", "n", ""), []string{"values.yaml", old}, []string{"pull-secret.sh", "answers.yaml"}},
	} {
		done := talk(t, plain.Options{}, c.input, c.files...).wrote(c.wrote...)
		text := done.said
		if done.err != nil {
			text += "error: " + done.err.Error() + "\n"
		} else {
			text += done.done.Done()
		}
		folder.Check(c.name+".txt", []byte(strings.ReplaceAll(text, " \n", "\n")))
	}
}
