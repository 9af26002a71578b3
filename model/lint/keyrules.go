package lint

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// keyRules are about keys that the chart does not read. Which those are is the profile's.
func keyRules() []Rule {
	return []Rule{
		{
			ID: "other-chart-key", Severity: model.Warning, Title: "a key of another version of the chart",
			Why:  "the chart ignores it without a word, and the pods get something else",
			Fix:  "write this version's key; conductor-registry convert does it for the whole file",
			find: (*subject).fromProfile,
		},
		{
			ID: "misspelt-key", Severity: model.Warning, Title: "a key that the chart has not, and nearly has",
			Why: "the chart ignores it without a word", Fix: "write the key that was meant", Mends: true,
			find: (*subject).misspelt,
		},
		{
			ID: "pull-secrets-ignored", Severity: model.Warning, Title: "a pull secret named where the chart does not look",
			Why: "the pods use another secret and can't log in to your registry: ImagePullBackOff",
			Fix: "name the secret in the key that the chart reads", Mends: true, mend: (*subject).nameSecret,
		},
		{
			ID: "key-ignored", Severity: model.Warning,
			Title: "a key that is documented, or that other charts have, and is not read",
			Why:   "it has no effect", Fix: "set the key that is read",
		},
		{
			ID: "key-without-effect", Severity: model.Info, Title: "a key that does nothing, and whose absence does nothing",
			Why: "it misleads whoever reads the file", Fix: "leave it out", Mends: true, mend: (*subject).drop,
		},
		{
			ID: "image-credentials-always-on", Severity: model.Warning, Title: "imageCredentials can't be switched off",
			Why: "the chart makes its secret orkesregistry all the same, and the pods use it",
			Fix: "name a secret of your own, where the chart can",
		},
		{
			ID: "custom-pull-secrets-ignored", Severity: model.Warning, Title: "customImagePullSecrets without effect",
			Why: "it is not enabled, or existingImagePullSecret comes first", Fix: "enable it, or leave out one of the two",
		},
		{
			ID: "shadowed-by-default", Severity: model.Warning, Title: "a value that the chart's own default hides",
			Why: "the chart has a default for a key that comes first, so this one never counts",
			Fix: "set the keys that come first", Mends: true, mend: (*subject).setWinners,
		},
		{
			ID: "template-in-value", Severity: model.Warning, Title: "a template in a value that the chart runs",
			Why: "only Helm knows what it gives", Fix: "write the text itself, or look with conductor-registry verify",
		},
		{
			ID: "trust-store-for-pulls", Severity: model.Info, Title: "a trust store, which does not help pulling images",
			Why: "the node's container runtime pulls them", Fix: "install the CA of your registry on the nodes",
		},
		{
			ID: "workers-find-no-server", Severity: model.Warning, Title: "the workers look for a Service that does not exist",
			Why: "chart 2.8 names the Service by fullnameOverride, and tells the workers server.name",
			Fix: "set fullnameOverride to the value of server.name",
		},
	}
}

// fromProfile takes over what the profile finds: keys that it knows not to be read, and what it says of installing.
func (s *subject) fromProfile() {
	problems := Problems(s.Profile, s.values, s.resolution)
	_, advice := s.Profile.Triggered(s.values)
	for _, t := range advice {
		problems = append(problems, trapProblem(t))
	}
	for _, p := range problems {
		var mend []values.Change
		if rule, ok := Find(p.Rule); ok && rule.mend != nil {
			mend = rule.mend(s, p)
		}
		s.report(p, mend...)
	}
}

// trap is the profile's entry that a problem comes from.
func (s *subject) trap(p model.Problem) chart.Trap {
	at := slices.IndexFunc(s.Profile.Traps, func(t chart.Trap) bool {
		return t.Rule == p.Rule && slices.Contains(t.Paths, p.Path)
	})
	if at < 0 {
		return chart.Trap{}
	}
	return s.Profile.Traps[at]
}

// nameSecret sets the key that is read to the one secret that the ignored key names.
func (s *subject) nameSecret(p model.Problem) []values.Change {
	value, _ := s.values.Lookup(p.Path)
	if list, ok := value.([]any); ok && len(list) == 1 {
		value = list[0]
	}
	if table, ok := value.(map[string]any); ok {
		value = table["name"]
	}
	name, isText := value.(string)
	reads := s.trap(p).Secret
	if _, taken := s.values.Lookup(reads); !isText || name == "" || reads == "" || taken {
		return nil
	}
	return []values.Change{{Path: reads, Value: values.Quote(name)}}
}

func (s *subject) drop(p model.Problem) []values.Change {
	if !s.trap(p).Drop {
		return nil
	}
	return []values.Change{{Path: p.Path, Remove: true}}
}

// setWinners gives the value to each key whose default hides it.
func (s *subject) setWinners(p model.Problem) []values.Change {
	value, _ := s.values.Lookup(p.Path)
	text, isText := value.(string)
	if !isText {
		return nil
	}
	var out []values.Change
	for _, c := range s.Profile.Components {
		for _, chain := range []chart.Chain{c.Registry, c.Repository, c.Tag, c.PullPolicy} {
			at := slices.Index(chain.Paths, p.Path)
			if at < 1 {
				continue
			}
			if _, set := s.values.Lookup(chain.Paths[0]); !set {
				out = append(out, values.Change{Path: chain.Paths[0], Value: values.Quote(text)})
			}
		}
	}
	return out
}

// misspelt looks at the tables that images are set in, and at the top: there all keys of the chart are known.
func (s *subject) misspelt() {
	elsewhere := sync.OnceValue(s.keysOfOthers)
	for _, f := range s.files {
		for at := range f.entries() {
			table, key := cut(at.path)
			siblings := below(table, s.Profile.Keys)
			meant := nearest(key, siblings)
			if meant == "" || meant == key || elsewhere()[at.path] {
				continue
			}
			path := strings.TrimPrefix(table+"."+meant, ".")
			p := model.Problem{File: f.name, Line: at.key.Line, Path: at.path,
				Summary: fmt.Sprintf("chart %s has no key %s", s.Profile.ID, at.path), Fix: "did you mean " + path + "?"}
			if _, taken := s.values.Lookup(path); taken {
				s.report(p)
				continue
			}
			s.report(p, values.Change{Path: at.path, Rename: meant})
		}
	}
}

// keysOfOthers are the keys that other charts read or that a trap speaks of: they are no slips.
func (s *subject) keysOfOthers() map[string]bool {
	out := map[string]bool{}
	for _, profile := range s.Charts {
		for _, key := range profile.Keys {
			out[key] = true
		}
		for _, trap := range profile.Traps {
			for _, path := range trap.Paths {
				for ; path != ""; path, _ = cut(path) {
					out[path] = true
				}
			}
		}
	}
	return out
}

// below are the keys of a table among paths.
func below(table string, paths []string) []string {
	var out []string
	for _, path := range paths {
		if in, key := cut(path); in == table {
			out = append(out, key)
		}
	}
	return out
}

// cut takes the last key off a path.
func cut(path string) (table, key string) {
	i := strings.LastIndexByte(path, '.')
	return path[:max(0, i)], path[i+1:]
}

// nearest is the key that was meant: itself, the same but for case, or a near one; "" when none is near.
func nearest(key string, keys []string) string {
	if slices.Contains(keys, key) {
		return key
	}
	for _, k := range keys {
		if strings.EqualFold(k, key) {
			return k
		}
	}
	return model.Nearest(key, keys)
}
