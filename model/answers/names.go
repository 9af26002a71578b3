package answers

import (
	"errors"
	"fmt"
	"strings"

	"sigs.k8s.io/yaml"

	"conductor-registry/model"
)

// CheckSecretName wants a name that Kubernetes takes (RFC 1123 subdomain) and that the charts, which write it
// unquoted, do not turn into a number or a boolean.
func CheckSecretName(name string) error {
	const example = ", for example acr-credentials"
	switch {
	case name == "":
		return errors.New("a secret needs a name" + example)
	case !model.IsSubdomain(name):
		return errors.New("a secret's name has lower-case letters, digits, dashes and dots, at most 253" + example)
	}
	var typed any
	if err := yaml.Unmarshal([]byte(name), &typed); err != nil || typed != any(name) {
		return fmt.Errorf("YAML reads %s as a number or a yes/no, and the chart does not quote it"+example, name)
	}
	return nil
}

// checkNamespace wants an RFC 1123 label.
func checkNamespace(name string) error {
	if !model.IsLabel(name) {
		return errors.New("a namespace has lower-case letters, digits and dashes, at most 63, for example conductor")
	}
	return nil
}

// checkUsername keeps out what would end the user name early: the first colon does (RFC 7617).
func checkUsername(name string) error {
	switch {
	case strings.Contains(name, ":"):
		return errors.New("a user name can't hold a colon: all after it would be the password")
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return errors.New("a user name can't hold line breaks or control characters")
	}
	return nil
}
