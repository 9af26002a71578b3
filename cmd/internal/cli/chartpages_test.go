package cli

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
)

// checkChartPages holds docs/charts to the chart profiles.
func checkChartPages(t *testing.T, catalog *answers.Catalog) {
	folder := golden.Open(t, docs+"charts")
	var rows [][]string
	for _, profile := range catalog.Charts.All() {
		folder.Check(profile.ID+".md", chartPage(profile))
		rows = append(rows, []string{fmt.Sprintf("[%s](%[1]s.md)", profile.ID), profile.Version, profile.AppVersion, prose(profile.Summary)})
	}
	index(folder, "Chart versions", "Generated from the chart profiles by `make golden`. A test renders each with helm 3 and 4 and compares.\n"+
		"For another chart, `conductor-registry inspect --chart PATH` finds out which keys it reads.",
		"chart | release | default tag | summary", rows)
}

// chartPage returns the page of a chart version.
func chartPage(profile *chart.Profile) []byte {
	var p page
	p.printf("# Chart %s\n\n%s, release %s: %s\n", profile.ID, profile.Name, profile.Version, sentence(prose(profile.Summary)))
	p.heading("Keys that reach the pods")
	p.printf("The first key with a value wins. What is in brackets is the chart's own default, which wins over the keys after it.\n\n")
	p.table("component | part | keys, in order | if none is set", chainRows(profile))
	writePulls(&p, profile)
	p.heading("Keys that look right and have no effect")
	if len(profile.Traps) == 0 {
		p.printf("None is known.\n")
	}
	p.table("key | what happens | instead | rule", trapRows(profile.Traps))
	p.heading("Where values.yaml can put the registry")
	p.table("pattern | what it is | notes", optionRows(profile.Patterns))
	p.heading("How values can name a pull secret")
	p.table("method | what it is | notes", optionRows(profile.Methods))
	p.heading("Keys that `generate` writes")
	p.table("key | value | for | comment", settingRows(profile))
	writeRequired(&p, profile)
	p.heading("Install")
	writeInstall(&p, profile)
	p.printf("\n[All charts](README.md) · [the errors of the registry guide](../guide-errors.md)\n")
	return p.text()
}

// chainRows returns where each part of an image comes from.
func chainRows(profile *chart.Profile) (rows [][]string) {
	for _, c := range profile.Components {
		name := c.Name
		for i, chain := range c.Chains() {
			if len(chain.Paths) == 0 {
				continue
			}
			keys := model.Map(chain.Paths, func(path string) string { return keyWithDefault(profile, path) })
			end := ""
			if chain.Else != "" {
				end = code(chain.Else)
			}
			part := []string{"registry", "repository", "tag", "pull policy"}[i]
			rows = append(rows, []string{name, part, strings.Join(keys, ", then "), end})
			name = ""
		}
	}
	return rows
}

// keyWithDefault returns a key, with the chart's own default for it if that is not empty.
func keyWithDefault(profile *chart.Profile, path string) string {
	switch value := profile.Default(path); value {
	case nil, "", false:
		return code(path)
	default:
		return fmt.Sprintf("%s [%s]", code(path), code(fmt.Sprint(value)))
	}
}

// writePulls writes which pull secret the pods name and which the chart creates.
func writePulls(p *page, profile *chart.Profile) {
	p.heading("Pull secrets")
	p.printf("The pods name the first of these that is set:\n\n")
	for _, pull := range profile.Pulls {
		name := "the value of " + keyWithDefault(profile, pull.Path)
		if pull.Literal != "" {
			name = code(pull.Literal)
		}
		when := slices.DeleteFunc(slices.Clone(pull.When), func(c chart.Condition) bool { return string(c) == pull.Path })
		p.printf("1. %s%s\n", name, shownConditions(", if ", when))
	}
	if len(profile.Secrets) == 0 {
		p.printf("\nThe chart creates no pull secret: create it before you install.\n")
		return
	}
	p.printf("\nThe chart creates:\n\n")
	for _, s := range profile.Secrets {
		name := "a secret named by " + keyWithDefault(profile, s.Path)
		if s.Literal != "" {
			name = code(s.Literal)
		}
		p.printf("- %s%s\n", name, shownConditions(", if ", s.When))
	}
}

