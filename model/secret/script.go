package secret

import (
	"embed"
	"strings"
	"sync"
	"text/template"
)

//go:embed templates/*.tmpl
var templates embed.FS

// parsed are the script's templates, parsed at first use.
var parsed = sync.OnceValues(func() (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{
		"quote": Quote,
		"line":  oneLine,
	}).ParseFS(templates, "templates/*.tmpl")
})

// Script is pull-secret.sh: a POSIX shell script, so bash and dash both run it, that is safe to run again. It takes user
// names and passwords from the environment, a key file or a command, and asks on the terminal for what is missing.
//
// With Kubectl it makes the secret; with the other methods it prints the fragment of values for Helm on standard output.
// All talk goes to standard error. It exits with 2 where something is missing or impossible, and 1 where a program failed.
func Script(r Request) string {
	t, err := parsed()
	if err != nil {
		return broken(err)
	}
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, "script.tmpl", newView(r)); err != nil {
		return broken(err)
	}
	return b.String()
}

// broken is the script of a template that cannot be read or run, which no test lets pass: it fails and says why.
func broken(err error) string {
	return "printf '%s\\n' " + Quote(err.Error()) + " >&2\nexit 1\n"
}
