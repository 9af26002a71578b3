package inspect

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/chart"
)

// traps are the keys that a known chart reads and this one does not, by what they are for, with the keys to use
// instead.
func (l *learner) traps(learnt *chart.Profile) []chart.Trap {
	var out []chart.Trap
	for _, part := range []string{partRegistry, partRepository, partTag, partPolicy} {
		of := func(c chart.Component) chart.Chain { return parts(c)[part] }
		paths, instead := []string(nil), []string{firstShared(learnt, of)}
		for _, known := range l.options.Profiles {
			for _, c := range known.Components {
				paths = append(paths, parts(c)[part].Paths...)
			}
		}
		for _, c := range learnt.Components {
			if part == partRegistry && len(c.Registry.Paths) == 0 {
				of = repositoryOf
			}
			instead = append(instead, firstOwn(learnt, c, of))
		}
		out = append(out, l.trap("other-chart-key", Words(part), paths, instead)...)
	}
	return append(out, l.secretTraps()...)
}

// secretTraps are those of keys that name a pull secret in known charts.
func (l *learner) secretTraps() []chart.Trap {
	var names, instead []string
	for _, known := range l.options.Profiles {
		for _, rule := range known.Pulls {
			names = append(names, rule.Path)
		}
		for _, s := range known.Settings {
			if s.Value == "secret.name" {
				names = append(names, s.Path)
			}
		}
	}
	reads := l.pullKey()
	if reads != nil {
		instead = []string{reads.path}
	}
	traps := l.trap("pull-secrets-ignored", Words(partPull), names, instead)
	for i := range traps {
		if reads != nil {
			traps[i].Unless = []chart.Condition{chart.Condition(reads.path)}
		}
	}
	return traps
}

// trap is a trap for those of the paths that this chart ignores; none when it reads them all.
func (l *learner) trap(rule, what string, paths, instead []string) []chart.Trap {
	paths, instead = sorted(paths), sorted(instead)
	paths = slices.DeleteFunc(paths, func(path string) bool { return l.key(path).value != nil })
	if len(paths) == 0 {
		return nil
	}
	t := chart.Trap{Paths: paths, Rule: rule, Severity: "warning",
		Summary: fmt.Sprintf("{path} is a key of another chart version: chart %s does not read it", l.id()),
		Why:     "the " + what + " is another one", Fix: "leave it out: this chart has no key for that"}
	if len(instead) > 0 {
		t.Fix = "set " + strings.Join(instead, " or ")
	}
	return []chart.Trap{t}
}

// sorted are the paths, each once and none empty.
func sorted(paths []string) []string {
	paths = slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return path == "" })
	slices.Sort(paths)
	return slices.Compact(paths)
}

// id is what people call the version: its first two numbers.
func (l *learner) id() string {
	numbers := strings.SplitN(l.options.Chart.Version, ".", 3)
	return strings.Join(numbers[:min(2, len(numbers))], ".")
}
