package registry

import (
	"fmt"
	"strings"

	"conductor-registry/model"
)

// Location is where images are stored: what precedes their own path.
type Location struct {
	Host        string            // host[:port]
	Path        string            // between the host and the image's own path; may be ""
	AuthKey     string            // the exact key under auths of the pull secret
	ImpliedHost bool              // an image name without a host means this one
	Fields      map[string]string // with defaults, and with the answers that the host implies
}

// Registry returns host[/path], the registry value of a chart.
func (l Location) Registry() string {
	if l.Path == "" {
		return l.Host
	}
	return l.Host + "/" + l.Path
}

// FieldError is a mistake in one field.
type FieldError struct {
	Field string // its id
	Err   error
}

// Error returns the field's id and the mistake.
func (e FieldError) Error() string { return fmt.Sprintf("%s: %v", e.Field, e.Err) }

// Unwrap returns the mistake without the field.
func (e FieldError) Unwrap() error { return e.Err }

// Locate returns the location that the fields lead to, and every field that is missing or invalid. With errors the
// location is for previews only: it has the names of missing fields in capitals.
func (p *Preset) Locate(given map[string]string) (Location, []FieldError) {
	fields := p.withDefaults(given)
	var wrong []FieldError
	for _, f := range p.Fields {
		if !f.When.Matches(fields) {
			continue
		}
		if err := p.checkField(f, fields[f.ID], fields); err != nil {
			wrong = append(wrong, FieldError{f.ID, err})
		}
	}
	loc := Location{ImpliedHost: p.ImpliedHost, Fields: fields}
	form, value := p.form(fields), p.fieldValue(fields)
	loc.Host, loc.Path = model.Expand(form.Host, value), model.Expand(p.pathTemplate(form), value)
	loc.Path = strings.Trim(loc.Path, "/")
	loc.AuthKey = loc.Host
	if p.AuthKey != "" {
		loc.AuthKey = p.Expand(p.AuthKey, loc, nil)
	}
	return loc, wrong
}

// pathTemplate returns the template of a form's path, with the field path at its end where the preset has that field.
func (p *Preset) pathTemplate(f Form) string {
	if _, has := p.Field("path"); !has || strings.Contains(f.Path, "{path}") {
		return f.Path
	}
	return strings.TrimPrefix(f.Path+"/{path}", "/")
}

// form returns the first form that applies.
func (p *Preset) form(fields map[string]string) Form {
	for _, f := range p.Forms {
		if f.When.Matches(fields) {
			return f
		}
	}
	return Form{}
}

// Expand fills a template of the preset, such as one of its commands: from extra (the image's {repository}, {tag} and
// {image}), from the location ({host}, {path}, {registry}), then from the fields. A field without an answer becomes its
// id in capitals.
func (p *Preset) Expand(template string, loc Location, extra map[string]string) string {
	field := p.fieldValue(loc.Fields)
	return model.Expand(template, func(name string) (string, bool) {
		if value, ok := extra[name]; ok {
			return value, true
		}
		switch name {
		case "host":
			return loc.Host, true
		case "path":
			return loc.Path, true
		case "registry":
			return loc.Registry(), true
		}
		return field(name)
	})
}

// fieldValue returns the lookup of field ids for templates. A field without an answer becomes its id in capitals, as in
// manuals; only a path may be empty.
func (p *Preset) fieldValue(fields map[string]string) func(id string) (string, bool) {
	return func(id string) (string, bool) {
		f, known := p.Field(id)
		if !known {
			return "", false
		}
		if value := fields[id]; value != "" || f.Kind == "path" {
			return value, true
		}
		return strings.ToUpper(id), true
	}
}

// DefaultRepository returns the default image path of a component.
func (p *Preset) DefaultRepository(component string) string {
	return model.ExpandMap(p.Repository.Default, map[string]string{"component": component})
}
