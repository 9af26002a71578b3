package inspect

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// width is how wide a profile's lines are set.
const width = 120

// drawing is a YAML file as people set it: short entries on one line.
type drawing struct{ b strings.Builder }

func (d *drawing) line(format string, args ...any) { fmt.Fprintf(&d.b, format+"\n", args...) }

// section is the key of a list with n entries below it.
func (d *drawing) section(key string, n int) {
	if n > 0 {
		d.line("\n%s", key)
	}
}

func (d *drawing) comments(text string) { d.wrapped(strings.Fields(text), "# ") }

// wrapped sets words in lines that begin with indent.
func (d *drawing) wrapped(words []string, indent string) {
	line := indent
	for _, word := range words {
		if len(line)+len(word) > width && line != indent {
			d.line("%s", strings.TrimRight(line, " "))
			line = indent
		}
		line += word + " "
	}
	d.line("%s", strings.TrimRight(line, " "))
}

// paths is a key with a list of paths in brackets, over as many lines as it needs.
func (d *drawing) paths(key string, paths []string, indent string) {
	line := indent + key + ": ["
	for i, path := range paths {
		word := inFlow(path) + ","
		if i == len(paths)-1 {
			word = inFlow(path) + "]"
		}
		if len(line)+len(word) > width {
			d.line("%s", strings.TrimRight(line, " "))
			line = indent + "  "
			if strings.HasPrefix(key, "- ") {
				line += "  "
			}
		}
		line += word + " "
	}
	d.line("%s", strings.TrimRight(line, " "))
}

// flow is a table on one line, of keys and finished values in turn; what has no value is left out.
func flow(pairs ...string) string {
	var out []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, pairs[i]+": "+pairs[i+1])
		}
	}
	return "{" + strings.Join(out, ", ") + "}"
}

func (d *drawing) entry(pairs ...string) { d.line("  - %s", flow(pairs...)) }

func (d *drawing) component(c chart.Component) {
	d.line("  - name: %s", scalar(c.Name))
	for _, part := range []struct {
		name  string
		chain chart.Chain
	}{{"registry", c.Registry}, {"repository", c.Repository}, {"tag", c.Tag}, {"pullPolicy", c.PullPolicy}} {
		text := flow("paths", list(part.chain.Paths), "else", inFlow(part.chain.Else),
			"text", ifTrue(part.chain.Text), "tpl", ifTrue(part.chain.Tpl))
		if text != "{}" {
			d.line("    %s: %s", part.name, text)
		}
	}
	if (c.Pod != chart.Pod{}) {
		d.line("    pod: %s", flow("container", inFlow(c.Pod.Container), "suffix", inFlow(c.Pod.Suffix)))
	}
}

func (d *drawing) install(i chart.Install) {
	if len(i.Files) == 0 {
		return
	}
	d.line("\ninstall:\n  files:")
	for _, file := range i.Files {
		d.line("    - %s", flow("path", inFlow(file.Path), "name", inFlow(file.Name), "what", inFlow(file.What)))
	}
}

func (d *drawing) options(options []chart.Option) {
	for _, o := range options {
		d.line("  - id: %s", o.ID)
		for _, text := range []struct{ key, value string }{{"title", o.Title}, {"summary", o.Summary},
			{"missing", o.Missing}, {"as", o.As}, {"script", o.Script}} {
			if text.value != "" {
				d.line("    %s: %s", text.key, scalar(text.value))
			}
		}
		if o.OneRegistry {
			d.line("    oneRegistry: true")
		}
	}
}

func (d *drawing) setting(s chart.Setting) {
	literal := ""
	switch v := s.Literal.(type) {
	case bool:
		literal = fmt.Sprint(v)
	case string:
		literal = values.Quote(v)
	}
	d.entry("path", inFlow(s.Path), "value", inFlow(s.Value), "literal", literal, "as", s.As, "patterns", list(s.Patterns),
		"methods", list(s.Methods), "comment", inFlow(s.Comment))
}

func (d *drawing) trap(t chart.Trap) {
	d.paths("- paths", t.Paths, "  ")
	if len(t.Unless) > 0 {
		d.line("    unless: %s", conditionList(t.Unless))
	}
	for _, text := range []struct{ key, value string }{{"rule", t.Rule}, {"severity", t.Severity},
		{"summary", t.Summary}, {"why", t.Why}, {"fix", t.Fix}} {
		d.line("    %s: %s", text.key, scalar(text.value))
	}
}

func conditionList(conditions []chart.Condition) string {
	var quoted []string
	for _, c := range conditions {
		quoted = append(quoted, inFlow(string(c)))
	}
	return list(quoted)
}

func list(items []string) string {
	if len(items) == 0 {
		return ""
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func ifTrue(is bool) string {
	if is {
		return "true"
	}
	return ""
}

// inFlow is text as a value in a table on one line, "" for none.
func inFlow(text string) string {
	if strings.ContainsAny(text, ",[]{}") {
		return values.Quote(text)
	}
	return scalar(text)
}

// scalar is text as a value, without quotes where YAML takes it for the same text; "" for none.
func scalar(text string) string {
	if text == "" {
		return ""
	}
	data, err := yaml.Marshal(text)
	if line := strings.TrimRight(string(data), "\n"); err == nil && !strings.Contains(line, "\n") {
		return line
	}
	return values.Quote(text)
}
