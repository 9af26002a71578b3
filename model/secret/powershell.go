package secret

import (
	"embed"
	"errors"
	"strings"
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

func (v view) psHeader() string {
	variables := ""
	for _, x := range v.Variables {
		variables += "#   " + x.Name + "  " + ascii(x.Help) + "\n"
	}
	return ps("header", "__name__", ascii(oneLine(v.Name)), "__places__", ascii(v.places()), "__file__", ascii(oneLine(v.FileName)),
		"__logins__\n", ascii(v.loginComment(true)), "__variables__\n", fill(headerVariablesSH, "__variables__\n", variables),
		"__instead__\n", ascii(instead(v.Request, "# ")))
}

// psStart is the script's talk, and the programs that it needs.
func (v view) psStart() string {
	var needs string
	for _, p := range v.Programs {
		needs += "Need " + PSQuote(p) + "\n"
	}
	return ps("start", "__needs__\n", needs)
}

// psWork takes the logins and writes the secret. Passwords leave the environment while other programs run, and come
// back for the session that the script may run in.
func (v view) psWork() string {
	var saved, clear, restore, calls, expiry string
	forget := []string{"$auths", "$config", "$data", "$secret"}
	for _, l := range v.Logins {
		password := "$" + l.Password
		forget = append(forget, password)
		calls += l.psLogin(password)
		if l.prompts() {
			name := "$env:" + l.Prefix + "REGISTRY_PASSWORD"
			saved += password + " = " + name + "\n" + password + "_before = " + name + "\n"
			clear += "  " + name + " = $null\n"
			restore += "  " + name + " = " + password + "_before\n"
			forget = append(forget, password+"_before")
		}
		if l.Expires {
			expiry += "  Say " + PSQuote(l.expires()) + "\n"
		}
	}
	var namespaces []string
	for _, n := range v.namespaces() {
		namespaces = append(namespaces, PSQuote(n))
	}
	apply := ps("apply", "__namespaces__", strings.Join(namespaces, ", "), "__name__", PSQuote(v.Name),
		"__wrote__", PSQuote("Wrote the pull secret "+v.Name+" in the namespace "))
	return ps("try", "__saved__\n", saved, "__clear__\n", clear, "__calls__\n", calls, "__apply__\n", apply,
		"__expiry__\n", expiry, "__restore__\n", restore, "__forget__", strings.Join(forget, " = "))
}

// psLogin finds user name and password of one login and adds them.
func (l loginView) psLogin(password string) string {
	if l.From == DockerConfig {
		return ps("docker-login", "__where__", ascii(l.Where), "__key__", PSQuote(l.Key), "__plain_key__", PSQuote(l.AuthKey),
			"__from_docker__", PSQuote(l.AuthKey+" from docker"))
	}
	user := "user-asked"
	switch {
	case l.fixed():
		user = "user-fixed"
	case l.Username != "":
		user = "user-known"
	}
	names := []string{"__prefix__", l.Prefix, "__username__", PSQuote(l.Username)}
	userSteps := ps(user, append(names, "__question__", PSQuote(l.userQuestion()))...)
	steps := l.psPassword(append(names, "__password__", password, "__question__", PSQuote(l.passwordQuestion()),
		"__command__", l.Command, "__failed__", PSQuote("failed, see above: "+l.Command)))
	piece := "login"
	if l.Anonymous {
		piece, steps = "optional", indented("  ", steps)
	}
	return ps(piece, "__where__", ascii(l.Where), "__user__\n", userSteps, "__password_steps__\n", steps,
		"__key__", PSQuote(l.Key), "__password__", password, "__as__", PSQuote(l.AuthKey+" as "),
		"__no_login__", PSQuote("no login to "+l.AuthKey))
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
