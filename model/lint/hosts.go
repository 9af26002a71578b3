package lint

import (
	"strings"

	"conductor-registry/model/image"
	"conductor-registry/model/values"
)

// checkHosts looks at what registry and repository make together.
func (c *checker) checkHosts() {
	for _, r := range c.components {
		registry, repository := textOf(r.Trace.Registry), textOf(r.Trace.Repository)
		from, registryFrom := r.Trace.Repository.From, r.Trace.Registry.From
		host, _, _ := strings.Cut(registry, "/")
		first, rest, _ := strings.Cut(repository, "/")
		switch {
		case registry == "" && registryFrom != "" && strings.HasPrefix(r.Image, "/"):
			c.report(found{rule: "host-missing", path: registryFrom, facts: facts{"image": quote(r.Image)},
				changes: []values.Change{{Path: registryFrom, Value: `""`}}})
		case registry != "" && first == host && rest != "":
			f := found{rule: "host-doubled", path: from, facts: facts{"registry": registry, "key": keyOf(registryFrom),
				"image": registry + "/" + repository}}
			if own, isWhole := strings.CutPrefix(repository, registry+"/"); isWhole { // else either path may be the right one
				f.fix, f.changes = fixName(namePart{path: from, text: own})
			}
			c.report(f)
		case image.Host(r.Image) != "docker.io" || isDockerHub(host) || isDockerHub(first):
		case registry != "":
			c.report(found{rule: "host-dotless", path: registryFrom, facts: facts{"host": registry, "image": r.Image}})
		case strings.Contains(rest, "/"): // images of Docker Hub have two levels
			c.report(found{rule: "host-dotless", path: from, facts: facts{"host": first, "image": r.Image}})
		case rest == "" && looksLikeHost(first):
			c.report(found{rule: "repository-missing", path: from, facts: facts{"host": first}})
		}
	}
}

func isDockerHub(host string) bool { return host == "docker.io" || host == "index.docker.io" }

// looksLikeHost reports whether text is a host and not an image name: words joined by dots, the last one of letters.
func looksLikeHost(text string) bool {
	labels := strings.Split(text, ".")
	last := labels[len(labels)-1]
	return len(labels) > 1 && last != "" && strings.Trim(last, "abcdefghijklmnopqrstuvwxyz") == ""
}
