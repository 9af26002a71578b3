package lint

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
	"conductor-registry/model/values"
)

// imageRules are about the parts of image names, and about the pull policy.
func imageRules() []Rule {
	return []Rule{
		{
			ID: "registry-scheme", Severity: model.Error, Title: "https:// before a registry or repository",
			Why: "an image name has no scheme: InvalidImageName", Fix: "leave it out", Mends: true, find: (*subject).spelling,
		},
		{
			ID: "registry-slash", Severity: model.Error,
			Title: "a slash at the start or end of a registry or repository, or two together",
			Why:   "the chart puts a slash between the two itself: InvalidImageName", Fix: "leave it out", Mends: true,
		},
		{
			ID: "upper-case", Severity: model.Error, Title: "upper case in a registry or repository",
			Why: "image paths are lower case, MyOrg/server is read as a host MyOrg, and logins are looked up letter by letter",
			Fix: "write it in lower case", Mends: true,
		},
		{
			ID: "host-missing", Severity: model.Error, Title: "null where a registry should be",
			Why: "the template prints it as nothing and a slash, and the image begins with it: InvalidImageName",
			Fix: `leave the key out, or write ""`, Mends: true, find: (*subject).hosts,
		},
		{
			ID: "host-doubled", Severity: model.Error, Title: "the registry stands in the repository too",
			Why: "the image becomes host/host/path: a valid name that no registry has",
			Fix: "leave it out of the repository", Mends: true,
		},
		{
			ID: "host-dotless", Severity: model.Warning, Title: "a registry without a dot or a port",
			Why: "every container runtime takes it for a folder on Docker Hub",
			Fix: "write the registry's full host, or docker.io/ before it if Docker Hub is meant",
		},
		{
			ID: "repository-missing", Severity: model.Error, Title: "a host where the image's path should be",
			Why: "registry.example.com:5.2.42 is the image library/registry.example.com on Docker Hub",
			Fix: "write the path too, for example registry.example.com/conductor/server",
		},
		{
			ID: "image-unparsable", Severity: model.Error, Title: "an image name that no kubelet can parse",
			Why: "the API server takes it, and the pods stay in InvalidImageName",
			Fix: "write it as in registry.example.com/conductor/server, with the tag in its own key",
		},
		{
			ID: "pull-policy-invalid", Severity: model.Error, Title: "a pull policy that does not exist",
			Why: "the API server refuses the Deployment", Fix: "write Always, IfNotPresent or Never", Mends: true,
			mend: (*subject).spellPolicy,
		},
	}
}

// components are those of the chart that were resolved, in order; none when the chart refuses the values.
func (s *subject) components() []string { return slices.Sorted(maps.Keys(s.resolution.Components)) }

// part is the registry or the repository of an image, as some key has it.
type part struct{ path, text string }

