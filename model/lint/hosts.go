package lint

import (
	"strings"

	"conductor-registry/model/image"
	"conductor-registry/model/values"
)

// checkHosts looks at what registry and repository make together.
func (c *checker) checkHosts() {
	for _, r := range c.components {
		if !r.hasPlaceholder() {
			c.checkHost(r)
			c.reportTwoHosts(r)
		}
	}
}

// checkHost looks at the host of one image: it may be missing, be there twice, or be none.
func (c *checker) checkHost(r component) {
	registry, repository := textOf(r.Trace.Registry), textOf(r.Trace.Repository)
	from, registryFrom := r.Trace.Repository.From, r.Trace.Registry.From
	host, _, _ := strings.Cut(registry, "/")
	first, rest, _ := strings.Cut(repository, "/")
	switch {
	case registry == "" && registryFrom != "" && strings.HasPrefix(r.Image, "/"):
		c.report(found{rule: "host-missing", path: registryFrom, facts: facts{"image": quote(r.Image)},
			changes: []values.Change{{Path: registryFrom, Value: `""`}}})
	case registry != "" && first == host && rest != "":
		c.reportDoubledHost(r)
	case image.Host(r.Image) != "docker.io" || image.IsDockerHub(host) || image.IsDockerHub(first):
	case registry != "":
		c.report(found{rule: "host-dotless", path: registryFrom, facts: facts{"host": registry, "image": r.Image}})
	case strings.Contains(rest, "/"): // images of Docker Hub have two levels
		c.report(found{rule: "host-dotless", path: from, facts: facts{"host": first, "image": r.Image}})
	case rest == "" && looksLikeHost(first):
		c.report(found{rule: "repository-missing", path: from, facts: facts{"host": first}})
	}
}

// reportDoubledHost reports a repository that begins with the host of the registry before it.
func (c *checker) reportDoubledHost(r component) {
	registry, repository := textOf(r.Trace.Registry), textOf(r.Trace.Repository)
	f := found{rule: "host-doubled", path: r.Trace.Repository.From, facts: facts{"registry": registry,
		"key": keyOf(r.Trace.Registry.From), "image": registry + "/" + repository}}
	// where the registry has a path that the repository does not repeat, either of the two may be right
	if own, isWhole := strings.CutPrefix(repository, registry+"/"); isWhole {
		f.fix, f.changes = fixName(namePart{path: f.path, text: own})
	}
	c.report(f)
}

// reportTwoHosts reports an image name with a second host behind the first. It may be a folder of a proxy.
func (c *checker) reportTwoHosts(r component) {
	name := strings.TrimPrefix(textOf(r.Trace.Registry)+"/"+textOf(r.Trace.Repository), "/")
	parts := strings.SplitN(name, "/", 3)
	if len(parts) < 3 || parts[0] == parts[1] || !isHost(parts[0]) || !looksLikeHost(parts[1]) {
		return
	}
	c.report(found{rule: "two-hosts", path: r.Trace.Repository.From,
		facts: facts{"registry": parts[0], "host": parts[1], "image": r.Image, "meant": parts[1] + "/" + parts[2]}})
}

// checkRegistries looks for hosts and paths that the registries do not have, by the presets' rules: generate refuses
// them.
func (c *checker) checkRegistries() {
	for _, r := range c.components {
		registry, repository := textOf(r.Trace.Registry), textOf(r.Trace.Repository)
		at := namePart{r.Trace.Repository.From, repository, false}
		if registry != "" && c.isSet(r.Trace.Registry.From) {
			at = namePart{r.Trace.Registry.From, registry, true}
		}
		name := strings.TrimPrefix(registry+"/"+repository, "/")
		if right, tag := correctName(name); !c.isSet(at.path) || r.hasPlaceholder() || right+tag != name {
			continue
		}
		host, path, _ := strings.Cut(name, "/")
		if !isHost(host) && (registry == "" || !strings.Contains(host, ".")) {
			continue // an image of Docker Hub; checkHosts reports what was not meant as one
		}
		problem := c.Registries.CheckName(host, path)
		if problem == nil {
			continue
		}
		c.report(c.invalidHost(at, host, path, problem))
	}
}

// hostBelow returns the host with a port that a repository begins with, though a registry is put before it, and what
// follows it; "" for none.
func (r component) hostBelow() (host, rest string) {
	host, rest, _ = strings.Cut(textOf(r.Trace.Repository), "/")
	registry := textOf(r.Trace.Registry)
	if registry == "" || rest == "" || host == registry || !strings.Contains(host, ":") {
		return "", ""
	}
	return host, rest
}

// registryOf returns the key that sets the registry of one component.
func (c *checker) registryOf(name string) string {
	for _, component := range c.Profile.Components {
		if component.Name == name && len(component.Registry.Paths) > 0 {
			return component.Registry.Paths[0]
		}
	}
	return ""
}

// isHost reports whether the first part of a name is a host: it has a port, or ends in a domain.
func isHost(text string) bool { return strings.Contains(text, ":") || looksLikeHost(text) }

// looksLikeHost reports whether text is a host and not an image name: words joined by dots, the last one of letters.
func looksLikeHost(text string) bool {
	labels := strings.Split(text, ".")
	last := labels[len(labels)-1]
	return len(labels) > 1 && last != "" && strings.Trim(last, "abcdefghijklmnopqrstuvwxyz") == ""
}
