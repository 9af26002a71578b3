package convert

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// tellOld tells what is wrong with the old file and so with the new one, and of keys that had no effect: those that are
// taken out, and the one whose secret is used from now on.
func (c *conversion) tellOld(want intent) {
	for _, p := range c.oldProblems() {
		if p.Severity == model.Error {
			p.Severity = model.Warning
			c.tell(p)
			continue
		}
		switch taken := slices.Contains(c.left, p.Path) || within(p.Path, c.left); {
		case want.pull.Unread && p.Path == want.pull.From:
			if c.lostPull {
				continue
			}
			p.Summary = fmt.Sprintf("%s, so it had no effect; now the pods use %s", p.Summary, want.pull.Name)
			p.Why, p.Fix = "the file names it, and no other", "leave it out of the old file if they must not"
		case !taken || c.decides(want, p.Path):
			continue
		default:
			p.Summary += ", so it is left out"
			p.Why, p.Fix = "it had no effect before", ""
		}
		p.Severity = model.Info
		c.tell(p)
	}
}

// decides tells whether a key decides any part of what the pods get.
func (c *conversion) decides(want intent, path string) bool {
	for _, w := range want.components {
		for _, p := range w.parts {
			if p.from == path {
				return true
			}
		}
	}
	return want.pull.From == path && !want.pull.Unread
}

// tellRefusals tells that a chart does not take the whole file, for what is no concern here. When the old chart does
// not, the file is one of several, and the others give what it lacks.
func (c *conversion) tellRefusals(before, after *chart.Refusal) {
	p := model.Problem{Rule: "values-incomplete", File: c.source.Name}
	says := func(r *chart.Refusal) string { return strings.ReplaceAll(r.Message, "\n", " ") }
	switch {
	case before != nil:
		p.Severity, p.Fix = model.Info, "no matter if other files are laid over it"
		p.Summary = fmt.Sprintf("chart %s does not take this file alone: %s", c.from.ID, says(before))
	case after != nil:
		p.Severity, p.Fix = model.Warning, "mend that too before you install"
		p.Summary = fmt.Sprintf("chart %s refuses the file for what is not converted: %s", c.to.ID, says(after))
	default:
		return
	}
	c.tell(p)
}

// tellRest tells what is left to do: the new chart's other keys, and what it wants to be installed with.
func (c *conversion) tellRest(data []byte) {
	if c.from.ID == c.to.ID {
		same := model.Problem{Rule: "same-keys", Severity: model.Info, File: c.source.Name,
			Summary: fmt.Sprintf("charts %s and %s read the same keys: there is nothing to convert", c.from.Version,
				c.to.Version)}
		if c.from.Version == c.to.Version {
			same.Summary = fmt.Sprintf("the file is for chart %s already", c.to.Version)
		}
		c.tell(same)
		return
	}
	note := model.Problem{Rule: "only-images", Severity: model.Info, File: c.source.Name,
		Summary: "only image and pull-secret settings were converted: the rest, such as databases and ingress, " +
			"stands as it was",
		Why: fmt.Sprintf("chart %s may have other names for it", c.to.ID),
		Fix: "compare it with the values of the new chart"}
	if unknown := c.unknown(data); len(unknown) > 0 {
		note.Fix = fmt.Sprintf("chart %s has no %s: see what it has instead", c.to.ID, strings.Join(unknown, ", "))
	}
	c.tell(note)
	if hint := c.hint(data); hint != "" {
		note := model.Problem{Rule: "install-note", Severity: model.Info, Summary: hint}
		if flags := c.to.Install.Flags(); len(flags) > 0 {
			note.Fix = "give helm " + strings.Join(flags, " ")
		}
		c.tell(note)
	}
}

// hint is what the new chart wants to be minded when it is installed with the new file.
func (c *conversion) hint(data []byte) string {
	values, err := values.Load(values.Source{Name: c.source.Name, Data: data})
	if err != nil {
		return ""
	}
	return c.to.Install.Hint(values)
}

// unknown are the top-level keys of the new file that the new chart does not have.
func (c *conversion) unknown(data []byte) []string {
	values, unread := values.Load(values.Source{Name: c.source.Name, Data: data})
	if unread != nil || len(c.to.Keys) == 0 {
		return nil
	}
	keys := slices.Sorted(maps.Keys(values.Map()))
	return slices.DeleteFunc(keys, func(key string) bool { return slices.Contains(c.to.Keys, key) })
}
