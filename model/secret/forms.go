package secret

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"text/template"

	"conductor-registry/model/shell"
	"conductor-registry/model/values"
)

// Format is one form in which the commands or manifests of a pull secret are written.
type Format struct {
	ID    string // as secret --format names it
	About string // for the help
	Note  string // a weakness to report with it
	Text  func(Request) (string, error)
}

// Formats returns all forms, the usual one first.
func Formats() []Format {
	return []Format{
		{"script", "a script for bash", "", Script},
		{"oneline", "one kubectl command; other processes can see the password", onelineNote, OneLine},
		{"powershell", "a script for Windows PowerShell 5.1 and PowerShell 7", "", PowerShell},
		{"manifest", "a Secret to keep in git, filled in when it is applied", "", Manifest},
		{"external-secret", "for External Secrets, which renews it", "", ExternalSecret},
		{"sealed-secret", "a script that prints it for Sealed Secrets", "", SealedSecret},
		{"sops", "a script that prints it encrypted with SOPS", "", SOPS},
	}
}

// Script returns pull-secret.sh, for bash 3.2 and later. With Kubectl it creates the secret; with the other methods it
// prints credentials as values for Helm. It exits with 2 where input is missing or wrong, and with 1 where a program
// failed. The error says why these answers have no such script.
func Script(r Request) (string, error) {
	switch n := len(r.namespaces()); {
	case r.Method == ImageCredentials && len(r.Logins) != 1:
		return "", fmt.Errorf("imageCredentials holds one registry, not %d; use customImagePullSecrets, "+
			"or a secret made with kubectl", len(r.Logins))
	case r.byHelm() && n > 1:
		return "", fmt.Errorf("with the method %s Helm creates the secret in the namespace of the release, not in %d "+
			"namespaces; use a secret made with kubectl", r.Method, n)
	case r.Method == ImageCredentials:
		return render("image-credentials.sh", r)
	case r.Method == CustomImagePullSecrets:
		return render("custom-image-pull-secrets.sh", r)
	}
	return render("pull-secret.sh", r, "kubectl")
}

// SealedSecret returns a script that prints the secret as Sealed Secrets encrypts it
// (github.com/bitnami-labs/sealed-secrets).
func SealedSecret(r Request) (string, error) {
	if err := r.onlyScript(); err != nil {
		return "", err
	}
	r.FileName = strings.Replace(r.FileName, "pull-secret", "sealed-secret", 1)
	return render("sealed-secret.sh", r, "kubectl", "kubeseal")
}

// SOPS returns a script that prints the secret as SOPS encrypts it (getsops.io).
func SOPS(r Request) (string, error) {
	if err := r.onlyScript(); err != nil {
		return "", err
	}
	r.FileName = strings.Replace(r.FileName, "pull-secret", "sops-secret", 1)
	return render("sops-secret.sh", r, "kubectl", "sops")
}

// PowerShell returns the script for those without bash. It creates the same secret from the same variables.
func PowerShell(r Request) (string, error) {
	if err := r.onlyScript(); err != nil {
		return "", err
	}
	r.FileName = strings.TrimSuffix(r.FileName, ".sh") + ".ps1"
	text, err := render("pull-secret.ps1", r, "kubectl")
	return strings.Map(func(c rune) rune { // in comments only: all else is quoted as ASCII
		if c > '~' {
			return '?'
		}
		return c
	}, text), err
}

// Manifest returns the secret as a manifest to keep in git: ${DOCKERCONFIGJSON} is filled in when it is applied.
func Manifest(r Request) (string, error) {
	if err := r.onlyScript(); err != nil {
		return "", err
	}
	if r.fromDocker() {
		return "", errors.New("a manifest is filled in by a few lines of shell, which cannot find one entry in docker's " +
			"configuration; use the script, sealed-secret or sops")
	}
	return render("secret.yaml", r)
}

// ExternalSecret returns the manifests from which External Secrets creates the secret and renews it: for each
// namespace an ExternalSecret (external-secrets.io/v1) and the generators of its credentials. Credentials without a
// generator come from a store.
func ExternalSecret(r Request) (string, error) {
	if err := r.onlyScript(); err != nil {
		return "", err
	}
	if r.fromDocker() {
		return "", errors.New("the form external-secret reads credentials in the cluster, where docker's configuration " +
			"is not; leave out --from-docker-config")
	}
	return render("external-secret.yaml", r)
}

