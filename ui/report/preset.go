package report

import (
	"io"
	"strings"

	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
)

// Preset prints what there is to know of a registry: what to answer, how the login comes about, what to mind.
func Preset(w io.Writer, p *registry.Preset) error {
	page := &page{w: w}
	page.line(p.Title + " (" + p.ID + "): " + p.Summary)
	page.section("answers")
	for _, f := range p.Fields {
		page.say(f.ID, fieldText(f))
	}
	if len(p.Fields) == 0 {
		page.say("", "none are needed")
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

// Chart prints what a chart version can do.
func Chart(w io.Writer, p *chart.Profile) error {
	page := &page{w: w}
	page.line(p.Name + " " + p.Version + ": " + p.Summary)
	page.line("made for the images' tag " + p.AppVersion)
	for _, group := range []struct {
		name    string
		options []chart.Option
	}{{"patterns", p.Patterns}, {"pull-secret methods", p.Methods}} {
		page.section(group.name)
		for _, o := range group.options {
			text := o.Title + ": " + o.Summary
			if o.Missing != "" {
				text = "not with this chart: " + o.Missing
			}
			page.say(o.ID, text)
			page.say("", o.Note)
		}
	}
	if p.Install.Note != "" {
		page.section("to mind")
		page.say("", p.Install.Note)
	}
	return page.err
}

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
