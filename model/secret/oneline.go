package secret

import (
	"fmt"
	"strings"

	"conductor-registry/model/shell"
)

// OneLine is the familiar "kubectl create secret docker-registry" command, on one line and without a password in it:
// that comes from a variable, a command or a key file when the line runs.
//
// kubectl still gets the password as an argument, which other users of the machine can read while it runs; Script does
// not have that weakness. The error says why there is no such line: it holds one registry (kubectl reference, "kubectl
// create secret docker-registry"), and Helm's fragments are no secret of kubectl's.
func OneLine(r Request) (string, error) {
	switch {
	case r.byHelm():
		return "", r.onlyScript()
	case len(r.Logins) != 1:
		return "", fmt.Errorf("kubectl create secret docker-registry holds one registry and %s needs %d; "+
			"run the script: bash %s", r.Name, len(r.Logins), shell.Quote(r.FileName))
	case len(r.namespaces()) != 1:
		return "", fmt.Errorf("kubectl create secret docker-registry makes one secret, and there are %d namespaces; "+
			"run the script: bash %s", len(r.Namespaces), shell.Quote(r.FileName))
	case r.Logins[0].From == DockerConfig:
		return "", fmt.Errorf("kubectl create secret docker-registry --from-file would take all of docker's logins "+
			"into the secret; run the script, which takes one: bash %s", shell.Quote(r.FileName))
	case strings.Contains(r.Logins[0].Username, ":"):
		return "", fmt.Errorf("the user name %q holds a colon, and all after the first colon would be read as the "+
			"password; give it without, for example ci-puller", r.Logins[0].Username)
	}
	l := r.Logins[0]
	user := `"$` + l.Prefix + `REGISTRY_USERNAME"`
	if l.Username != "" {
		user = shell.Quote(l.Username)
	}
	return fmt.Sprintf("kubectl create secret docker-registry %s --namespace %s "+
		"--docker-server=%s --docker-username=%s --docker-password=%s",
		shell.Quote(r.Name), shell.Quote(r.namespaces()[0]), shell.Quote(l.AuthKey), user, passwordWord(l)), nil
}

// passwordWord is the shell word that becomes the password of l.
func passwordWord(l Login) string {
	switch {
	case l.From == Command:
		return `"$(` + oneLine(l.Command) + `)"`
	case l.From == KeyFile && l.Encode == Base64:
		return `"$(base64 < key.json | tr -d '\n')"`
	case l.From == KeyFile:
		return `"$(cat key.json)"`
	}
	return `"$` + l.Prefix + `REGISTRY_PASSWORD"`
}

// pipeToHelm is the line that gives the fragment to Helm without a file in between.
func pipeToHelm(r Request) string {
	return fmt.Sprintf("bash %s | helm upgrade --install conductor %s --namespace %s -f %s -f -",
		shell.Quote(r.FileName), r.Chart, shell.Quote(r.namespaces()[0]), shell.Quote(r.ValuesFile))
}

// oneLine is s with every run of blanks and line breaks as one blank, so that it cannot leave a comment or a line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
