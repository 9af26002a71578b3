package inspect

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// Likeness is the profile whose chart does the same with the keys, or most nearly so.
type Likeness struct {
	Profile     string   `json:"profile"`
	Differences []string `json:"differences"`
}

// nearest is the profile with the fewest differences from what was learnt, of several the first.
func nearest(profiles []*chart.Profile, learnt *chart.Profile) Likeness {
	var out Likeness
	for i, p := range profiles {
		found := differences(learnt, p)
		if i == 0 || len(found) < len(out.Differences) {
			out = Likeness{p.ID, found}
		}
	}
	return out
}

// differences says part by part what a chart does otherwise than a profile.
func differences(learnt, known *chart.Profile) []string {
	out := []string{}
	differ := func(what, here, there string) {
		if here != there {
			out = append(out, fmt.Sprintf("%s: %s, in %s %s", what, here, known.ID, there))
		}
	}
	differ("components", orNone(names(learnt.Components), " and "), orNone(names(known.Components), " and "))
	for _, c := range names(known.Components) {
		if !slices.Contains(names(learnt.Components), c) {
			continue
		}
		here, there := parts(componentOf(learnt, c)), parts(componentOf(known, c))
		for _, part := range []string{partRegistry, partRepository, partTag, partPolicy} {
			differ(Words(part)+" of "+c, chainText(here[part]), chainText(there[part]))
		}
	}
	var pulls, others, made, otherMade []string
	for _, r := range learnt.Pulls {
		pulls = append(pulls, ruleText(r.When, r.Path, r.Literal))
	}
	for _, r := range known.Pulls {
		others = append(others, ruleText(r.When, r.Path, r.Literal))
	}
	differ("pull secret", orNone(pulls, ", then "), orNone(others, ", then "))
	for _, r := range learnt.Secrets {
		made = append(made, ruleText(r.When, r.Path, r.Literal))
	}
	for _, r := range known.Secrets {
		otherMade = append(otherMade, ruleText(r.When, r.Path, r.Literal))
	}
	slices.Sort(made)
	slices.Sort(otherMade)
	differ("pull secrets that it makes", orNone(made, " and "), orNone(otherMade, " and "))
	return out
}

func names(components []chart.Component) []string {
	var out []string
	for _, c := range components {
		out = append(out, c.Name)
	}
	return out
}

func componentOf(p *chart.Profile, name string) chart.Component {
	for _, c := range p.Components {
		if c.Name == name {
			return c
		}
	}
	return chart.Component{}
}

func chainText(c chart.Chain) string {
	steps := slices.Clone([]string(c.Paths))
	if c.Else != "" {
		steps = append(steps, c.Else)
	}
	text := orNone(steps, ", then ")
	if c.Text {
		text += " (text only)"
	}
	if c.Tpl {
		text += " (run as a template)"
	}
	return text
}

func ruleText(when []chart.Condition, path, literal string) string {
	conditions := slices.Sorted(slices.Values(texts(when)))
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

func orNone(items []string, between string) string {
	if len(items) == 0 {
		return "none"
	}
	return strings.Join(items, between)
}
