package convert

import (
	"cmp"
	"fmt"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
)

// lostSecret is the name of the pull secret in lost.
const lostSecret = "pullSecret"

// answerPullSecret answers the pull-secret method, and with it the pattern. A secret that the file names where the chart
// does not read it is taken to be meant.
func (a *adoption) answerPullSecret() {
	name, origin := a.secretName()
	best := a.closest(name)
	if best == nil && a.secret.isUnread {
		a.reportLost(lostSecret, origin, fmt.Sprintf("the file names the pull secret %s in a key that chart %s does not "+
			"read, and the chart has no other key for it", name, a.profile.ID), nil)
		a.secret = pullSecret{}
		best = a.closest("")
	}
	if best == nil {
		a.reportLost(lostSecret, origin, fmt.Sprintf("no answer leads to the pull secret %s with this chart", name), nil)
		return
	}
	a.answers = best
	a.origins["pullSecret.method"], a.origins["pullSecret.name"] = origin, origin
	if a.secret.isUnread {
		a.lost[lostSecret] = true
		a.report(model.Problem{Rule: "pull-secret-meant", Severity: model.Warning, Path: origin,
			Summary: fmt.Sprintf("the file names the pull secret %s in a key that chart %s does not read; with these answers "+
				"the pods use it", name, a.profile.ID),
			Fix: "choose another pull secret if they should not"})
	}
}

// closest returns the answers with the pattern and the method that leave most keys of the file as they are; nil when no
// method gives the pods this secret. Name is that of the pull secret.
func (a *adoption) closest(name string) *answers.Answers {
	var best *answers.Answers
	fewest := 0
	for _, pattern := range a.profile.Patterns {
		for _, method := range a.profile.Methods {
			if pattern.Missing != "" || method.Missing != "" || !a.fits(method) {
				continue
			}
			tried := a.answers.Clone()
			tried.Set("pattern", pattern.ID)
			tried.Set("pullSecret.method", method.ID)
			if a.profile.Writes(nameFact, method.ID) {
				tried.Set("pullSecret.name", name)
			}
			changed, added, removed := a.rewrites(tried)
			if n := len(changed) + len(added) + removed; best == nil || n < fewest {
				best, fewest = tried, n
			}
		}
	}
	return best
}

// secretName returns the pull secret that the answers are to name, and the key that names it in the file.
func (a *adoption) secretName() (name, key string) {
	names, origin := a.old.pullSecrets()
	if len(names) > 0 {
		name = fmt.Sprint(names[0])
	}
	return cmp.Or(a.secret.name, name), cmp.Or(a.secret.from, origin.From)
}

// fits reports whether a method gives the pods the file's pull secret: that of the credentials in the file, else one
// that names a secret, or names none when the pods have none or one that the chart creates by itself.
func (a *adoption) fits(m chart.Option) bool {
	if a.secret.method != "" {
		return m.ID == a.secret.method
	}
	names, _ := a.old.pullSecrets()
	isNamed := a.secret.name != "" || len(names) > 0 && names[0] != "" && !a.old.creates(names[0])
	return !helmCreates(m) && a.profile.Writes(nameFact, m.ID) == isNamed
}

// rewrites returns the keys that answers change in the file and add to it, and how many they remove.
func (a *adoption) rewrites(given *answers.Answers) (changed, added []plan.KeyValue, removed int) {
	isWritten := map[string]bool{}
	for _, w := range plan.Keys(a.catalog, given) {
		isWritten[w.Path] = true
		value, isSet := a.old.values.Lookup(w.Path)
		switch {
		case !isSet:
			added = append(added, w)
		case !w.Is(value):
			changed = append(changed, w)
		}
	}
	for _, path := range a.profile.SetKeys() {
		if a.old.sets(path) && !isWritten[path] {
			removed++
		}
	}
	return changed, added, removed
}
