package convert

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/registry"
)

// images answers the registries and image paths. The registry that components share, or else the first one's, is the
// common one.
func (a *adoption) images() {
	found := map[string]registry.Found{}
	common := ""
	for _, c := range a.result.Profile.Components {
		r := a.file.Resolution.Components[c.Name]
		at, ok := a.recognise(r)
		if !ok {
			a.lose(c.Name+".image", registryOrigin(r), fmt.Sprintf("the image of %s, %q, can't be answered", c.Name, r.Image),
				a.whyNot(r))
			continue
		}
		found[c.Name] = at
		if common == "" || a.isShared(r.Trace.Registry.From) && !a.isShared(a.trace(common).Registry.From) {
			common = c.Name
		}
		a.tellHost(at, r)
	}
	if common != "" {
		a.register("", found[common], nil, registryOrigin(a.file.Resolution.Components[common]))
	}
	for _, c := range a.result.Profile.Components {
		at, ok := found[c.Name]
		if !ok {
			continue
		}
		if r := a.file.Resolution.Components[c.Name]; !same(at, found[common]) {
			own := found[common]
			a.register("components."+c.Name+".", at, &own, registryOrigin(r))
		}
		path := "components." + c.Name + ".repository"
		if err := a.set(path, at.Address.Repository, a.trace(c.Name).Repository.From); err != nil {
			a.lose(c.Name+".image", a.trace(c.Name).Repository.From, "the image of "+c.Name+" can't be answered", err)
		}
	}
}

func same(x, y registry.Found) bool {
	return x.Preset.ID == y.Preset.ID && maps.Equal(x.Fields, y.Fields)
}

func (a *adoption) trace(component string) chart.Trace {
	return a.file.Resolution.Components[component].Trace
}

// registryOrigin is the key that the registry of an image comes from: the repository's, where the chart or the file has
// none for it.
func registryOrigin(r *chart.ResolvedComponent) string {
	if r.Trace.Registry.Value != nil && r.Trace.Registry.Value != "" {
		return r.Trace.Registry.From
	}
	return r.Trace.Repository.From
}

// recognise finds the registry of an image: split as the file splits it, so that the same keys are written again, else
// where a preset can be.
func (a *adoption) recognise(r *chart.ResolvedComponent) (registry.Found, bool) {
	name := strings.TrimSuffix(r.Image, ":"+fmt.Sprint(r.Trace.Tag.Value))
	if address, _ := r.Trace.Registry.Value.(string); address != "" {
		exact := registry.Address{Registry: address, Repository: strings.TrimPrefix(name, address+"/")}
		if found, ok := a.catalog.Registries.Recognise(exact); ok {
			return found, true
		}
	}
	host := image.Host(name)
	if host == "" {
		return registry.Found{}, false
	}
	parts := strings.Split(strings.TrimPrefix(name, host+"/"), "/")
	var splits []registry.Address
	for i := range parts {
		splits = append(splits, registry.Address{Registry: strings.Join(append([]string{host}, parts[:i]...), "/"),
			Repository: strings.Join(parts[i:], "/")})
	}
	return a.catalog.Registries.Recognise(splits...)
}

// whyNot says why no registry can be at an image.
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
	name := strings.TrimSuffix(r.Image, ":"+fmt.Sprint(r.Trace.Tag.Value))
	return preset.CheckRepository(strings.TrimPrefix(name, host+"/"))
}

// tellHost tells of a registry that is guessed from the name of its host, and of one that its host tells and that is
// taken as any host, because the file splits its names elsewhere.
func (a *adoption) tellHost(at registry.Found, r *chart.ResolvedComponent) {
	host, _, _ := strings.Cut(at.Address.Registry, "/")
	known := a.catalog.Registries.ForHost(host)
	p := model.Problem{Severity: model.Info, Path: registryOrigin(r)}
	switch {
	case known.ID == at.Preset.ID:
		return
	case known.MatchesHost(host):
		p.Rule, p.Summary = "registry-taken-as-generic", fmt.Sprintf("%s is %s, and is taken as %s: the file splits its "+
			"image names in another way", host, known.Title, at.Preset.Title)
		p.Fix = "choose " + known.ID + " to have its login made: it writes the same names in other keys"
	default:
		p.Rule, p.Summary = "registry-guessed", fmt.Sprintf("%s is taken for %s, by its name", host, at.Preset.Title)
		p.Fix = "choose " + known.ID + " if it is not: the images are the same"
	}
	if !slices.ContainsFunc(a.result.Problems, func(q model.Problem) bool { return q.Summary == p.Summary }) {
		a.tell(p)
	}
}

// register answers a registry; prefix is that of a component, which lies over the common registry.
func (a *adoption) register(prefix string, at registry.Found, over *registry.Found, origin string) {
	prefix += "registry."
	_ = a.set(prefix+"provider", at.Preset.ID, origin) // both come from the catalog itself
	for _, f := range at.Preset.Fields {
		value, given := at.Fields[f.ID]
		if over != nil && over.Preset.ID == at.Preset.ID && over.Fields[f.ID] != value {
			given = true // else the common one's would hold
			if value == "" {
				value = f.Default
			}
		}
		if given {
			_ = a.set(prefix+f.ID, value, origin) // Recognise has seen that they are right together
		}
	}
}
