package secret

import (
	"strings"

	"conductor-registry/model/shell"
)

// Script is pull-secret.sh: a POSIX shell script, so bash and dash both run it, that is safe to run again. It takes
// user names and passwords from the environment, a key file or a command, and asks on the terminal for what is missing.
//
// With Kubectl it makes the secret; with the other methods it prints the fragment of values for Helm on standard
// output. All talk goes to standard error. It exits with 2 where something is missing or impossible, and 1 where a
// program failed.
func Script(r Request) string { return script(r, applied()) }

// script is the script with that end.
func script(r Request, end ending) string {
	v := newView(r, end)
	sections := []string{v.header()}
	if v.Impossible != "" {
		sections = append(sections, v.refusal())
	} else {
		sections = append(sections, v.preparations()...)
		sections = append(sections, v.work()...)
	}
	return strings.Join(sections, "\n") // each ends with a line break, so this leaves an empty line between them
}

// header says what the script does, how to run it and what it reads.
func (v view) header() string {
	piece, shellcheck, variables := v.End.header, "", ""
	if v.Fragment {
		piece = headerFragmentSH
	}
	if v.Literal {
		shellcheck = headerShellcheckSH
	}
	for _, x := range v.Variables {
		variables += "#   " + x.Name + "  " + x.Help + "\n"
	}
	if variables != "" {
		variables = fill(headerVariablesSH, "__variables__\n", variables)
	}
	return fill(piece, "__shellcheck__\n", shellcheck, "__method__", v.Method, "__pipe__", oneLine(v.Pipe),
		"__name__", oneLine(v.Name), "__places__", v.places(), "__file__", oneLine(shell.Quote(v.FileName)),
		"__output__", oneLine(shell.Quote(v.End.output(v.Request))), "__about__\n", comment("# ", v.End.about),
		"__logins__\n", v.loginComment(true), "__variables__\n", variables, "__instead__\n", instead(v.Request))
}

// refusal is all there is for answers that no script can carry out: it says why, and Helm does not go on without the
// logins.
func (v view) refusal() string {
	return fill(impossibleSH, "__reason__", shell.Quote(v.FileName+": "+v.Impossible), "__failed__", shell.Quote(v.FileName+" failed"))
}

// work is what the script is for: what is done with each login, the logins, and what comes of them.
func (v view) work() []string {
	var logins, calls, expiry string
	for _, l := range v.Logins {
		logins += l.function() + "\n"
		calls += l.Function + "\n"
		if l.Expires {
			expiry += fill(expirySH, "__expires__", shell.Quote(l.expires()))
		}
	}
	main := func(piece string) string {
		return fill(piece, "__logins__\n", logins, "__calls__\n", calls, "__expiry__\n", expiry, "__name__", shell.Quote(v.Name),
			"__add__\n", v.add(), "__finish__\n", v.finish())
	}
	if !v.Fragment {
		return []string{main(kubectlSH)}
	}
	shown := "the password would show on the terminal; run: " + v.Pipe
	piece := customImagePullSecretsSH
	if v.Method == ImageCredentials {
		piece = imageCredentialsSH
	}
	return []string{fill(fragmentSH, "__shown__", shell.Quote(shown)), main(piece)}
}

// add takes a login into the secret.
func (v view) add() string {
	if v.Docker {
		return dockerConfigSH
	}
	return addSH
}

// finish is what becomes of the secret.
func (v view) finish() string {
	var quoted []string
	for _, n := range v.namespaces() {
		quoted = append(quoted, shell.Quote(n))
	}
	return fill(v.End.finish, "__namespaces__", strings.Join(quoted, " "),
		"__wrote__", shell.Quote("Wrote the pull secret "+v.Name+" in the namespace "),
		"__sealed__", shell.Quote("Sealed the secret "+v.Name+" for the namespace "),
		"__encrypted__", shell.Quote("Encrypted the secret "+v.Name+": "), "__output__", shell.Quote(v.End.output(v.Request)))
}
