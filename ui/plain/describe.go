package plain

import (
	"slices"
	"strings"

	"conductor-registry/model/answers"
	"conductor-registry/model/registry"
	"conductor-registry/ui/report"
)

// screenful is how much of a list is read out at once.
const screenful = 20

// open says where in the whole the next question is, when that is another page than before, and first what the last
// answer has led to.
func (s *dialog) open(page answers.Page) {
	s.news(page)
	if page == s.page {
		return
	}
	s.page, s.said = page, answers.Field{}
	s.say("")
	s.say("Step %d of %d: %s. %s", page+1, answers.Review+1, page.Name(), s.draft.Title(page))
	if few := s.few(page); len(few) > 0 {
		s.say("Not asked unless you type +: %s.", labels(few))
	}
	if preset, ok := s.draft.Preset(); ok && page == answers.PullSecret {
		fields := s.draft.Answers.Registry("", "")
		if way, better := preset.RecommendedSecretless(fields); better {
			s.say("On %s nodes can pull without a secret, which is better: %s.", way.Where, way.How)
		} else if ways := preset.SecretlessFor(fields); len(ways) > 0 {
			s.say("Without a secret, on %s: %s.", ways[0].Where, ways[0].How)
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

// describe says what a question is about, and what there is to choose from. What was said of the question before it is
// not said again: environments ask the same of each.
func (s *dialog) describe(f answers.Field) {
	before := s.said
	s.said = f
	if len(f.Choices) == 0 {
		if text := s.explained(f); text != "" && (f.Help == "" || f.Help != before.Help) {
			s.say("%s", text)
		}
		return
	}
	switch {
	case f.Help != "":
		s.say("%s: %s", f.Label, f.Help)
	case !s.opens(f): // the first one's question is the page's title
		s.say("%s", f.Label)
	}
	if slices.EqualFunc(f.Choices, before.Choices, sameChoice) {
		s.say("The same to choose from, 1 to %d; ? lists it.", len(f.Choices))
		return
	}
	for i, c := range f.Choices[:min(len(f.Choices), screenful)] {
		s.entry(i+1, c)
	}
	if more := len(f.Choices) - screenful; more > 0 {
		s.say("%d more: ? lists all, and a part of its name finds one.", more)
	}
}

func sameChoice(a, b answers.Choice) bool { return a.Value == b.Value && a.Missing == b.Missing }

// opens tells whether a question is the first on its page.
func (s *dialog) opens(f answers.Field) bool {
	at := slices.IndexFunc(s.listed, func(g answers.Field) bool { return g.Page == f.Page })
	return at >= 0 && s.listed[at].Path == f.Path
}

// explained is the help of a question for a text. An example stands in where no answer does.
func (s *dialog) explained(f answers.Field) string {
	var parts []string
	if f.Help != "" {
		parts = append(parts, f.Help)
	}
	if f.Example != "" && s.draft.Holds(f) == "" {
		parts = append(parts, "For example "+f.Example)
	}
	return strings.Join(parts, ". ")
}

// entry says one entry of a list.
func (s *dialog) entry(number int, c answers.Choice) {
	switch {
	case c.Missing != "":
		s.say("%d. %s: can't be chosen, %s", number, named(c), c.Missing)
	case c.Summary != "":
		s.say("%d. %s: %s", number, named(c), c.Summary)
	default:
		s.say("%d. %s", number, named(c))
	}
}

// help says all there is to know for an answer.
func (s *dialog) help(f answers.Field) {
	if len(f.Choices) > 0 {
		s.say("%s: answer by the number, the short name in parentheses, or a part of the name.", f.Label)
		for i, c := range f.Choices {
			s.entry(i+1, c)
			if f.Path == "pattern" {
				for _, line := range s.draft.Excerpt(c.Value) {
					s.say("   writes %s", line)
				}
			}
		}
	} else {
		s.say("%s", strings.TrimSuffix(f.Label+": "+f.Help, ": "))
		if f.Example != "" {
			s.say("For example %s", f.Example)
		}
	}
	if preset, fields := s.about(f); preset != nil {
		s.say("About %s:", preset.Title)
		for _, e := range report.Help(preset, fields) {
			s.say("%s: %s", e.Label, e.Text)
		}
	}
	s.say("< goes back, + asks all on this page, - empties an answer, ctrl+c leaves.")
}

// about is the registry that a question is about, and its answers; nil where it is about none, or where the question is
// which one.
func (s *dialog) about(f answers.Field) (preset *registry.Preset, fields map[string]string) {
	path := answers.ParsePath(f.Path)
	if !path.IsRegistryField() && f.Page != answers.PullSecret {
		return nil, nil
	}
	fields = s.draft.Answers.Registry(path.Environment, path.Component)
	preset, _ = s.options.Catalog.Registries.Preset(fields["provider"])
	return preset, fields
}
