package registry

import "fmt"

// Location is where images are: what stands before their own path.
type Location struct {
	Host        string            // host[:port]
	Path        string            // between the host and the image's own path; may be ""
	AuthKey     string            // the exact key under auths of the pull secret
	ImpliedHost bool              // an image name without a host means this one
	Fields      map[string]string // complete: defaults, and what the host says, are in it
}

// Registry is host[/path], what a chart's registry value holds.
func (l Location) Registry() string {
	if l.Path == "" {
		return l.Host
	}
	return l.Host + "/" + l.Path
}

// FieldError is what is wrong with one field.
type FieldError struct {
	Field string // its id
	Err   error
}

// Error names the field and what is wrong.
func (e FieldError) Error() string { return fmt.Sprintf("%s: %v", e.Field, e.Err) }

// Unwrap is what is wrong, without the field.
func (e FieldError) Unwrap() error { return e.Err }

// Locate finds where images are, and lists all that is wrong or missing. With errors the location is as far as it can
// be made, missing parts in capitals, for a preview only.
func (p *Preset) Locate(given map[string]string) (Location, []FieldError) {
	fields := p.complete(given)
	var wrong []FieldError
	for _, f := range p.Fields {
		if !f.When.Holds(fields) {
			continue
		}
		if err := p.check(f, fields[f.ID], fields); err != nil {
			wrong = append(wrong, FieldError{f.ID, err})
		}
	}
	loc := Location{ImpliedHost: p.ImpliedHost, Fields: fields}
	form, value := p.form(fields), p.lookup(fields)
	loc.Host, loc.Path = expand(form.Host, value), expand(form.Path, value)
	loc.AuthKey = loc.Host
	if p.AuthKey != "" {
		loc.AuthKey = p.Expand(p.AuthKey, loc, nil)
	}
	return loc, wrong
}

// form is the first one that applies.
func (p *Preset) form(fields map[string]string) Form {
	for _, f := range p.Forms {
		if f.When.Holds(fields) {
			return f
		}
	}
	return Form{}
}
