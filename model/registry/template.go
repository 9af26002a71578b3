package registry

import "strings"

// expand replaces each {name} of letters in template by its value. A name that value does not know stays as it is:
// shell and regular expressions have braces of their own.
func expand(template string, value func(name string) (string, bool)) string {
	var b strings.Builder
	for {
		start := strings.IndexByte(template, '{')
		if start < 0 {
			break
		}
		b.WriteString(template[:start])
		template = template[start:]
		end := strings.IndexByte(template, '}')
		if end < 0 {
			break
		}
		text, ok := "", false
		if name := template[1:end]; isName(name) {
			text, ok = value(name)
		}
		if !ok {
			b.WriteByte('{')
			template = template[1:]
			continue
		}
		b.WriteString(text)
		template = template[end+1:]
	}
	b.WriteString(template)
	return b.String()
}

func isName(text string) bool {
	return text != "" && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// lookup finds a template's names among the fields. One without an answer stands there in capitals, as manuals write
// what the reader fills in; only a path may be empty.
func (p *Preset) lookup(fields map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		f, known := p.Field(name)
		if !known {
			return "", false
		}
		if value := fields[name]; value != "" || f.Kind == "path" {
			return value, true
		}
		return strings.ToUpper(name), true
	}
}

// Expand fills a template of the preset, such as one of its commands: from extra (the image's {repository}, {tag} and
// {image}), from the location ({host}, {path}, {registry}), then from the fields.
func (p *Preset) Expand(template string, loc Location, extra map[string]string) string {
	fields := p.lookup(loc.Fields)
	return expand(template, func(name string) (string, bool) {
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
		return fields(name)
	})
}
