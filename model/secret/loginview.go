package secret

import (
	"encoding/json"
	"fmt"
	"strings"
)

// loginView is one login with the names that the script uses for it.
type loginView struct {
	Login
	Key      string // AuthKey as a JSON string, which is a YAML string too
	Where    string // "Azure Container Registry at myacr.azurecr.io"
	Function string // the shell function that logs in: "login", "server_login"
	Password string // the shell variable of the password: "password", "server_password"
}

func newLoginView(l Login) (loginView, error) {
	key, err := json.Marshal(l.AuthKey)
	if err != nil {
		return loginView{}, fmt.Errorf("the registry %q has no JSON form: %w", l.AuthKey, err)
	}
	l.Command = strings.TrimSpace(l.Command)
	prefix := strings.ToLower(l.Prefix)
	return loginView{
		Login: l, Key: string(key), Where: l.where(), Function: prefix + "login", Password: prefix + "password",
	}, nil
}

// prompts says that the password comes from the environment or the terminal.
func (l loginView) prompts() bool {
	return l.From != KeyFile && l.From != Command && l.From != DockerConfig
}

// fixed says that the user name is known, as ECR's AWS is: nobody is asked and no variable is read.
func (l loginView) fixed() bool { return l.From == DockerConfig || l.Username != "" && !l.prompts() }

// userQuestion asks for the user name.
func (l loginView) userQuestion() string {
	if l.Anonymous {
		return l.question("User name", l.anonymousHelp())
	}
	return l.question("User name", l.UsernameHelp)
}

// passwordQuestion asks for the password, or for the path of the key file.
func (l loginView) passwordQuestion() string {
	if l.From == KeyFile {
		return l.question("Key file", l.PasswordHelp)
	}
	return l.question("Password", l.PasswordHelp)
}

// anonymousHelp says that the user name may stay empty.
func (l loginView) anonymousHelp() string {
	return strings.TrimPrefix(l.UsernameHelp+"; empty for no login", "; ")
}

func (l loginView) question(what, help string) string {
	if help != "" {
		help = " (" + oneLine(help) + ")"
	}
	return what + " for " + l.Where + help
}

// program is the one that prints the password, "" without a command.
func (l loginView) program() string {
	words := strings.Fields(l.Command)
	if l.From != Command || len(words) == 0 {
		return ""
	}
	return words[0]
}

// expires warns of a password that dies soon.
func (l loginView) expires() string {
	return fmt.Sprintf("The login to %s stops working after %s: run this again before then, "+
		"or let the nodes pull without a secret.", l.AuthKey, oneLine(l.Lifetime))
}

// variables are those that this login reads, and the names of those that it asks for when they are not set. Where there
// are several logins each says whose it is.
func (l loginView) variables(several bool) (vs []variable, asked []string) {
	add := func(name, help string, ask bool) {
		name = l.Prefix + name
		var parts []string
		if several {
			parts = append(parts, l.AuthKey)
		}
		if help != "" {
			parts = append(parts, help)
		}
		if ask {
			asked = append(asked, name)
			parts = append(parts, "asked if not set")
		}
		vs = append(vs, variable{name, oneLine(strings.Join(parts, "; "))})
	}
	switch {
	case l.fixed():
	case l.Username != "":
		add("REGISTRY_USERNAME", "user name, if not "+l.Username, false)
	case l.Anonymous:
		add("REGISTRY_USERNAME", l.anonymousHelp(), true)
	default:
		add("REGISTRY_USERNAME", l.UsernameHelp, true)
	}
	if l.prompts() {
		add("REGISTRY_PASSWORD", l.PasswordHelp, true)
	} else if l.From == KeyFile {
		add("REGISTRY_KEY_FILE", l.PasswordHelp, true)
	}
	return vs, asked
}
