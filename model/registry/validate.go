package registry

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Validate returns an error for each place in the preset that names a field which it does not have, and for each value
// that contradicts another one.
func (p *Preset) Validate() error {
	v := validator{preset: p}
	for i, f := range p.Fields {
		v.condition("fields."+f.ID, f.When)
		for _, trap := range f.Traps {
			v.condition("fields."+f.ID+".traps", trap.When)
		}
		if f.Unless != "" {
			v.field("fields."+f.ID+".unless", f.Unless)
		}
		if first := slices.IndexFunc(p.Fields, func(other Field) bool { return other.ID == f.ID }); first < i {
			v.report("fields", "there are two fields called %q", f.ID)
		}
	}
	for _, h := range p.Hosts {
		for _, id := range append(slices.Sorted(maps.Keys(h.Fields)), h.Pattern.groupNames()...) {
			v.field("hosts", id)
		}
	}
	for _, form := range p.Forms {
		v.condition("forms", form.When)
		for _, name := range placeholder.FindAllStringSubmatch(form.Host+form.Path, -1) {
			v.field("forms", name[1])
		}
	}
	for _, piece := range p.Login.Generator.Spec {
		v.condition("login.generator.spec", piece.When)
	}
	for _, s := range p.Secretless {
		v.condition("secretless", s.When)
	}
	for _, n := range p.Notes {
		v.condition("notes", n.When)
	}
	v.required()
	password := p.Login.Password
	switch {
	case !p.Login.None && password.From == "":
		v.report(
			"login.password",
			"from is missing: say where the password comes from, or that no image needs one (none: true)",
		)
	case (password.From == "command") != (password.Command != ""):
		v.report("login.password", "from: command and command belong together")
	}
	if !strings.Contains(p.Repository.Default, "{component}") {
		v.report("repository.default", "without {component} both images have the same name")
	}
	return errors.Join(v.errs...)
}

var placeholder = regexp.MustCompile(`\{([a-zA-Z]+)\}`)

// validator collects the mistakes of one preset.
type validator struct {
	preset *Preset
	errs   []error
}

func (v *validator) report(where, format string, args ...any) {
	v.errs = append(v.errs, fmt.Errorf(v.preset.File+": "+where+": "+format, args...))
}

// field requires that the preset has the field.
func (v *validator) field(where, id string) {
	if _, ok := v.preset.Field(id); !ok {
		v.report(where, "there is no field %q", id)
	}
}

func (v *validator) condition(where string, w When) {
	for _, id := range slices.Sorted(maps.Keys(w)) {
		v.field(where+".when", id)
	}
}

// required reports the texts that the wizard and the commands show and that are missing, and checks what pushing needs.
func (v *validator) required() {
	for _, f := range v.preset.Fields {
		if f.Hint == "" && len(f.Choices) == 0 && f.Kind != "path" {
			v.report("fields."+f.ID+".hint", "is missing: say what a valid answer is, such as: an account has 12 digits")
		}
	}
	for _, r := range slices.Concat(v.preset.Push.Before, v.preset.Push.After) {
		v.condition("push", r.When)
	}
	if len(v.preset.ImageCheck) == 0 {
		v.report("imageCheck", "is missing: write a command that shows whether an image exists, "+
			"such as skopeo inspect docker://{image}")
	}
	if !v.preset.Login.None && len(v.preset.Login.Credentials) == 0 {
		v.report("login.credentials", "is missing: say which kind of credentials to create, and how")
	}
}
