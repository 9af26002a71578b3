package redact

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"conductor-registry/model"
)

// place says what the values below a key are.
type place int

const (
	open          place = iota // no secrets, but for keys that say so
	secret                     // a secret, or a mapping of secrets and their names
	secretText                 // lines of a secret: nothing in them is a key
	credentials                // a login: all of it is secret but for openFields
	openField                  // an open field of a login; what is nested in it is secret
	customSecrets              // the mapping of several logins
)

// isMasked reports whether a text at p is masked.
func (p place) isMasked() bool { return p != open && p != openField }

// below returns the place of a key's value, where the mapping that has the key is at p. A key with dots, as --set has
// it, is a path.
func (p place) below(path string) place {
	for key := range strings.FieldsFuncSeq(path, func(r rune) bool { return strings.ContainsRune(`.[]\"'`, r) }) {
		p = p.child(key)
	}
	return p
}

func (p place) child(key string) place {
	name := strings.Join(words(key), "")
	switch {
	case p == secretText:
		return secretText
	case p == openField:
		return credentials
	case p == credentials && slices.Contains(openFields(), name):
		return openField
	case p == credentials, isNear(name, "imagecredentials"), p == customSecrets && isNear(name, "registries"):
		return credentials
	case isNear(name, "customimagepullsecrets"):
		return customSecrets
	case isSecretKey(key), p == secret && !isName(key):
		return secret
	}
	return open
}

// openFields returns the keys of a login whose values are shown.
func openFields() []string { return []string{"registry", "username", "email"} }

// plainKey matches a key of words only, which is shown below a secret.
var plainKey = regexp.MustCompile(`^[A-Za-z]+(?:[-_.][A-Za-z]+)*$`)

// hidesKey reports whether a key of a mapping at p may be a secret that was written as a key.
func (p place) hidesKey(key string) bool {
	if isName(key) || isSecretKey(key) || p != secret && p != credentials {
		return false
	}
	isOpen := slices.ContainsFunc(openFields(), func(field string) bool { return model.EditDistance(key, field) <= 2 })
	return !isOpen && (p == credentials || !plainKey.MatchString(key))
}

// isNear reports whether a word is the right one, or the right one misspelled.
func isNear(word, right string) bool {
	return word == right || len(word) > 6 && model.EditDistance(word, right) <= 2
}

// isSecretKey reports whether the name of a key says that its value is secret, misspelled or not, and not the name of a
// Secret, a path or a setting.
func isSecretKey(key string) bool {
	parts := words(key)
	if len(parts) == 0 || isName(key) {
		return false
	}
	name, last := strings.Join(parts, ""), parts[len(parts)-1]
	for _, sign := range []string{"password", "passwd", "passphrase", "passcode", "secretkey", "apikey", "accesskey",
		"privatekey", "dockerconfigjson", "dockercfg", "connectionstring", "authorization", "credential"} {
		if strings.Contains(name, sign) && name != "imagecredentials" {
			return true
		}
	}
	for _, ending := range []string{"secret", "secrets", "token", "tokens", "pwd", "pass"} {
		if strings.HasSuffix(name, ending) && (ending != "pass" || !englishPass.MatchString(last)) {
			return true
		}
	}
	if slices.Contains([]string{"pass", "pw", "auth", "bearer", "cookie", "salt", "sas", "dsn", "pin",
		"sig", "signature"}, last) {
		return true
	}
	if last == "key" && len(parts) > 1 {
		return slices.Contains([]string{"access", "secret", "private", "api", "signing", "encryption", "master", "account",
			"storage", "shared", "license", "auth", "jwt", "client", "ssh", "hmac", "ssl", "tls", "session"}, parts[len(parts)-2])
	}
	return isMisspelled(parts)
}

// englishPass matches the words that end in pass and are not about passwords.
var englishPass = regexp.MustCompile(`^(?:(?:en)?com|by|tres|sur|over|under|multi|single|two|one|first|second)pass$`)

// isMisspelled reports whether a word of a key is nearly one that names a secret.
func isMisspelled(parts []string) bool {
	for _, part := range parts {
		for right, edits := range map[string]int{"password": 2, "passwd": 1, "secret": 1, "token": 1, "apikey": 1} {
			if len(part) >= len(right)-1 && part[0] == right[0] && model.EditDistance(part, right) <= edits {
				return true
			}
		}
		for _, right := range []string{"password", "passwd"} { // dbpasword
			if tail := len(part) - len(right) + 1; tail > 0 && model.EditDistance(part[tail:], right) <= 1 {
				return true
			}
		}
	}
	return false
}

// isName reports whether a key holds the name of a Secret, a path or a setting, though it speaks of a secret.
func isName(key string) bool {
	parts := words(key)
	if len(parts) == 0 {
		return false
	}
	name := strings.Join(parts, "")
	for _, ending := range []string{"name", "names", "ref", "refs", "path", "paths", "file", "files", "url", "uri", "endpoint",
		"enabled", "type", "kind", "arn", "policy", "ttl", "lifetime", "expiry", "expiration", "timeout", "length", "class",
		"provider", "store", "namespace", "namespaces", "method", "format", "username", "user", "email", "host",
		"port", "registry", "server", "id", "version", "stdin",
		"pullsecret", "pullsecrets", "imagepullsecret", "imagepullsecrets", "serviceaccount", "annotations", "labels"} {
		if parts[len(parts)-1] == ending || strings.HasPrefix(ending, "pull") && strings.HasSuffix(name, ending) {
			return true
		}
	}
	return parts[0] == "existing" || parts[0] == "create" || parts[0] == "automount"
}

// words returns the words of a name in lower case: jwtSecret and JWT_SECRET are jwt and secret.
func words(name string) []string {
	var out []string
	runes := []rune(name)
	begin := true
	for i, r := range runes {
		if !unicode.IsLetter(r) {
			begin = true
			continue
		}
		if unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			begin = true
		}
		if begin {
			out, begin = append(out, ""), false
		}
		out[len(out)-1] += string(unicode.ToLower(r))
	}
	return out
}
