package secret

import (
	"embed"
	"errors"
	"strings"

	"conductor-registry/model/shell"
)

//go:embed powershell/*.ps1
var powershellPieces embed.FS

// ps is a piece of the PowerShell script with its placeholders filled, as fill does it.
func ps(name string, pairs ...string) string {
	piece, err := powershellPieces.ReadFile("powershell/" + name + ".ps1")
	if err != nil {
		return "" // the tests hold that each piece asked for is there
	}
	return fill(string(piece), pairs...)
}

// PowerShell is the script for those without bash: it makes the same secret from the same variables, in Windows
// PowerShell 5.1 and in PowerShell 7. It is ASCII and gives programs no argument with a quote in it, which 5.1 would
// lose. The error says why there is none.
func PowerShell(r Request) (string, error) {
	if err := r.onlyScript(); err != nil {
		return "", err
	}
	r.FileName = strings.TrimSuffix(r.FileName, ".sh") + ".ps1"
	v := newView(r, applied())
	if v.Impossible != "" {
		return "", errors.New(v.Impossible)
	}
	sections := []string{v.psHeader(), v.psStart()}
	switch {
	case v.Docker:
		sections = append(sections, ps("docker"))
	case v.Hides:
		sections = append(sections, ps("add"), ps("hidden"))
	default:
		sections = append(sections, ps("add"))
	}
	return strings.Join(append(sections, v.psWork()), "\n"), nil
}

// psHeader says what the script does, how to run it and what it reads, in ASCII.
func (v view) psHeader() string {
	var variables strings.Builder
	for _, x := range v.Variables {
		variables.WriteString("#   " + x.Name + "  " + x.Help + "\n")
	}
	return ascii(ps("header", "__name__", oneLine(v.Name), "__places__", v.places(), "__file__", oneLine(v.FileName),
		"__logins__\n", v.loginComment(true), "__instead__\n", instead(v.Request),
		"__variables__\n", fill(headerVariablesSH, "__variables__\n", variables.String())))
}

// psStart is the script's talk, and the programs that it needs.
func (v view) psStart() string {
	var needs strings.Builder
	for _, p := range v.Programs {
		needs.WriteString("Need " + shell.QuotePowerShell(p) + "\n")
	}
	return ps("start", "__needs__\n", needs.String())
}

// psWork takes the logins and writes the secret. Passwords leave the environment while other programs run, and come
// back for the session that the script may run in.
func (v view) psWork() string {
	var saved, hidden, restored, calls, expiry strings.Builder
	forget := []string{"$auths", "$config", "$data", "$secret"}
	for _, l := range v.Logins {
		password := "$" + l.Password
		forget = append(forget, password)
		calls.WriteString(l.psLogin(password))
		if l.prompts() {
			names := []string{"__prefix__", l.Prefix, "__password__", password}
			saved.WriteString(ps("environment", names...))
			hidden.WriteString(ps("environment-hidden", names...))
			restored.WriteString(ps("environment-restored", names...))
			forget = append(forget, password+"_before")
		}
		if l.Expires {
			expiry.WriteString("  Say " + shell.QuotePowerShell(l.expires()) + "\n")
		}
	}
	var namespaces []string
	for _, n := range v.namespaces() {
		namespaces = append(namespaces, shell.QuotePowerShell(n))
	}
	apply := ps("apply", "__namespaces__", strings.Join(namespaces, ", "), "__name__", shell.QuotePowerShell(v.Name),
		"__wrote__", shell.QuotePowerShell("Wrote the pull secret "+v.Name+" in the namespace "))
	return ps("try", "__saved__\n", saved.String(), "__hidden__\n", hidden.String(), "__calls__\n", calls.String(),
		"__apply__\n", apply, "__expiry__\n", expiry.String(), "__restored__\n", restored.String(),
		"__forget__", strings.Join(forget, " = "))
}
