package plain

import (
	"slices"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/registry"
)

// maxListed is the number of entries of a list that are read out before the user asks for all.
const maxListed = 20

// openPage says what changed with the last answers and, on a new page, its number and title.
func (d *dialog) openPage(page answers.Page) {
	d.sayChanges(page)
	if page == d.page {
		return
	}
	d.page, d.described = page, answers.Field{}
	d.say("")
	d.say("Step %d of %d: %s. %s", page+1, answers.Review+1, page.Name(), d.draft.Title(page))
	if optional := d.optional(page); len(optional) > 0 {
		d.say("Optional (+ asks for them): %s.", labels(optional))
	}
	if preset, ok := d.draft.Preset(); ok && page == answers.PullSecret {
		fields := d.draft.Answers.Registry("", "")
		if way, ok := preset.RecommendedSecretless(fields); ok {
			d.say("On %s, nodes can pull without a secret (recommended): %s.", way.Where, way.How)
		} else if ways := preset.SecretlessFor(fields); len(ways) > 0 {
			d.say("Without a secret, on %s: %s.", ways[0].Where, ways[0].How)
		}
	}
}

func labels(fields []answers.Field) string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Label)
	}
	return strings.Join(out, ", ")
}

// describe says the help and the choices of a question. It does not repeat what the previous question has in common:
// environments repeat questions.
func (d *dialog) describe(f answers.Field) {
	before := d.described
	d.described = f
	if len(f.Choices) == 0 {
		if text := d.helpText(f); text != "" && (f.Help == "" || f.Help != before.Help) {
			d.say("%s", text)
		}
		return
	}
	switch {
	case f.Help != "":
		d.say("%s: %s", f.Label, f.Help)
	case !d.isFirst(f): // the page's title asks the first question
		d.say("%s", f.Label)
	}
	if slices.EqualFunc(f.Choices, before.Choices, sameChoice) {
		d.say("The same choices, 1 to %d; ? lists them.", len(f.Choices))
		return
	}
	d.sayChoices(f.Choices[:min(len(f.Choices), maxListed)], nil)
	if more := len(f.Choices) - maxListed; more > 0 {
		d.say("%d more: ? lists all, and a part of a name finds its entry.", more)
	}
}

func sameChoice(a, b answers.Choice) bool { return a.Value == b.Value && a.Missing == b.Missing }

// isFirst reports whether a question is the first on its page.
func (d *dialog) isFirst(f answers.Field) bool {
	at := slices.IndexFunc(d.listed, func(g answers.Field) bool { return g.Page == f.Page })
	return at >= 0 && d.listed[at].Path == f.Path
}

// helpText returns the help of a text question, with an example when no value applies.
func (d *dialog) helpText(f answers.Field) string {
	var parts []string
	if f.Help != "" {
		parts = append(parts, f.Help)
	}
	if f.Example != "" && d.draft.Effective(f) == "" {
		parts = append(parts, "For example "+f.Example)
	}
	return strings.Join(parts, ". ")
}

// sayChoices numbers the entries of a list. Excerpt returns lines to say below an entry; it can be nil.
func (d *dialog) sayChoices(choices []answers.Choice, excerpt func(value string) []string) {
	for i, c := range choices {
		text := nameOf(c)
		switch {
		case c.Missing != "":
			text += ": not available, " + c.Missing
		case c.Summary != "":
			text += ": " + c.Summary
		}
		d.say("%d. %s", i+1, text)
		if excerpt != nil {
			for _, line := range excerpt(c.Value) {
				d.say("   writes %s", line)
			}
		}
	}
}

// help says everything about a question: its help, all choices, and the guide of its registry.
func (d *dialog) help(f answers.Field) {
	if len(f.Choices) > 0 {
		d.say("%s: answer with the number, the id in parentheses, or a part of the name.", f.Label)
		var excerpt func(string) []string
		if f.Path == "pattern" {
			excerpt = d.draft.Excerpt
		}
		d.sayChoices(f.Choices, excerpt)
	} else {
		d.say("%s", strings.TrimSuffix(f.Label+": "+f.Help, ": "))
		if f.Example != "" {
			d.say("For example %s", f.Example)
		}
	}
	d.sayGuide(f)
	d.say("< goes back, + asks the optional questions of this step, - removes an answer, :s takes the " +
		"defaults for the rest, ctrl+c quits.")
}

// sayGuide says the guide of the registry that a question is about.
func (d *dialog) sayGuide(f answers.Field) {
	path := answers.ParsePath(f.Path)
	if !path.IsRegistryField() && f.Page != answers.PullSecret {
		return
	}
	fields := d.draft.Answers.Registry(path.Environment, path.Component)
	preset, ok := d.options.Catalog.Registries.Preset(fields["provider"])
	if !ok {
		return
	}
	for _, section := range preset.Guide(fields, nil) {
		d.say("%s, %s:", preset.Title, section.Title)
		for _, line := range section.Lines {
			d.say("%s", guideLine(line))
		}
	}
}

func guideLine(line registry.Line) string {
	switch {
	case line.Command:
		return "  " + line.Text
	case line.Label == "":
		return line.Text
	}
	return line.Label + ": " + line.Text
}