const onelineNote = "the password is an argument of kubectl here: other processes and users of this machine can read " +
	"it while the command runs; --format script does not show it"

// OneLine returns the familiar "kubectl create secret docker-registry" command, which can be run again. kubectl gets
// the password as an argument there, which other users of the machine can read while it runs.
func OneLine(r Request) (string, error) {
	if err := r.onlyScript(); err != nil {
		return "", err
	}
	script := "run the script: bash " + shell.Quote(r.FileName)
	switch {
	case len(r.Logins) != 1:
		return "", fmt.Errorf("kubectl create secret docker-registry holds one registry and %s needs %d; %s", r.Name,
			len(r.Logins), script)
	case len(r.namespaces()) != 1:
		return "", fmt.Errorf("kubectl create secret docker-registry makes one secret, and there are %d namespaces; %s",
			len(r.Namespaces), script)
	case r.fromDocker():
		return "", fmt.Errorf("kubectl create secret docker-registry --from-file would put all credentials of docker "+
			"into the secret; %s", script)
	case strings.Contains(r.Logins[0].Username, ":"):
		return "", fmt.Errorf("the user name %q contains a colon, and all after it would be read as the password; give "+
			"it without, for example ci-puller", r.Logins[0].Username)
	}
	text, err := render("oneline.sh", r)
	return strings.TrimSuffix(text, "\n"), err
}

// onlyScript returns the error of all forms but the script where Helm creates the secret.
func (r Request) onlyScript() error {
	if !r.byHelm() {
		return nil
	}
	return fmt.Errorf("with the method %s Helm creates the secret in the namespace of the release; run the script: %s",
		r.Method, r.PipeToHelm())
}

// render returns the form with the request filled in. Programs are those that it needs, besides the ones that every
// system has.
func render(form string, r Request, programs ...string) (string, error) {
	if err := r.check(); err != nil {
		return "", err
	}
	all, err := templates()
	if err != nil {
		return "", err
	}
	filled, err := newScript(r, programs)
	if err != nil {
		return "", err
	}
	var text bytes.Buffer
	if err := all.ExecuteTemplate(&text, form+".tmpl", filled); err != nil {
		return "", fmt.Errorf("the form %s: %w", form, err)
	}
	return text.String(), nil
}

//go:embed forms/*.tmpl
var formFiles embed.FS

// alone matches lines with nothing but control actions. They leave no line behind, so that templates need no trim marks
// and look like what they make.
var alone = regexp.MustCompile(`(?m)^[ \t]*((?:<% (?:if|else|end|range|with|define|template)\b[^%\n]*%>)+)\n`)

var templates = sync.OnceValues(func() (*template.Template, error) {
	all := template.New("").Delims("<%", "%>").Funcs(template.FuncMap{
		"quote": shell.Quote, "quotePS": shell.QuotePowerShell, "yaml": values.QuoteIfNeeded, "line": oneLine,
		"indent":     indent,
		"isCommand":  func(line string) bool { return strings.HasPrefix(line, " ") },
		"quoteAll":   func(words []string) string { return joinQuoted(words, shell.Quote, " ") },
		"quoteAllPS": func(words []string) string { return joinQuoted(words, shell.QuotePowerShell, ", ") },
	})
	files, err := formFiles.ReadDir("forms")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := formFiles.ReadFile("forms/" + file.Name())
		if err != nil {
			return nil, err
		}
		if _, err := all.New(file.Name()).Parse(alone.ReplaceAllString(string(text), "$1")); err != nil {
			return nil, err
		}
	}
	return all, nil
})

func joinQuoted(words []string, quote func(string) string, separator string) string {
	var quoted []string
	for _, word := range words {
		quoted = append(quoted, quote(word))
	}
	return strings.Join(quoted, separator)
}

// oneLine returns s with every run of white space as one space, so that it cannot leave a comment or a line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// indent returns the lines of text with that many spaces before each, and no line break at the end.
func indent(spaces int, text string) string {
	before := strings.Repeat(" ", spaces)
	return before + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n"+before)
}

// PipeToHelm returns the command that gives the credentials to Helm without a file in between.
func (r Request) PipeToHelm() string {
	return fmt.Sprintf("bash %s | helm upgrade --install conductor %s --namespace %s -f %s -f -",
		shell.Quote(r.FileName), r.Chart, shell.Quote(r.namespaces()[0]), shell.Quote(r.ValuesFile))
}
