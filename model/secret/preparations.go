package secret

import (
	"strings"

	"conductor-registry/model/shell"
)

// preparations are what comes before the work: the script's talk, its end, the programs it needs, the passwords out of
// the environment, and the questions it may have to ask.
func (v view) preparations() []string {
	sections := []string{fill(startSH, "__file__", shell.Quote(v.FileName+": "))}
	if v.Hides || v.Fragment {
		sections = append(sections, v.leave())
	}
	if len(v.Programs) > 0 {
		sections = append(sections, v.needs())
	}
	sections = append(sections, v.environment())
	if v.Names {
		sections = append(sections, checkUserSH)
	}
	if v.Missing != "" {
		sections = append(sections, v.questions())
	}
	return sections
}

// leave puts right what must be however the script ends: the terminal's echo, and what Helm reads.
func (v view) leave() string {
	var undo, terminal string
	if v.Hides {
		undo, terminal = leaveTerminalSH, "terminal=\n"
	}
	if v.Fragment {
		undo += fill(leaveFragmentSH, "__failed__", shell.Quote(v.FileName+" failed"))
	}
	return fill(leaveSH, "__undo__\n", undo, "__terminal__\n", terminal)
}

// needs ends the script at once where a program is missing.
func (v view) needs() string {
	var checks strings.Builder
	for _, p := range v.Programs {
		missing := "cannot find " + p + "; install it, or add its folder to PATH"
		checks.WriteString(fill(programSH, "__program__", shell.Quote(p), "__missing__", shell.Quote(missing)))
	}
	return checks.String()
}

// environment takes the passwords out of the environment.
func (v view) environment() string {
	var passwords strings.Builder
	for _, l := range v.Logins {
		if l.prompts() {
			passwords.WriteString(fill(environmentPasswordSH, "__password__", l.Password, "__prefix__", l.Prefix))
		}
	}
	return fill(environmentSH, "__locals__", v.Locals, "__passwords__\n", passwords.String())
}

// questions are the functions that ask on the terminal.
func (v view) questions() string {
	ask := fill(askSH, "__no_terminal__", shell.Quote("no terminal to ask on; set "+v.Missing))
	if v.Hides {
		ask += askHiddenSH
	}
	return ask
}
