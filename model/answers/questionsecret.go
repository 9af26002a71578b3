package answers

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"sigs.k8s.io/yaml"

	"conductor-registry/model"
	"conductor-registry/model/redact"
)

func (at place) methods() []Choice { return options(at.profile().Methods) }

func (at place) checkMethod(value string) error { return checkOption(at.profile().Methods, value) }

func (at place) method() string { return at.common().value(methodLeaf).Text }

// defaultMethod returns the chart's first method, or, where no registry needs credentials, its first without a secret.
func (at place) defaultMethod() string {
	profile, needed := at.profile(), false
	for _, component := range profile.Components {
		preset := at.in(at.env, component.Name).preset()
		needed = needed || preset == nil || !preset.Login.None
	}
	for _, method := range profile.Methods {
		withoutSecret := method.Script == "" && !profile.Writes("secret.name", method.ID)
		if method.Missing == "" && needed != withoutSecret {
			return method.ID
		}
	}
	return ""
}

// existing reports whether the pull secret exists already or is not used: no command creates it.
func (at place) existing() bool { return at.profile().Method(at.method()).Script == "" }

// namesSecret reports whether the values name the pull secret.
func (at place) namesSecret() bool { return at.profile().Writes("secret.name", at.method()) }

func (at place) defaultSecretName() string {
	if at.existing() {
		return ""
	}
	name := ""
	for _, component := range at.profile().ComponentNames() {
		preset := at.in(at.env, component).preset()
		switch {
		case preset == nil || preset.Login.None:
		case name != "" && name != preset.SecretName: // one secret for several registries
			return commonSecretName
		default:
			name = preset.SecretName
		}
	}
	return cmp.Or(name, commonSecretName)
}

// commonSecretName is the default name of a secret that no single registry gives its name.
const commonSecretName = "registry-credentials"

func (at place) adaptSecretName(f *Field) {
	if at.existing() {
		f.Required, f.Help = true, "the secret that exists already"
	}
}

// checkSecretName refuses the name of a secret that the chart itself creates, and what CheckSecretName refuses.
func (at place) checkSecretName(name string) error {
	if at.profile().OwnsSecret(name) {
		return fmt.Errorf("%s is the name of the secret that the chart creates itself: use another, "+
			"for example acr-credentials", name)
	}
	return CheckSecretName(name)
}

// CheckSecretName accepts what Kubernetes accepts as a Secret's name (an RFC 1123 subdomain), unless YAML reads it as a
// number or a boolean: the charts write it unquoted.
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
		return fmt.Errorf("YAML reads %s as a number or a boolean, and the chart does not quote it"+example, name)
	}
	return nil
}

// checkNamespace accepts an RFC 1123 label.
func (place) checkNamespace(name string) error {
	if !model.IsLabel(name) {
		return errors.New("a namespace has lower-case letters, digits and dashes, at most 63, for example conductor")
	}
	return nil
}

// takesUsername reports whether the credentials have a user name of one's own.
func (at place) takesUsername() bool {
	preset := at.common().preset()
	return preset != nil && preset.Login.Username == "" && !at.existing()
}

func (at place) adaptUsername(f *Field) {
	if preset := at.preset(); preset != nil {
		f.Help, f.Example = preset.Login.UsernameHelp, preset.Login.UsernameExample
		f.Advanced = !preset.Login.AskUsername
	}
}

// checkUsername refuses a user name for a registry that has the same one for everybody, and a colon, which would end it
// (RFC 7617).
func (at place) checkUsername(name string) error {
	preset := at.preset()
	switch {
	case preset != nil && preset.Login.Username != "":
		return fmt.Errorf("is always %s for %s: leave it out", preset.Login.Username, preset.Title)
	case strings.Contains(name, ":"):
		return errors.New("a user name cannot contain a colon: the part after it would be the password")
	case strings.ContainsFunc(name, redact.IsHidden):
		return errors.New("a user name cannot contain line breaks or control characters")
	}
	return nil
}
