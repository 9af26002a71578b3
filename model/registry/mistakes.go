package registry

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

// Mistake is a host, or a path on it, that people write for images of a registry and that the registry does not have.
// Wherever a host is named, the mistakes of all presets are looked for.
type Mistake struct {
	Host     *Pattern       `doc:"RE2 expression of the host; without one, the hosts that the preset recognises"`
	Path     *Pattern       `doc:"RE2 expression of the image's path below the host; without one, any path"`
	Say      string         `doc:"what is wrong; {name} is a named group of host or path, {host} the host" required:"true"`
	Write    string         `doc:"template of the host, or host and path, to write instead"`
	Severity model.Severity `doc:"error by default" enum:"error warning info"`
}

// HostProblem is why images of a host, or of a path on it, cannot be pulled.
type HostProblem struct { //nolint:errname // a problem, as model.Problem is
	Preset   *Preset // the registry that was meant; nil for a host that no image name can have
	Text     string  // what is wrong, and what to write
	Write    string  // the host, or host and path, to write instead; "" where it is not known
	Severity model.Severity
}

// Error returns the text.
func (p *HostProblem) Error() string { return p.Text }

// CheckName returns what is wrong with the host[:port] of an image, and with its path below that; nil for nothing. An
// empty path is not checked. The rules are those of image names, then the mistakes of all presets, then a host that is
// nearly one of a preset's.
func (c *Catalog) CheckName(host, path string) *HostProblem {
	if err := CheckHost(host); err != nil {
		return &HostProblem{Text: err.Error(), Severity: model.Error}
	}
	host = strings.TrimSuffix(host, ":443") // the port of HTTPS, which nodes use without one
	presets, _ := c.All()                   // commands call Load first, which returns the error
	for _, p := range presets {
		if problem := p.mistake(host, path); problem != nil {
			return problem
		}
	}
	if slices.ContainsFunc(presets, func(p *Preset) bool { return p.MatchesHost(host) }) {
		return nil
	}
	for _, p := range presets {
		if meant := p.meantHost(host, isMisspelled); meant != "" {
			return &HostProblem{p, fmt.Sprintf("did you mean %s (%s)?", meant, p.Title), meant, model.Warning}
		}
		if f, ok := p.Field("host"); ok && p.isOwnHost(host) {
			return &HostProblem{p, f.invalid().Error(), "", model.Error}
		}
	}
	return nil
}

// isOwnHost reports whether a host that no rule matches belongs to the service all the same.
func (p *Preset) isOwnHost(host string) bool {
	name, _, _ := image.SplitHostPort(host)
	return p.OwnHosts != nil && p.OwnHosts.Match(name)
}

// mistake returns the first mistake of the preset that a host and a path are, or nil.
func (p *Preset) mistake(host, path string) *HostProblem {
	for _, m := range p.Mistakes {
		if m.Path != nil && path == "" || m.Host == nil && !p.MatchesHost(host) {
			continue
		}
		groups, ok := m.Host.groups(host)
		below, okBelow := m.Path.groups(path)
		if !ok || !okBelow {
			continue
		}
		maps.Copy(groups, below)
		groups["host"] = host
		problem := &HostProblem{p, model.ExpandMap(m.Say, groups), model.ExpandMap(m.Write, groups),
			cmp.Or(m.Severity, model.Error)}
		if problem.Write != "" {
			problem.Text += ": write " + problem.Write
		}
		return problem
	}
	return nil
}

// meantHost returns the host that was probably meant by one that is nearly below a domain of the preset, or "".
func (p *Preset) meantHost(host string, isNear func(tail, domain string) bool) string {
	name, _, _ := image.SplitHostPort(host)
	labels := strings.Split(name, ".")
	for _, domain := range p.Domains {
		tail := strings.Join(labels[max(0, len(labels)-1-strings.Count(domain, ".")):], ".")
		if !slices.Contains(p.Domains, tail) && isNear(tail, domain) {
			return strings.TrimSuffix(name, tail) + domain
		}
	}
	return ""
}

// isMisspelled reports whether a domain was meant, whatever registry it is of: one letter differs. In a short domain only
// two swapped letters count, because changing one often gives another registry, as in gcr.io and icr.io.
func isMisspelled(tail, domain string) bool {
	const short = 8
	if model.EditDistance(tail, domain) != 1 {
		return false
	}
	letters := func(text string) string { return string(slices.Sorted(slices.Values([]byte(text)))) }
	return len(domain) >= short || letters(tail) == letters(domain)
}
