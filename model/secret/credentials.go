package secret

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"conductor-registry/model/shell"
)

// credentials are a Login with what the templates need to know of it.
type credentials struct {
	Login
	JSONKey       string // AuthKey as a JSON string, which is a YAML string too
	LowerPrefix   string // "server_"
	GeneratorName string // of External Secrets: "acr-credentials-server"
	IsOptional    bool   // an empty user name leaves the registry out
	IsLast        bool
}

func newCredentials(l Login) (credentials, error) {
	key, err := json.Marshal(l.AuthKey)
	if err != nil {
		return credentials{}, fmt.Errorf("the registry %q cannot be written as JSON: %w", l.AuthKey, err)
	}
	l.Command = strings.TrimSpace(l.Command)
	return credentials{Login: l, JSONKey: string(key), LowerPrefix: strings.ToLower(l.Prefix)}, nil
}

// Registry returns what the credentials are for: "Azure Container Registry at myacr.azurecr.io".
func (c credentials) Registry() string {
	if c.Title == "" {
		return c.AuthKey
	}
	return c.Title + " at " + c.AuthKey
}

// FromDocker reports whether user name and password come from docker's configuration.
func (c credentials) FromDocker() bool { return c.From == DockerConfig }

// FromCommand reports whether a command prints the password.
func (c credentials) FromCommand() bool { return c.From == Command }

// FromKeyFile reports whether the password is a key file.
func (c credentials) FromKeyFile() bool { return c.From == KeyFile }

// Prompts reports whether the password comes from a variable or the terminal.
func (c credentials) Prompts() bool { return !c.FromDocker() && !c.FromCommand() && !c.FromKeyFile() }

// EncodesBase64 reports whether the key file is the password in base64.
func (c credentials) EncodesBase64() bool { return c.Encode == Base64 }

// HasFixedUser reports whether the user name is known and cannot be another, such as ECR's AWS.
func (c credentials) HasFixedUser() bool { return c.FromDocker() || c.Username != "" && !c.Prompts() }

// Variable returns the name of PowerShell's variable for the password: "server_password".
func (c credentials) Variable() string { return c.LowerPrefix + "password" }

// UserQuestion asks for the user name.
func (c credentials) UserQuestion() string { return c.question("User name", c.usernameHelp()) }

// PasswordQuestion asks for the password, or for the path of the key file.
func (c credentials) PasswordQuestion() string {
	if c.FromKeyFile() {
		return c.question("Key file", c.PasswordHelp)
	}
	return c.question("Password", c.PasswordHelp)
}

func (c credentials) question(what, help string) string {
	if help != "" {
		help = " (" + help + ")"
	}
	return oneLine(what + " for " + c.Registry() + help)
}

func (c credentials) usernameHelp() string {
	if c.IsOptional {
		return strings.TrimPrefix(c.UsernameHelp+"; empty for no credentials", "; ")
	}
	return c.UsernameHelp
}

// program returns the name of the program that prints the password; "" without a command.
func (c credentials) program() string {
	if words := strings.Fields(c.Command); c.FromCommand() && len(words) > 0 {
		return words[0]
	}
	return ""
}

// Expiry warns that the credentials expire.
func (c credentials) Expiry() string {
	return fmt.Sprintf("the credentials for %s expire after %s; run this again before then", c.AuthKey,
		oneLine(c.Lifetime))
}

// variables returns the environment variables that the credentials are read from, and the names of those that are asked
// for when they are not set. With several registries each says which one it is for.
func (c credentials) variables(several bool) (vs []variable, asked []string) {
	add := func(name, help string, ask bool) {
		name = c.Prefix + name
		var parts []string
		if several {
			parts = append(parts, c.AuthKey)
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
	case c.HasFixedUser():
	case c.Username != "":
		add("REGISTRY_USERNAME", "user name, if not "+c.Username, false)
	default:
		add("REGISTRY_USERNAME", c.usernameHelp(), true)
	}
	if c.Prompts() {
		add("REGISTRY_PASSWORD", c.PasswordHelp, true)
	} else if c.FromKeyFile() {
		add("REGISTRY_KEY_FILE", c.PasswordHelp, true)
	}
	return vs, asked
}

// UserWord returns the shell word that becomes the user name in a single command.
func (c credentials) UserWord() string {
	if c.Username != "" {
		return shell.Quote(c.Username)
	}
	return `"$` + c.Prefix + `REGISTRY_USERNAME"`
}

// PasswordWord returns the shell word that becomes the password in a single command.
func (c credentials) PasswordWord() string {
	switch {
	case c.FromCommand():
		return `"$(` + oneLine(c.Command) + `)"`
	case c.FromKeyFile() && c.EncodesBase64():
		return `"$(base64 < key.json | tr -d '\n')"`
	case c.FromKeyFile():
		return `"$(cat key.json)"`
	}
	return `"$` + c.Prefix + `REGISTRY_PASSWORD"`
}

// ExternalAuth returns the expression for the entry's auth in a template of External Secrets, which has the functions
// of sprig. The kubelet needs no more than auth.
func (c credentials) ExternalAuth() string {
	if c.Generator.Auth != "" {
		return strings.ReplaceAll(c.Generator.Auth, ".", "."+c.LowerPrefix)
	}
	user := "." + c.LowerPrefix + "username"
	if c.Generator.Kind == "" && c.Username != "" {
		user = strconv.Quote(c.Username)
	}
	return fmt.Sprintf(`printf "%%s:%%s" %s .%spassword | b64enc`, user, c.LowerPrefix)
}