// shownConditions returns conditions in words, after a start; "" without conditions.
func shownConditions(start string, conditions []chart.Condition) string {
	if len(conditions) == 0 {
		return ""
	}
	return start + strings.Join(model.Map(conditions, func(c chart.Condition) string {
		var terms []string
		for term := range strings.SplitSeq(string(c), " or ") {
			term, negated := strings.CutPrefix(term, "!")
			path, value, compares := strings.Cut(term, "=")
			text := code(path) + map[bool]string{true: " is not set", false: " is set"}[negated]
			if compares {
				text = code(path) + map[bool]string{true: " is not ", false: " is "}[negated] + code(strings.TrimPrefix(value, "="))
			}
			terms = append(terms, text)
		}
		if len(terms) > 1 {
			return "(" + strings.Join(terms, " or ") + ")"
		}
		return terms[0]
	}), " and ")
}

// trapRows returns keys that a chart does not read.
func trapRows(traps []chart.Trap) (rows [][]string) {
	for _, trap := range traps {
		key := "this key"
		if len(trap.Paths) == 1 {
			key = trap.Paths[0]
		}
		fill := func(text string) string { return prose(strings.ReplaceAll(text, "{path}", key)) }
		keys := strings.Join(model.Map(trap.Paths, func(path string) string { return code(path) }), "\n")
		rows = append(rows, []string{strings.TrimPrefix(keys+shownConditions(", if ", trap.When), ", "), sentence(fill(trap.Summary)) + " " + sentence(fill(trap.Why)), fill(trap.Fix),
			fmt.Sprintf("[%s](../lint/%[1]s.md)", trap.Rule)})
	}
	return rows
}

// optionRows returns the patterns or methods of a chart.
func optionRows(options []chart.Option) (rows [][]string) {
	for _, o := range options {
		notes := o.Summary
		if o.Note != "" {
			notes += "; " + o.Note
		}
		if o.Missing != "" {
			notes = "not available: " + o.Missing
		}
		rows = append(rows, []string{code(o.ID), prose(o.Title), prose(notes)})
	}
	return rows
}

// settingRows returns the keys that a plan writes.
func settingRows(profile *chart.Profile) (rows [][]string) {
	for _, s := range profile.Settings {
		value := s.Value
		if value == "" {
			value = code(fmt.Sprintf("%v", s.Literal))
			if s.Literal == "" {
				value = "empty"
			}
		}
		which := slices.Concat(model.Map(s.Patterns, func(id string) string { return "pattern " + code(id) }),
			model.Map(s.Methods, func(id string) string { return "method " + code(id) }))
		rows = append(rows, []string{code(s.Path), value, strings.Join(which, ", "), prose(s.Comment)})
	}
	return rows
}

// writeRequired writes the values without which the chart refuses to render.
func writeRequired(p *page, profile *chart.Profile) {
	var rows [][]string
	for _, step := range profile.Steps {
		if step.Message == "" {
			continue
		}
		paths := step.Required
		if step.Content != "" {
			paths = []string{step.Content}
		}
		when := shownConditions("", step.When)
		if len(step.Unless) > 0 {
			when += shownConditions(", unless ", step.Unless)
		}
		rows = append(rows, []string{strings.Join(model.Map(paths, func(path string) string { return code(path) }), " or "), when, code(step.Message)})
	}
	p.heading("Required values")
	if len(rows) == 0 {
		p.printf("None: the chart renders without values.\n")
	}
	p.table("key | required if | what Helm prints", rows)
}

// writeInstall writes what an installation needs.
func writeInstall(p *page, profile *chart.Profile) {
	in := profile.Install
	commands := []string{fmt.Sprintf("helm upgrade --install conductor %s --namespace conductor -f values.yaml %s", profile.Reference(),
		strings.Join(in.Flags(), " "))}
	if in.Get != "" {
		commands = append([]string{in.Get}, commands...)
	}
	p.block("sh", strings.TrimSpace(strings.Join(commands, "\n")))
	for _, text := range []string{in.Note, filesNote(in)} {
		if text != "" {
			p.printf("\n%s\n", sentence(prose(text)))
		}
	}
	for version, why := range profile.Refused {
		p.printf("\nRelease %s: %s\n", version, sentence(prose(why)))
	}
	if len(profile.Advice) > 0 {
		p.printf("\n`lint` also reports:\n\n")
		p.table("key | what happens | instead | rule", trapRows(profile.Advice))
	}
}

// filesNote returns the files that the chart requires.
func filesNote(in chart.Install) string {
	if len(in.Files) == 0 {
		return ""
	}
	return "the chart requires " + strings.Join(model.Map(in.Files, func(f chart.InstallFile) string {
		return f.Name + " (" + f.What + ")"
	}), " and ")
}
