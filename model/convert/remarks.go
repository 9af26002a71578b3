package convert

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"conductor-registry/model"
)

// reportOldProblems reports what is wrong with the old file and so with the new one, and keys that had no effect: those
// that are removed, and the one whose secret the pods use from now on.
func (c *conversion) reportOldProblems(want intent) {
	for _, p := range c.old.findings() {
		isRemoved := slices.Contains(c.removed, p.Path) || isBelow(p.Path, c.removed)
		isUsedNow := want.secret.isUnread && p.Path == want.secret.from
		switch {
		case p.Severity == model.Error:
			p.Severity = model.Warning
		case isUsedNow && !c.secretLost:
			p.Severity = model.Info
			p.Summary = fmt.Sprintf("%s, so it had no effect; from now on the pods use %s", p.Summary, want.secret.name)
			p.Why, p.Fix = "the file names it, and no other", "remove it from the old file if the pods should not use it"
		case !isUsedNow && isRemoved && !want.decides(p.Path):
			p.Severity = model.Info
			p.Summary += ", so it is removed"
			p.Why, p.Fix = "it had no effect before", ""
		default:
			continue
		}
		c.report(p)
	}
}

// reportRefusals reports that a chart refuses other keys of the file. When the old chart does, the file is one of
// several, and the others give what it lacks.
func (c *conversion) reportRefusals() {
	switch {
	case c.old.refused != nil:
		c.report(c.old.incomplete())
	case c.new.refused != nil:
		p := c.new.incomplete()
		p.Severity, p.Fix = model.Warning, "fix these settings before you install"
		p.Summary = fmt.Sprintf("chart %s refuses settings that are not converted: %s", c.to.ID, oneLine(c.new.refused))
		c.report(p)
	}
}

// reportRest reports what is left to do: the new chart's other keys, and what an installation with it needs.
func (c *conversion) reportRest() {
	from, to := c.old.profile, c.to
	if c.isSameChart() {
		p := model.Problem{Rule: "same-keys", Severity: model.Info, File: c.old.file.Name,
			Summary: fmt.Sprintf("there is nothing to convert: charts %s and %s read the same keys", from.Version, to.Version)}
		if from.Version == to.Version {
			p.Summary = fmt.Sprintf("the file is for chart %s already", to.Version)
		}
		c.report(p)
		return
	}
	p := model.Problem{Rule: "only-images", Severity: model.Info, File: c.old.file.Name,
		Summary: "only image and pull-secret settings are converted: others, such as databases and ingress, are unchanged",
		Why: fmt.Sprintf(
			"chart %s may have other names for them",
			to.ID,
		), Fix: "compare them with the values of the new chart"}
	if unknown := c.unknownKeys(); len(unknown) > 0 {
		p.Fix = fmt.Sprintf("chart %s does not have %s: find what it has instead", to.ID, strings.Join(unknown, ", "))
	}
	c.report(p)
	if hint := to.Install.Hint(c.new.values); hint != "" {
		p := model.Problem{Rule: "install-note", Severity: model.Info, Summary: hint}
		if flags := to.Install.Flags(); len(flags) > 0 {
			p.Fix = "add " + strings.Join(flags, " ") + " to the helm command"
		}
		c.report(p)
	}
}

// reportComments reports the lines of comments that are removed with a value.
func (c *conversion) reportComments() {
	left := map[string]int{}
	for _, comment := range c.new.file.Comments() {
		left[comment.Text]++
	}
	var lost []string
	own := c.ownComments()
	for _, comment := range c.old.file.Comments() {
		isOwn := slices.Contains(own, strings.TrimSpace(strings.TrimPrefix(comment.Text, "#")))
		left[comment.Text]--
		if left[comment.Text] < 0 && !isOwn {
			lost = append(lost, strconv.Itoa(comment.Line))
		}
	}
	if len(lost) > 0 {
		c.report(model.Problem{Rule: "comments-removed", Severity: model.Info, File: c.old.file.Name,
			Summary: "comments are removed with their values, on lines " + strings.Join(lost, ", "),
			Fix:     "copy those that are still true"})
	}
}

// unknownKeys returns the top-level keys of the new file that the new chart does not have.
func (c *conversion) unknownKeys() []string {
	if len(c.to.Keys) == 0 {
		return nil
	}
	keys := slices.Sorted(maps.Keys(c.new.values.Tree()))
	return slices.DeleteFunc(keys, func(key string) bool { return slices.Contains(c.to.Keys, key) })
}

// reportMissing reports the answers that are still missing, unless they are reported as lost.
func (a *adoption) reportMissing(problems model.Problems) {
	for _, p := range problems {
		if len(a.lost) > 0 && strings.HasPrefix(p.Path, "registry.") {
			continue
		}
		a.report(model.Problem{Rule: "answer-missing", Severity: model.Warning, Summary: p.Path + ": " + p.Summary,
			Fix: p.Fix})
	}
}

// reportRewrites reports the keys that the answers write in another way than the file, and other keys that the chart
// refuses.
func (a *adoption) reportRewrites() {
	changed, added, _ := a.rewrites(a.answers)
	for _, w := range changed {
		a.report(model.Problem{Rule: "key-rewritten", Severity: model.Info, Path: w.Path,
			Summary: "the answers write this key as " + w.Text})
	}
	var defaults, others []string
	for _, w := range added {
		if w.Is(a.profile.Default(w.Path)) {
			defaults = append(defaults, w.Path)
		} else {
			others = append(others, w.Path)
		}
	}
	a.reportAdded(defaults, "with the chart's default")
	a.reportAdded(others, "from the answers")
	if a.old.refused != nil {
		a.report(a.old.incomplete())
	}
}

// reportAdded reports the keys that the answers add to the file.
func (a *adoption) reportAdded(keys []string, how string) {
	verb := "is"
	if len(keys) > 1 {
		verb = "are"
	}
	if len(keys) > 0 {
		a.report(model.Problem{Rule: "keys-added", Severity: model.Info,
			Summary: fmt.Sprintf("%s %s added, %s", model.List(keys), verb, how)})
	}
}
