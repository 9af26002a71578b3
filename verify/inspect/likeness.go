package inspect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// findNearest finds the known profile with the fewest differences, of several the first.
func (n *inspection) findNearest() {
	for _, p := range n.Profiles {
		if list := differences(n.profile, p); n.nearest == nil || len(list) < len(n.like.Differences) {
			n.nearest, n.like = p, Likeness{p.ID, list}
		}
	}
}

// differences lists, fact by fact, where a chart does not do what a profile says.
func differences(found, known *chart.Profile) []string {
	out := []string{}
	here := map[string]string{}
	for _, f := range facts(found) {
		here[f.about] = f.text
	}
	for _, there := range facts(known) {
		if text, ok := here[there.about]; ok && text != there.text {
			out = append(out, fmt.Sprintf("%s: %s, in %s %s", there.about, text, known.ID, there.text))
		}
	}
	return out
}

// fact is one statement of a profile, as text.
type fact struct{ about, text string }

// facts returns what a profile says about its components and pull secrets.
func facts(p *chart.Profile) []fact {
	var pulls, created []string
	var out []fact
	for _, c := range p.Components {
		for i, chain := range c.Chains() {
			out = append(out, fact{Words(chainParts()[i]) + " of " + c.Name, chainText(chain)})
		}
	}
	for i, r := range p.Pulls {
		text := ruleText(r.When, r.Path, r.Literal)
		if i > 0 && p.Pulls[i-1].Beside {
			pulls[len(pulls)-1] += " and " + text
		} else {
			pulls = append(pulls, text)
		}
	}
	for _, s := range p.Secrets {
		created = append(created, ruleText(s.When, s.Path, s.Literal))
	}
	slices.Sort(created)
	return slices.Concat([]fact{{"components", joined(p.ComponentNames(), " and ")}}, out, []fact{
		{"pull secret", joined(pulls, ", then ")}, {"created pull secrets", joined(created, " and ")}})
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
	text, conditions := path+literal, texts(when)
	if at := slices.Index(conditions, path); at >= 0 {
		text += " unless it is empty"
		conditions = slices.Delete(conditions, at, at+1)
	}
	slices.Sort(conditions)
	return text + strings.TrimSuffix(" if "+strings.Join(conditions, " and "), " if ")
}

func joined(items []string, between string) string {
	return cmp.Or(strings.Join(items, between), "none")
}
