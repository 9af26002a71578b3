package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/model/registry"
	"conductor-registry/presets/presetstest"
)

// checkRegistryPages holds docs/registries to the presets.
func checkRegistryPages(t *testing.T, catalog *answers.Catalog) {
	folder := golden.Open(t, docs+"registries")
	var rows [][]string
	for _, s := range presetstest.Scenarios(t, catalog) {
		if s.Chart != catalog.Charts.Default().ID || s.Pattern != catalog.Charts.Default().DefaultPattern() {
			continue
		}
		preset, _ := catalog.Registries.Preset(s.Preset)
		made := presetstest.Plan(t, catalog, s.Answers)
		folder.Check(preset.ID+".md", registryPage(preset, s.Answers, made))
		rows = append(rows, []string{fmt.Sprintf("[%s](%s.md)", preset.Title, preset.ID), code(preset.ID), prose(preset.Summary),
			prose(cmp.Or(preset.Login.Lifetime, "no credentials"))})
	}
	index(folder, "Registries", "Generated from the presets by `make golden`. `conductor-registry presets ID` prints the same.\n"+
		"Any other registry is `generic`; [CONTRIBUTING](../../CONTRIBUTING.md#add-a-registry) shows how to add one.",
		"registry | id | image names | credentials work", rows)
}

// registryPage returns the page of a preset. Its commands and files are those of the preset's first example.
func registryPage(preset *registry.Preset, given *answers.Answers, made *plan.Plan) []byte {
	var p page
	first := made.Environments[0]
	example := first.Components[0]
	image := map[string]string{"repository": example.Repository, "tag": example.Tag, "image": example.Image()}
	p.printf("# %s\n\nImage names: %s. In the answers it is `provider: %s`.\n", preset.Title, prose(preset.Summary), preset.ID)
	p.heading("Example")
	p.printf("These answers:\n\n")
	_, withoutComment, _ := strings.Cut(string(given.Encode()), "\n\n")
	p.block("yaml", "# answers.yaml\n"+withoutComment)
	p.printf("\ngive these values:\n\n")
	p.block("yaml", string(first.Values))
	p.printf("\nand the pods pull:\n\n")
	for _, c := range first.Components {
		p.printf("- %s: `%s`\n", c.Name, first.Resolution.Components[c.Name].Image)
	}
	writeFields(&p, preset)
	p.heading("Host and path")
	p.table("answers | registry in the image name | key in the pull secret", exampleRows(preset))
	for _, section := range preset.Guide(example.Location.Fields, image) {
		writeSection(&p, section)
	}
	writePush(&p, preset.PushFor(example.Location, image))
	writeCache(&p, preset)
	if rows := refusedRows(preset); len(rows) > 0 {
		p.heading("Answers that are refused")
		p.table("answer | error", rows)
	}
	p.printf("\n[All registries](README.md)\n")
	return p.text()
}

// writeFields writes the questions of a preset.
func writeFields(p *page, preset *registry.Preset) {
	p.heading("Answers")
	if len(preset.Fields) == 0 {
		p.printf("None: an image name without a host means this registry.\n")
	}
	var rows [][]string
	for _, f := range preset.Fields {
		var values []string
		for _, c := range f.Choices {
			if c.Value != "" {
				values = append(values, strings.TrimSpace(code(c.Value)+" "+prose(strings.Trim(c.Label+", "+c.Help, ", "))))
			}
		}
		if len(values) == 0 && f.Example != "" {
			values = []string{"such as " + code(f.Example)}
		}
		if f.Default != "" {
			values = append(values, "default "+code(f.Default))
		}
		required := yesOf(f.Required)
		if f.Required && f.Unless != "" {
			required = "yes, without " + code(f.Unless)
		}
		rows = append(rows, []string{code(f.ID), prose(f.Help), strings.Join(values, "\n"), required})
	}
	p.table("key | meaning | values | required", rows)
}

// exampleRows returns the examples of a preset: answers and the registry that they lead to.
func exampleRows(preset *registry.Preset) (rows [][]string) {
	for _, e := range preset.Examples {
		at, _ := preset.Locate(e.Fields)
		rows = append(rows, []string{shownFields(e.Fields), code(at.Registry()), code(at.AuthKey)})
	}
	return rows
}

// shownFields returns answers in the order of their names.
func shownFields(fields map[string]string) string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(fields)) {
		out = append(out, id+": "+fields[id])
	}
	if len(out) == 0 {
		return "none"
	}
	return code(out...)
}

// writeSection writes a section of a preset's guide: its texts as a list, each with its commands.
func writeSection(p *page, section registry.Section) {
	p.heading(section.Title)
	var commands []string // those of a text, printed after it
	flush := func() {
		if len(commands) > 0 {
			p.printf("\n")
			p.block("sh", strings.Join(commands, "\n"))
			p.printf("\n")
		}
		commands = nil
	}
	for _, line := range section.Lines {
		if strings.HasPrefix(line.Text, "https://") {
			p.printf("  - <%s>\n", line.Text)
			continue
		}
		if line.Command {
			commands = append(commands, line.Text)
			continue
		}
		flush()
		switch {
		case line.Label != "":
			p.printf("- **%s**: %s\n", prose(line.Label), prose(line.Text))
		case section.Lines[0].Label != "":
			p.printf("  - %s\n", prose(line.Text))
		default:
			p.printf("- %s\n", prose(line.Text))
		}
	}
	flush()
}

// writePush writes what pushing images needs.
func writePush(p *page, push registry.Push) {
	s := registry.Section{Title: "Copy the images to it"}
	add := func(label, text string, commands []string) {
		s.Lines = append(s.Lines, registry.Line{Label: label, Text: text})
		for _, c := range commands {
			s.Lines = append(s.Lines, registry.Line{Text: c, Command: true})
		}
	}
	for _, r := range push.Before {
		add("first create", r.What, r.Commands)
	}
	add("log in", cmp.Or(push.Access, "with credentials that may push"), push.Login)
	add("copy", "both images, with all platforms and the same digests", []string{"conductor-registry mirror --answers answers.yaml"})
	for _, r := range push.After {
		add("afterwards", r.What, r.Commands)
	}
	writeSection(p, s)
}

// writeCache writes what the registry needs as a cache.
func writeCache(p *page, preset *registry.Preset) {
	if preset.Cache.Login == "" {
		return
	}
	p.heading("As a pull-through cache")
	p.printf("With `cacheOf: dockerhub` nothing is copied. The credentials for the upstream: %s.\n", prose(preset.Cache.Login))
	if preset.Cache.TagsOnly {
		p.printf("It cannot fetch an image by its digest: pull by tag.\n")
	}
	p.printf("See [pull-through caches](../tasks/pull-through-cache.md).\n")
}

// refusedRows returns the answers that a preset refuses, each with the error that it gives.
func refusedRows(preset *registry.Preset) (rows [][]string) {
	for _, r := range preset.Refused {
		answer, err := code("repository: "+r.Repository), preset.CheckRepository(r.Repository)
		if r.Field != "" {
			fields := maps.Clone(r.With)
			if fields == nil {
				fields = map[string]string{}
			}
			fields[r.Field] = r.Value
			answer, err = code(r.Field+": "+cmp.Or(r.Value, `""`)), preset.Check(r.Field, fields)
			if len(r.With) > 0 {
				answer += " with " + shownFields(r.With)
			}
		}
		if err != nil {
			rows = append(rows, []string{answer, prose(err.Error())})
		}
	}
	return rows
}
