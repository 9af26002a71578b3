package convert

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
)

// prove compares what the pods get from the new file with what the old one decided, as far as the new chart has keys
// for it.
func (c *conversion) prove(want intent) {
	var changed []string
	for _, w := range want.components {
		got := c.after.Components[w.name]
		now := map[string]string{imagePart: withoutTag(got), tagPart: fmt.Sprint(got.Trace.Tag.Value),
			policyPart: fmt.Sprint(got.PullPolicy)}
		for _, name := range partNames() {
			was := w.parts[name]
			switch {
			case was.text == now[name]:
			case was.from == "":
				changed = append(changed, fmt.Sprintf("the %s of %s, from %s to %s", words(name), w.name, was.text, now[name]))
			default:
				c.tell(model.Problem{Rule: "not-carried", Severity: model.Warning, Path: was.from,
					Summary: fmt.Sprintf("the %s of %s becomes %q and was %q", words(name), w.name, now[name], was.text),
					Why:     fmt.Sprintf("chart %s can't be given it", c.to.ID), Fix: "change it in the old file first"})
			}
		}
	}
	if len(changed) > 0 {
		c.tell(model.Problem{Rule: "chart-default-changes", Severity: model.Info, File: c.source.Name,
			Summary: "what the file leaves to the chart changes with it: " + strings.Join(changed, ", "),
			Fix:     "set it if it is to stay"})
	}
	c.provePull(want.pull)
}

func words(part string) string {
	if part == policyPart {
		return "pull policy"
	}
	return part
}

// provePull compares the pull secrets. One that the old file leaves to the chart may still be one that people made.
func (c *conversion) provePull(want Pull) {
	first := c.from.Components[0].Name
	was, now := c.before.Components[first].PullSecrets, c.after.Components[first].PullSecrets
	same := reflect.DeepEqual(was, now)
	if want.Unread {
		same = len(now) == 1 && fmt.Sprint(now[0]) == want.Name
	}
	switch {
	case same || c.lostPull:
	case want.Nothing:
		c.tell(model.Problem{Rule: secretLost, Severity: model.Warning, Path: want.From,
			Summary: fmt.Sprintf("the pods name no pull secret, and with chart %s they name %v", c.to.ID, now[0]),
			Why:     c.to.Method(nameless(c.to)).Note, Fix: "let the nodes pull by their own identity"})
	case want != Pull{}:
		c.tell(model.Problem{Rule: secretLost, Severity: model.Warning, Path: want.From,
			Summary: fmt.Sprintf("the pull secret becomes %v and was %v", now, was), Fix: "name another secret"})
	default:
		c.tell(c.otherDefault(was, now))
	}
}

// otherDefault is the problem of pods that log in by another secret because the file leaves that to the chart.
func (c *conversion) otherDefault(was, now []any) model.Problem {
	p := model.Problem{Rule: "pull-secret-default", Severity: model.Warning, File: c.source.Name,
		Summary: fmt.Sprintf("the file leaves the pull secret to the chart, which is %s with chart %s and %s with chart %s",
			owner(c.before, was), c.from.ID, owner(c.after, now), c.to.ID)}
	switch key := c.keyOf("secret.name"); {
	case len(now) > 0 && !isMade(c.after, now[0]):
		p.Fix = c.makeIt() + c.orNone()
	case key != "" && naming(c.to) != "":
		p.Fix = "to go on with yours, name it in " + c.namingKey()
	default:
		p.Fix = "give Helm the login at install time, in " + firstLoginTable(c.to)
	}
	return p
}

// orNone is how to name no secret, where the new chart can.
func (c *conversion) orNone() string {
	for _, s := range c.to.Settings {
		if s.Literal != nil && slices.Contains(s.Methods, nameless(c.to)) {
			return fmt.Sprintf("; if nodes pull by their own identity, set %s to %q", s.Path, s.Literal)
		}
	}
	return ""
}

// firstLoginTable is where the chart's first method with a login has it.
func firstLoginTable(p *chart.Profile) string {
	for _, m := range p.Methods {
		if table := loginTable(p, m.ID); table != "" {
			return table
		}
	}
	return "its values"
}

// owner words a secret with who makes it.
func owner(r *chart.Resolution, names []any) string {
	switch {
	case len(names) == 0:
		return "none"
	case isMade(r, names[0]):
		return fmt.Sprintf("%v, made by Helm,", names[0])
	}
	return fmt.Sprintf("%v, which you make,", names[0])
}

// namingKey is the key of the new chart that names a secret.
func (c *conversion) namingKey() string {
	for _, s := range c.to.Settings {
		if s.Value == "secret.name" && s.Applies("", naming(c.to)) {
			return s.Path
		}
	}
	return ""
}
