package inspect

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// Likeness is the most similar known profile.
type Likeness struct {
	Profile     string   `json:"profile"`
	Differences []string `json:"differences"`
}

// nearest returns the profile with the fewest differences, of several the first.
func nearest(profiles []*chart.Profile, found *chart.Profile) Likeness {
	var out Likeness
	for i, p := range profiles {
		list := differences(found, p)
		if i == 0 || len(list) < len(out.Differences) {
			out = Likeness{p.ID, list}
		}
	}
	return out
}

// differences lists part by part where a chart does not do what a profile says.
func differences(found, known *chart.Profile) []string {
	out := []string{}
	compare := func(what, here, there string) {
		if here != there {
			out = append(out, fmt.Sprintf("%s: %s, in %s %s", what, here, known.ID, there))
		}
	}
	compare("components", joined(names(found.Components), " and "), joined(names(known.Components), " and "))
	for _, there := range known.Components {
		at := slices.Index(names(found.Components), there.Name)
		if at < 0 {
			continue
		}
		for _, part := range parts() {
			compare(Words(part.name)+" of "+there.Name, chainText(part.of(found.Components[at])), chainText(part.of(there)))
		}
	}
	pulls := func(p *chart.Profile) (out []string) {
		for _, r := range p.Pulls {
			out = append(out, ruleText(r.When, r.Path, r.Literal))
		}
		return out
	}
	created := func(p *chart.Profile) (out []string) {
		for _, s := range p.Secrets {
			out = append(out, ruleText(s.When, s.Path, s.Literal))
		}
		slices.Sort(out)
		return out
	}
	compare("pull secret", joined(pulls(found), ", then "), joined(pulls(known), ", then "))
	compare("created pull secrets", joined(created(found), " and "), joined(created(known), " and "))
	return out
}

func names(components []chart.Component) []string {
	var out []string
	for _, c := range components {
		out = append(out, c.Name)
	}
	return out
}

func chainText(c chart.Chain) string {
	steps := slices.Clone(c.Paths)
	if c.Else != "" {
		steps = append(steps, c.Else)
	}
	text := joined(steps, ", then ")
	if c.Text {
		text += " (text only)"
	}
	if c.Tpl {
		text += " (evaluated as a template)"
	}
	return text
}

func ruleText(when []chart.Condition, path, literal string) string {
	conditions := texts(when)
	slices.Sort(conditions)
	text := path + literal
	if path != "" && slices.Contains(conditions, path) {
		text += " unless it is empty"
		conditions = slices.DeleteFunc(conditions, func(c string) bool { return c == path })
	}
	if len(conditions) > 0 {
		text += " if " + strings.Join(conditions, " and ")
	}
	return text
}

func joined(items []string, between string) string {
	if len(items) == 0 {
		return "none"
	}
	return strings.Join(items, between)
}

func joinOr(items []string) string { return strings.Join(items, " or ") }
