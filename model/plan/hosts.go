package plan

import (
	"fmt"

	"conductor-registry/model"
	"conductor-registry/model/image"
	"conductor-registry/model/registry"
)

// hostChecks checks hosts and paths of images. Many environments with the same image are checked once.
type hostChecks struct {
	registries *registry.Catalog
	known      map[string]*registry.HostProblem
}

func (h hostChecks) check(ref image.Reference) *registry.HostProblem {
	name := ref.Host + "/" + ref.Repository
	problem, done := h.known[name]
	if !done {
		problem = h.registries.CheckName(ref.Host, ref.Repository)
		h.known[name] = problem
	}
	return problem
}

// checkHosts returns what the presets know to be wrong with the hosts and paths of the images, and the registries that
// know a host better than the chosen one.
func (e *Environment) checkHosts(hosts hostChecks) model.Problems {
	var out model.Problems
	for _, c := range e.Components {
		ref, err := image.Parse(c.Image())
		if err != nil || len(c.effective.Wrong) > 0 {
			continue // other checks report it
		}
		if wrong := hosts.check(ref); wrong != nil {
			out = append(out, e.source.at(model.Problem{Rule: "registry-host", Severity: wrong.Severity,
				File: e.source.file, Summary: c.FullName() + ": " + wrong.Text}, c.effective.Repository.Path))
		}
		if c.Preset.MatchesHost(ref.Host) {
			continue
		}
		if known := hosts.registries.ForHost(ref.Host); known != c.Preset && known.MatchesHost(ref.Host) {
			p := model.Problem{Rule: "registry-known", Severity: model.Info,
				Summary: fmt.Sprintf("%s is %s, with its own credentials and checks", ref.Host, known.Title),
				Fix:     "choose the registry " + known.ID}
			if known.Login.Expires {
				p.Severity, p.Why = model.Warning, "its credentials expire after "+known.Login.Lifetime
			}
			out = append(out, e.source.at(p, c.effective.Provider.Path))
		}
	}
	return out.Unique()
}
