package report

import (
	"io"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
)

// Preset prints a registry preset: its fields, and its guide with the login, the commands and the limits.
func Preset(w io.Writer, p *registry.Preset) error {
	page := &page{w: w}
	page.line(p.Title + " (" + p.ID + "): " + p.Summary)
	page.section("answers")
	for _, f := range p.Fields {
		page.say(f.ID, fieldText(f))
	}
	if len(p.Fields) == 0 {
		page.say("", "none")
	}
	for _, section := range p.Guide(nil, nil) {
		page.section(section.Title)
		for _, line := range section.Lines {
			if line.Command {
				page.command(line.Text)
			} else {
				page.say(line.Label, line.Text)
			}
		}
	}
	return page.err
}

// Chart prints a chart profile: its patterns and its pull-secret methods.
func Chart(w io.Writer, p *chart.Profile) error {
	page := &page{w: w}
	page.line(p.Name + " " + p.Version + ": " + p.Summary)
	page.line("default image tag: " + p.AppVersion)
	for _, group := range []struct {
		name    string
		options []chart.Option
	}{{"patterns", p.Patterns}, {"pull-secret methods", p.Methods}} {
		page.section(group.name)
		for _, o := range group.options {
			text := o.Title + ": " + o.Summary
			if o.Missing != "" {
				text = "not available: " + o.Missing
			}
			page.say(o.ID, text)
			page.say("", o.Note)
		}
	}
	if p.Install.Note != "" {
		page.section("notes")
		page.say("", p.Install.Note)
	}
	return page.err
}

// fieldText returns the help of a field with its example, choices and default.
func fieldText(f registry.Field) string {
	text := f.Help
	if f.Required {
		text += ", such as " + f.Example
	}
	var values []string
	for _, c := range f.Choices {
		if c.Value != "" {
			values = append(values, c.Value)
		}
	}
	if len(values) > 0 {
		text += ": " + strings.Join(values, ", ")
	}
	if f.Default != "" {
		text += " [" + f.Default + "]"
	}
	return text
}
