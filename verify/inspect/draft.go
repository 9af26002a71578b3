package inspect

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"sigs.k8s.io/yaml"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// draft is the profile as a file of presets/charts, with comments on what rendering can't show.
func (l *learner) draft(ctx context.Context, helm string, p *chart.Profile) ([]byte, error) {
	steps, err := l.steps(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := l.rules(p, steps)
	if err != nil {
		return nil, err
	}
	d := &drawing{}
	d.comments(fmt.Sprintf("Chart %s %s: a draft by conductor-registry inspect. Read it before you use it.", p.Name,
		p.Version))
	d.comments("Rendered by helm " + helm + ".")
	for _, text := range l.unlearnt() {
		d.comments(text)
	}
	d.line("id: %s", values.Quote(p.ID))
	d.line("title: %s", values.Quote(p.ID))
	d.line("summary: learnt by inspect from chart %s", p.Version)
	d.line("name: %s", scalar(p.Name))
	d.line("version: %s", scalar(p.Version))
	d.line("appVersion: %s", scalar(p.AppVersion))
	d.section("components:", len(p.Components))
	for _, c := range p.Components {
		d.component(c)
	}
	d.section("pullSecrets:", len(p.Pulls))
	for _, r := range p.Pulls {
		d.entry("when", conditionList(r.When), "path", inFlow(r.Path), "literal", inFlow(r.Literal))
	}
	d.section("secrets:", len(p.Secrets))
	for _, s := range p.Secrets {
		d.entry("when", conditionList(s.When), "path", inFlow(s.Path), "literal", inFlow(s.Literal))
	}
	d.install(p.Install)
	d.section("patterns:", len(p.Patterns))
	d.options(p.Patterns)
	d.section("methods:", len(p.Methods))
	d.options(p.Methods)
	d.section("settings:", len(p.Settings))
	for _, s := range p.Settings {
		d.setting(s)
	}
	d.line("\n# What the chart does with values.")
	d.b.WriteString(rules)
	return []byte(d.b.String()), nil
}

// unlearnt is what a person has to add, and why rendering can't tell.
func (l *learner) unlearnt() []string {
	out := []string{
		"Rendering one chart does not show: other releases that do the same (releases, refused); how helm names the chart " +
			"(install.chart); what else a first installation needs (install.note); settings of other things that make helm " +
			"refuse (rules.steps). What it takes over of the words of the nearest profile (titles, summaries, methods) " +
			"is to be read again.",
	}
	for _, k := range l.keys {
		_, isText := k.value.(string)
		for _, part := range k.reaches {
			switch {
			case part.Name == partDigest:
				out = append(out, k.path+" is a digest and comes in the place of the tag: a profile has no word for that.")
			case part.Name == partPull && !isText && !k.isSwitch && part.Component == l.components[0].Name:
				out = append(out, k.path+" is a list of pull secrets: a profile resolves texts only, so it is in no rule below.")
			}
		}
	}
	for _, c := range l.components {
		if !c.main {
			out = append(out, fmt.Sprintf("%s %s also runs the container %s, which is no component here.", c.Kind, c.Pod,
				c.Container))
		} else if !slices.Equal(secretsOf(l.asIs, c), secretsOf(l.asIs, l.components[0])) {
			out = append(out, c.Name+" has pull secrets of its own: a profile has one rule for all pods.")
		}
	}
	return out
}

// steps are the refusals of what the chart requires and something stood in for.
func (l *learner) steps(ctx context.Context) ([]chart.Step, error) {
	var out []chart.Step
	for _, path := range l.standIns {
		without, err := l.chart.render(ctx, settings{path: ""})
		if err != nil {
			return nil, err
		}
		if without.refused != "" {
			out = append(out, chart.Step{Content: path, Message: brief(without.refused)})
		}
	}
	return out, nil
}

// defaults are what the chart has at these paths. What reaches no image, policy or secret's name is told by its kind
// only: a chart may have a password there.
func (l *learner) defaults(paths []string) map[string]any {
	own := only(l.options.Chart.Values, paths)
	blank := settings{}
	for _, k := range l.keys {
		if none, full := empty(lookup(own, k.path)); full && !k.names() {
			blank[k.path] = none
		}
	}
	return blank.over(own)
}

// rules is the text of the profile's rules: what the candidates have and must be in this chart.
func (l *learner) rules(p *chart.Profile, steps []chart.Step) (string, error) {
	paths := slices.Clone(l.standIns)
	var keys []string
	for _, k := range l.keys {
		paths = append(paths, k.path)
		if k.value != nil || lookup(l.options.Chart.Values, k.path) != nil {
			keys = append(keys, k.path)
		}
	}
	defaults, err := yaml.Marshal(map[string]any{"defaults": l.defaults(paths)})
	if err != nil {
		return "", err
	}
	d := &drawing{}
	d.b.Write(defaults)
	d.line("")
	d.paths("keys", sorted(keys), "")
	d.schema(l.schema)
	d.section("steps:", len(steps))
	for _, s := range steps {
		d.entry("content", inFlow(s.Content), "message", values.Quote(s.Message))
	}
	traps := l.traps(p)
	d.section("traps:", len(traps))
	for _, t := range traps {
		d.trap(t)
	}
	return d.b.String(), nil
}

func (d *drawing) schema(s schema) {
	if len(s.types)+len(s.required) == 0 {
		return
	}
	d.line("\nschema:")
	for _, table := range []struct {
		name string
		of   map[string][]string
	}{{"types", s.types}, {"required", s.required}} {
		if len(table.of) > 0 {
			d.line("  %s:", table.name)
		}
		for _, key := range slices.Sorted(maps.Keys(table.of)) {
			d.paths(scalar(key), sorted(table.of[key]), "    ")
		}
	}
}
