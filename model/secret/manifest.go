package secret

import (
	"errors"
	"strings"

	_ "embed" // the pieces are files beside this one

	"conductor-registry/model/shell"
	"conductor-registry/model/values"
)

var (
	//go:embed manifest/manifest.yaml
	manifestYAML string
	//go:embed manifest/document.yaml
	documentYAML string
	//go:embed manifest/commands.sh
	commandsSH string
)

// Manifest is the secret as a manifest to keep in git: the login's place holds ${DOCKERCONFIGJSON}, the base64 of the
// dockerconfigjson, which Flux or envsubst fills in. The commands that do it stand in its comment. One document for
// each namespace. The error says why there is none.
func Manifest(r Request) (string, error) {
	if err := r.onlyScript(); err != nil {
		return "", err
	}
	if r.fromDocker() {
		return "", errors.New("a manifest is filled in by a few lines of shell, and to find one login in docker's " +
			"configuration takes more; use the script, sealed-secret or sops")
	}
	var documents []string
	for _, namespace := range r.namespaces() {
		documents = append(documents, fill(documentYAML, "__name__", values.QuoteIfNeeded(r.Name),
			"__namespace__", values.QuoteIfNeeded(namespace)))
	}
	return fill(manifestYAML, "__name__", oneLine(r.Name), "__places__", r.places(),
		"__logins__\n", r.loginComment(true), "__file__", oneLine(shell.Quote(r.Name+".yaml")),
		"__commands__\n", indented("#   ", r.commands()), "__instead__\n", instead(r),
		"__documents__\n", strings.Join(documents, "---\n")), nil
}

// commands make the dockerconfigjson and put it in: shell that can be pasted or run.
func (r Request) commands() string {
	var entries strings.Builder
	var auths []string
	indent := "  "
	for _, l := range r.Logins {
		key, err := newLoginView(l)
		if err != nil {
			continue // no login of the presets has a key without a JSON form
		}
		user := `"$` + l.Prefix + `REGISTRY_USERNAME"`
		if l.Username != "" {
			user = shell.Quote(l.Username)
		}
		auth := strings.ToLower(l.Prefix) + "auth"
		entries.WriteString(indent + auth + "=$(entry " + shell.Quote(key.Key) + " " + user + " " + passwordWord(l) + ") &&\n")
		auths, indent = append(auths, "$"+auth), "    "
	}
	return fill(commandsSH, "__entries__\n", entries.String(), "__auths__", strings.Join(auths, ","),
		"__file__", shell.Quote(r.Name+".yaml"))
}

// indented is text with the mark before each line.
func indented(mark, text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimRight(mark+strings.TrimSuffix(line, "\n"), " ") + "\n")
	}
	return b.String()
}