// parts are those that the user's values set, each key once.
func (s *subject) parts() []part {
	var out []part
	for _, name := range s.components() {
		t := s.resolution.Components[name].Trace
		for _, origin := range []struct {
			value any
			from  string
		}{{t.Registry.Value, t.Registry.From}, {t.Repository.Value, t.Repository.From}} {
			text, _ := origin.value.(string)
			p := part{origin.from, text}
			if _, set := s.values.Lookup(p.path); set && text != "" && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// spelling looks at each registry and repository by itself.
func (s *subject) spelling() {
	for _, p := range s.parts() {
		mended, said := p.text, ""
		if _, rest, found := strings.Cut(mended, "://"); found {
			mended = rest
			said = cmp.Or(said, "registry-scheme")
		}
		if slashed := trimSlashes(mended); slashed != mended {
			mended = slashed
			said = cmp.Or(said, "registry-slash")
		}
		name, tag := image.SplitTag(mended)
		if lower := strings.ToLower(name) + tag; lower != mended {
			mended = lower
			said = cmp.Or(said, "upper-case")
		}
		if said == "" {
			continue
		}
		rule, _ := Find(said)
		s.report(model.Problem{Rule: said, Path: p.path, Summary: fmt.Sprintf("%q: %s", p.text, rule.Title),
			Fix: "write " + mended},
			values.Change{Path: p.path, Value: values.Quote(mended)})
	}
}

// trimSlashes leaves single slashes between words.
func trimSlashes(text string) string {
	words := strings.FieldsFunc(text, func(c rune) bool { return c == '/' })
	return strings.Join(words, "/")
}

// hosts looks at what registry and repository make together.
func (s *subject) hosts() {
	for _, name := range s.components() {
		c := s.resolution.Components[name]
		registry, _ := c.Trace.Registry.Value.(string)
		repository, _ := c.Trace.Repository.Value.(string)
		from, registryFrom := c.Trace.Repository.From, c.Trace.Registry.From
		host, _, _ := strings.Cut(registry, "/")
		first, rest, _ := strings.Cut(repository, "/")
		switch {
		case registry == "" && strings.HasPrefix(c.Image, "/") && registryFrom != "":
			s.say("host-missing", registryFrom, fmt.Sprintf("null is printed as nothing and a slash: the image is %q", c.Image),
				values.Change{Path: registryFrom, Value: `""`})
		case registry != "" && first == host && rest != "":
			s.doubled(registryFrom, from, registry, repository)
		case image.Host(c.Image) != "docker.io" || namesHub(host) || namesHub(first):
		case registry != "":
			s.dotless(registryFrom, registry, c.Image)
		default:
			s.alone(from, repository, c.Image)
		}
	}
}

// alone looks at a repository without a registry, which is read as one of Docker Hub's. That has two levels.
func (s *subject) alone(path, repository, name string) {
	first, rest, _ := strings.Cut(repository, "/")
	switch {
	case rest == "" && isHost(first):
		s.say("repository-missing", path, fmt.Sprintf("%s is a host, and no path follows it", first))
	case strings.Contains(rest, "/"):
		s.dotless(path, first, name)
	}
}

func (s *subject) dotless(path, host, name string) {
	s.say("host-dotless", path, fmt.Sprintf("%s has no dot and no port: the image is docker.io/%s", host, name))
}

// namesHub tells the names of Docker Hub in image names.
func namesHub(host string) bool { return host == "docker.io" || host == "index.docker.io" }

// say reports what one of the table's rules finds at a key.
func (s *subject) say(rule, path, summary string, mend ...values.Change) {
	s.report(model.Problem{Rule: rule, Path: path, Summary: summary}, mend...)
}

// doubled mends a repository that begins with the whole registry; where only the host is the same, the right one of two
// paths is not known.
func (s *subject) doubled(registryFrom, from, registry, repository string) {
	summary := fmt.Sprintf("%s stands here and in %s: the image is %s/%s", registry, registryFrom, registry, repository)
	rest, whole := strings.CutPrefix(repository, registry+"/")
	if !whole {
		s.say("host-doubled", from, summary)
		return
	}
	s.say("host-doubled", from, summary, values.Change{Path: from, Value: values.Quote(rest)})
}

// isHost tells a host from an image's name: a dot between words, the last of letters, or a port.
func isHost(text string) bool {
	labels := strings.Split(text, ".")
	last := labels[len(labels)-1]
	return len(labels) > 1 && last != "" && strings.Trim(last, "abcdefghijklmnopqrstuvwxyz") == ""
}

// spellPolicy finds the policy that was meant.
func (s *subject) spellPolicy(p model.Problem) []values.Change {
	value, _ := s.values.Lookup(p.Path)
	written, _ := value.(string)
	plain := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(written))
	names := map[string]string{"always": "Always", "ifnotpresent": "IfNotPresent", "never": "Never"}
	meant := names[model.Nearest(plain, slices.Sorted(maps.Keys(names)))]
	if meant == "" {
		return nil
	}
	return []values.Change{{Path: p.Path, Value: meant}}
}
