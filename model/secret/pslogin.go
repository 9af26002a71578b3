package secret

import "conductor-registry/model/shell"

// psLogin finds user name and password of one login and adds them.
func (l loginView) psLogin(password string) string {
	if l.From == DockerConfig {
		return ps("docker-login", "__where__", ascii(l.Where), "__key__", shell.QuotePowerShell(l.Key), "__plain_key__", shell.QuotePowerShell(l.AuthKey),
			"__from_docker__", shell.QuotePowerShell(l.AuthKey+" from docker"))
	}
	user := "user-asked"
	switch {
	case l.fixed():
		user = "user-fixed"
	case l.Username != "":
		user = "user-known"
	}
	names := []string{"__prefix__", l.Prefix, "__username__", shell.QuotePowerShell(l.Username)}
	userSteps := ps(user, append(names, "__question__", shell.QuotePowerShell(l.userQuestion()))...)
	steps := l.psPassword(append(names, "__password__", password, "__question__", shell.QuotePowerShell(l.passwordQuestion()),
		"__command__", l.Command, "__failed__", shell.QuotePowerShell("failed, see above: "+l.Command)))
	piece := "login"
	if l.Anonymous {
		piece, steps = "optional", indented("  ", steps)
	}
	return ps(piece, "__where__", ascii(l.Where), "__user__\n", userSteps, "__password_steps__\n", steps,
		"__key__", shell.QuotePowerShell(l.Key), "__password__", password, "__as__", shell.QuotePowerShell(l.AuthKey+" as "),
		"__no_login__", shell.QuotePowerShell("no login to "+l.AuthKey))
}

// psPassword are the steps that find the password.
func (l loginView) psPassword(pairs []string) string {
	switch {
	case l.prompts():
		return ps("password-asked", pairs...)
	case l.From == Command:
		return ps("password-command", pairs...)
	case l.Encode == Base64:
		return ps("password-file", pairs...) + ps("password-file-base64", pairs...)
	}
	return ps("password-file", pairs...) + ps("password-file-raw", pairs...)
}
