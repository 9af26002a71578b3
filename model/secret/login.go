package secret

import "conductor-registry/model/shell"

// function is the shell function of the login: it finds the user name, then the password, and gives both to add.
func (l loginView) function() string {
	if l.From == DockerConfig {
		return fill(dockerLoginSH, "__where__", l.Where, "__function__", l.Function, "__password__", l.Password,
			"__key__", shell.Quote(l.Key), "__plain_key__", shell.Quote(l.AuthKey),
			"__from_docker__", shell.Quote(l.AuthKey+" from docker"))
	}
	return fill(loginSH, "__where__", l.Where, "__function__", l.Function, "__password__", l.Password,
		"__user_steps__\n", l.userSteps(), "__password_steps__\n", l.passwordSteps(),
		"__no_password__", shell.Quote("no password for "+l.Where), "__key__", shell.Quote(l.Key), "__as__", shell.Quote(l.AuthKey+" as "))
}

// userSteps find the user name. An optional one that is empty leaves the registry out, even where the answers know one:
// set but empty is an answer too.
func (l loginView) userSteps() string {
	piece := userAskedSH
	switch {
	case l.fixed():
		piece = userFixedSH
	case l.Anonymous && l.Username != "":
		piece = userKnownOptionalSH
	case l.Anonymous:
		piece = userAskedOptionalSH
	case l.Username != "":
		piece = userKnownSH
	}
	steps := fill(piece,
		"__prefix__", l.Prefix, "__username__", shell.Quote(l.Username), "__question__", shell.Quote(l.userQuestion()))
	if l.Anonymous {
		steps += fill(userNoneSH, "__no_login__", shell.Quote("no login to "+l.AuthKey))
	}
	if !l.fixed() {
		steps += userCheckSH
	}
	return steps
}

// passwordSteps find the password.
func (l loginView) passwordSteps() string {
	var piece string
	switch {
	case l.prompts():
		piece = passwordAskedSH
	case l.From == Command:
		piece = passwordCommandSH
	case l.Encode == Base64:
		piece = passwordFileSH + passwordFileBase64SH
	default:
		piece = passwordFileSH + passwordFileRawSH
	}
	return fill(piece, "__password__", l.Password, "__prefix__", l.Prefix, "__question__", shell.Quote(l.passwordQuestion()),
		"__command__", l.Command, "__failed__", shell.Quote("failed, see above: "+l.Command))
}
