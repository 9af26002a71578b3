package inspect

import (
	"context"
	"fmt"
	"slices"

	"conductor-registry/model/chart"
)

// addRules fills the profile with the defaults, keys and schema of this chart, what it refuses to render without, and
// the keys of known charts that it does not read.
func (n *inspection) addRules(ctx context.Context, p *chart.Profile) error {
	paths := slices.Clone(n.placeholders)
	for _, k := range n.keys {
		paths = append(paths, k.path)
		if k.value != nil || lookup(n.options.Chart.Values, k.path) != nil {
			p.Keys = append(p.Keys, k.path)
		}
	}
	p.Defaults = n.defaults(paths)
	p.Schema = chart.Schema{Types: n.schema.types, Required: n.schema.required}
	for _, path := range n.placeholders {
		without, err := n.chart.render(ctx, settings{path: ""})
		if err != nil {
			return err
		}
		if without.refused != "" {
			p.Steps = append(p.Steps, chart.Step{Content: path, Message: reasonOf(without.refused)})
		}
	}
	for _, part := range parts() {
		n.addPartTrap(p, part)
	}
	n.addSecretTrap(p)
	return nil
}

// addPartTrap adds a trap for the keys by which known charts set a part.
func (n *inspection) addPartTrap(p *chart.Profile, part componentPart) {
	var unread []string
	for _, known := range n.options.Profiles {
		for _, c := range known.Components {
			unread = append(unread, part.of(c).Paths...)
		}
	}
	of := part.of
	instead := []string{firstShared(p, of)}
	for _, c := range p.Components {
		if part.name == partRegistry && len(c.Registry.Paths) == 0 {
			of = repositoryOf
		}
		instead = append(instead, firstOwn(p, c, of))
	}
	n.addTrap(p, chart.Trap{Paths: unread, Rule: "other-chart-key"}, Words(part.name), instead)
}

// defaults returns the chart's values at these paths. A text that sets no image, policy or secret's name is left out,
// since it can be a password.
func (n *inspection) defaults(paths []string) map[string]any {
	own := only(n.options.Chart.Values, paths)
	blank := settings{}
	for _, k := range n.keys {
		if none, isFull := emptied(lookup(own, k.path)); isFull && !k.isShown() {
			blank[k.path] = none
		}
	}
	return blank.over(own)
}

func (n *inspection) addSecretTrap(p *chart.Profile) {
	var names, instead []string
	for _, known := range n.options.Profiles {
		for _, rule := range known.Pulls {
			names = append(names, rule.Path)
		}
		for _, s := range known.Settings {
			if s.Value == "secret.name" {
				names = append(names, s.Path)
			}
		}
	}
	trap := chart.Trap{Paths: names, Rule: "pull-secrets-ignored"}
	if reads := n.pullKey(); reads != nil {
		instead = []string{reads.path}
		trap.Unless = []chart.Condition{chart.Condition(reads.path)}
	}
	n.addTrap(p, trap, Words(partPull), instead)
}

// addTrap adds a trap for those of its paths that this chart does not read, if there are any.
func (n *inspection) addTrap(p *chart.Profile, trap chart.Trap, what string, instead []string) {
	trap.Paths = slices.DeleteFunc(sorted(trap.Paths), func(path string) bool { return n.key(path).value != nil })
	if len(trap.Paths) == 0 {
		return
	}
	trap.Severity = "warning"
	trap.Summary = fmt.Sprintf("{path} is a key of another chart version: chart %s does not read it", p.ID)
	trap.Why = "the " + what + " comes from elsewhere"
	trap.Fix = "remove it: this chart has no key for that"
	if instead = sorted(instead); len(instead) > 0 {
		trap.Fix = "set " + joinOr(instead)
	}
	p.Traps = append(p.Traps, trap)
}
