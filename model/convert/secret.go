package convert

import (
	"fmt"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
)

const secretPart = "pullSecret"

// pullSecret answers how the pods log in, and with it the pattern. A secret that is named where the chart does not read
// it was meant.
func (a *adoption) pullSecret() {
	name, origin := a.secretName()
	best := a.closest(name)
	if best == nil && a.file.Pull.Unread {
		a.lose(secretPart, origin, fmt.Sprintf("the file names the pull secret %s, which chart %s neither reads there nor "+
			"can use", name, a.result.Profile.ID), nil)
		a.file.Pull = Pull{}
		best = a.closest("")
	}
	if best == nil {
		a.lose(secretPart, origin, "this chart has no answer that leads to the pull secret "+name, nil)
		return
	}
	a.answers = best
	a.origins["pullSecret.method"], a.origins["pullSecret.name"] = origin, origin
	if a.file.Pull.Unread {
		a.lost[secretPart] = true
		a.tell(model.Problem{Rule: "pull-secret-meant", Severity: model.Warning, Path: origin,
			Summary: fmt.Sprintf("the file names the pull secret %s in a key that chart %s does not read; the answers make "+
				"the pods use it", name, a.result.Profile.ID),
			Fix: "answer another one if they must not"})
	}
}

// closest are the answers with the pattern and the method that leave most keys of the file as they are; nil when no
// method is like the file's. Name is that of the pull secret.
func (a *adoption) closest(name string) *answers.Answers {
	var best *answers.Answers
	fewest := 0
	for _, pattern := range a.result.Profile.Patterns {
		for _, method := range a.result.Profile.Methods {
			if pattern.Missing != "" || method.Missing != "" || !a.mayBe(method) {
				continue
			}
			tried := a.answers.Clone()
			tried.Set("pattern", pattern.ID)
			tried.Set("pullSecret.method", method.ID)
			if a.result.Profile.Writes("secret.name", method.ID) {
				tried.Set("pullSecret.name", name)
			}
			if n := len(a.differing(tried)); best == nil || n < fewest {
				best, fewest = tried, n
			}
		}
	}
	return best
}

// secretName is the pull secret that is to be named, and the key that names it.
func (a *adoption) secretName() (name, origin string) {
	first := a.file.Resolution.Components[a.result.Profile.Components[0].Name]
	if len(first.PullSecrets) > 0 {
		name = fmt.Sprint(first.PullSecrets[0])
	}
	if a.file.Pull.Name != "" {
		name = a.file.Pull.Name
	}
	if origin = a.file.Pull.From; origin == "" {
		origin = first.Trace.PullSecrets.From
	}
	return name, origin
}

// mayBe tells whether a method is one by which the file's pull secret comes about: that of the login in the file, else
// one that names a secret, unless the pods need none named: they name none, or one that the chart makes by itself.
func (a *adoption) mayBe(m chart.Option) bool {
	switch {
	case a.file.Pull.Method != "":
		return m.ID == a.file.Pull.Method
	case m.Script != "" && m.Script != secret.Kubectl:
		return false
	}
	name, _ := a.secretName()
	isNamed := a.file.Pull.Name != "" || name != "" && !a.file.Made
	return a.result.Profile.Writes("secret.name", m.ID) == isNamed
}

// differing are the keys that answers write and the file has not so, and those of the file that they leave out.
func (a *adoption) differing(given *answers.Answers) []string {
	var out []string
	written := map[string]bool{}
	for _, w := range plan.Keys(a.catalog, given) {
		written[w.Path] = true
		if value, ok := a.file.Values.Lookup(w.Path); !ok || !w.Is(value) {
			out = append(out, w.Path)
		}
	}
	for _, path := range a.result.Profile.SetKeys() {
		if _, ok := a.file.Values.Lookup(path); ok && !written[path] {
			out = append(out, path)
		}
	}
	return out
}
