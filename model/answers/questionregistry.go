package answers

import (
	"errors"
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/registry"
)

func (at place) providers() []Choice {
	entries := at.catalog.Registries.Entries()
	out := make([]Choice, 0, len(entries)+1)
	if at.component != "" {
		out = append(out, Choice{Label: "the same registry", Summary: "as chosen before"})
	}
	for _, p := range entries {
		out = append(out, Choice{Value: p.ID, Label: p.Title, Summary: p.Summary, Keywords: p.Keywords})
	}
	return out
}

func (at place) checkProvider(value string) error {
	if value == "" && at.component != "" {
		return errors.New("is empty: leave it out for the same registry")
	}
	if _, ok := at.catalog.Registries.Preset(value); ok {
		return nil
	}
	return checkKnown(value, at.catalog.providerIDs(), at.catalog.Registries.Suggest(value))
}

// adaptProvider asks for the registry of one component where the pattern names registries for each, and rarely else.
func (at place) adaptProvider(f *Field) {
	if at.component == "" {
		return
	}
	isFirst := at.component == at.profile().Components[0].Name
	f.Advanced = isFirst || at.registriesPage() != Pattern
}

// registriesPage returns the page that asks for the registries of components: that of the pattern, once one that names
// registries for each is chosen, else that of the common registry.
func (at place) registriesPage() Page {
	if at.common().value("pattern").Text != at.defaultPattern() {
		return Pattern
	}
	return Registry
}

func (c *Catalog) providerIDs() []string {
	return model.Map(c.Registries.Entries(), func(p registry.Entry) string { return p.ID })
}

// registryField returns the question for a field of the registry's preset.
func (at place) registryField(id string) (question, error) {
	preset := at.preset()
	if preset == nil {
		return question{}, fmt.Errorf("needs registry.provider, one of %s", strings.Join(at.catalog.providerIDs(), ", "))
	}
	f, ok := preset.Field(id)
	if !ok {
		known := model.Map(preset.Fields, func(f registry.Field) string { return f.ID })
		return question{}, fmt.Errorf("%s has no field %s: %w", preset.ID, id, at.unknown(id, append(known, "provider")...))
	}
	q := question{
		leaf: registryPrefix + id, page: Details, componentsPage: place.registriesPage, label: f.Label, help: f.Help,
		example: f.Example, advanced: f.Advanced,
		perEnvironment: f.PerEnvironment,
		scope:          scope{common: at.sharesProvider(preset), component: true, environment: true},
		choices: func(place) []Choice {
			return model.Map(f.Choices, func(c registry.Choice) Choice {
				return Choice{Value: c.Value, Label: c.Label, Summary: c.Help}
			})
		},
		fallback: func(place) string { return f.Default },
		normalise: func(value string) registry.Normalised {
			return preset.Normalise(id, value, at.answers.Registry(at.env, at.component))
		},
	}
	q.check = func(at place, value string) error {
		fields := at.answers.Registry(at.env, at.component)
		fields[id] = value
		if err := preset.Check(id, fields); err != nil || f.Kind != "host" || value == "" {
			return err
		}
		if problem := at.catalog.Registries.CheckName(value, ""); problem != nil && problem.Severity != model.Info {
			return problem
		}
		return nil
	}
	q.adapt = func(at place, out *Field) {
		fields := at.answers.Registry(at.env, at.component)
		out.Required = f.Required && fields[f.Unless] == "" && !at.isAnsweredEverywhere(preset, out.Path)
	}
	return q, nil
}

// isAnsweredEverywhere reports whether each environment that has the registry answers the question at a path, which is
// that for all environments, by itself.
func (at place) isAnsweredEverywhere(preset *registry.Preset, path string) bool {
	own := ParsePath(path)
	for _, env := range at.answers.Environments() {
		own.Environment = env
		has := at.in(env, at.component).text(ProviderLeaf) == preset.ID
		if has && !at.answers.Has(own.String()) {
			return false
		}
	}
	return at.env == "" && len(at.answers.Environments()) > 0
}

// sharesProvider reports whether the common registry is of the same preset, so that its fields hold here too.
func (at place) sharesProvider(preset *registry.Preset) bool {
	return at.common().text(ProviderLeaf) == preset.ID
}
