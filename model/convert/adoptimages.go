package convert

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/registry"
)

// answerImages answers the registries and image paths. The common registry is the one that components share, else the
// first one's.
func (a *adoption) answerImages() {
	found := map[string]registry.Found{}
	common := ""
	for _, c := range a.profile.Components {
		r := a.resolved(c.Name)
		at, ok := a.recognise(r)
		if !ok {
			a.reportLost(lostPart(c.Name, chart.NamePart), unreadKey(r),
				fmt.Sprintf("the image of %s, %q, is not a valid answer", c.Name, r.Image), a.whyNot(r))
			a.answerRepository(c.Name, r)
			continue
		}
		found[c.Name] = at
		if common == "" || a.isShared(r.Trace.Registry.From) && !a.isShared(a.resolved(common).Trace.Registry.From) {
			common = c.Name
		}
		a.reportHost(at, r)
	}
	if common != "" {
		a.answerRegistry("", found[common], nil, registryKey(a.resolved(common)))
	}
	for _, c := range a.profile.Components {
		at, ok := found[c.Name]
		if !ok {
			continue
		}
		prefix, r, shared := "components."+c.Name+".", a.resolved(c.Name), found[common]
		if at.Preset.ID != shared.Preset.ID || !maps.Equal(at.Fields, shared.Fields) {
			a.answerRegistry(prefix, at, &shared, registryKey(r))
		}
		key := r.Trace.Repository.From
		if err := a.answer(prefix+"repository", at.Address.Repository, key); err != nil {
			a.reportLost(lostPart(c.Name, chart.NamePart), key, "the image of "+c.Name+" is not a valid answer", err)
		}
	}
}

// answerRegistry answers a registry. Prefix is that of a component, whose registry overrides the common one.
func (a *adoption) answerRegistry(prefix string, at registry.Found, common *registry.Found, origin string) {
	prefix += "registry."
	_ = a.answer(prefix+"provider", at.Preset.ID, origin) // both come from the catalog itself
	for _, f := range at.Preset.Fields {
		value, given := at.Fields[f.ID]
		if common != nil && common.Preset.ID == at.Preset.ID && common.Fields[f.ID] != value {
			given = true // otherwise the common one's applies
			if value == "" {
				value = f.Default
			}
		}
		if given {
			_ = a.answer(prefix+f.ID, value, origin) // Recognise has checked them together
		}
	}
}

// registryKey returns the key that the registry of an image comes from: the repository's, where there is none for it.
func registryKey(r *chart.ResolvedComponent) string {
	if r.Trace.Registry.Value != nil && r.Trace.Registry.Value != "" {
		return r.Trace.Registry.From
	}
	return r.Trace.Repository.From
}

// answerRepository answers the path of an image whose registry is not known, where the file has a key for each.
func (a *adoption) answerRepository(component string, r *chart.ResolvedComponent) {
	path, _ := r.Trace.Repository.Value.(string)
	if registryKey(r) != r.Trace.Repository.From && a.old.sets(r.Trace.Repository.From) && image.CheckRepository(path) == nil {
		a.answers.Set(answers.Path{Component: component, Leaf: "repository"}.String(), path)
	}
}

// unreadKey returns the key that makes an image name invalid: that of the registry, unless the repository is wrong by
// itself.
func unreadKey(r *chart.ResolvedComponent) string {
	if path, _ := r.Trace.Repository.Value.(string); image.CheckRepository(path) != nil {
		return r.Trace.Repository.From
	}
	return registryKey(r)
}

// recognise finds the registry of an image: split as the file splits it, so that the same keys are written again, else
// where a preset allows it.
func (a *adoption) recognise(r *chart.ResolvedComponent) (registry.Found, bool) {
	name := r.Name()
	if address, _ := r.Trace.Registry.Value.(string); address != "" {
		exact := registry.Address{Registry: address, Repository: strings.TrimPrefix(name, address+"/")}
		if found, ok := a.catalog.Registries.Recognise(exact); ok {
			return found, true
		}
	}
	return a.catalog.Registries.RecogniseImage(name)
}

// whyNot returns why no preset allows an image; nil when its parts are valid one by one.
func (a *adoption) whyNot(r *chart.ResolvedComponent) error {
	if err := image.Check(r.Image); err != nil {
		return err
	}
	host := image.Host(r.Image)
	preset := a.catalog.Registries.ForHost(host)
	if preset == nil {
		return nil
	}
	if _, wrong := preset.Locate(map[string]string{"host": host}); len(wrong) > 0 {
		return wrong[0].Err
	}
	return preset.CheckRepository(strings.TrimPrefix(r.Name(), host+"/"))
}

// reportHost reports a registry that is guessed from the name of its host, and one whose host is known but which is
// answered as any host, because the file splits its image names elsewhere.
func (a *adoption) reportHost(at registry.Found, r *chart.ResolvedComponent) {
	host, _, _ := strings.Cut(at.Address.Registry, "/")
	known := a.catalog.Registries.ForHost(host)
	p := model.Problem{Severity: model.Info, Path: registryKey(r)}
	switch {
	case known.ID == at.Preset.ID:
		return
	case known.MatchesHost(host):
		p.Rule, p.Summary = "registry-taken-as-generic", fmt.Sprintf("%s is %s, but %s is chosen: the file splits its "+
			"image names in another way", host, known.Title, at.Preset.Title)
		p.Fix = "choose " + known.ID + " to get its login commands: it writes the same images to other keys"
	default:
		p.Rule, p.Summary = "registry-guessed", fmt.Sprintf("%s is assumed to be %s, from its name", host, at.Preset.Title)
		p.Fix = "choose " + known.ID + " if it is not: the images stay the same"
	}
	if !slices.ContainsFunc(a.problems, func(q model.Problem) bool { return q.Summary == p.Summary }) {
		a.report(p)
	}
}
