package convert

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
)

// expressPull is the method of the new chart that gives the pods their secret, and the name of one that is there.
func (c *conversion) expressPull(want Pull) (method, name string) {
	switch {
	case want.Nothing:
		return nameless(c.to), ""
	case want.Name != "":
		if method = naming(c.to); method != "" {
			return method, want.Name
		}
		c.cannotName(want)
	case want.Method != "":
		if can(c.to, want.Method) {
			return want.Method, ""
		}
		c.cannotMake(want)
	}
	return "", ""
}

// naming is the method by which values name a secret that is there; "" when the chart has none.
func naming(p *chart.Profile) string {
	for _, m := range p.Methods {
		if m.Missing == "" && m.Script == "" && p.Writes("secret.name", m.ID) {
			return m.ID
		}
	}
	return ""
}

// nameless is the method without a secret.
func nameless(p *chart.Profile) string {
	for _, m := range p.Methods {
		if m.Missing == "" && m.Script == "" && !p.Writes("secret.name", m.ID) {
			return m.ID
		}
	}
	return ""
}

const secretLost = "pull-secret-not-carried"

// cannotName tells of a secret that the new chart has no key for. The chart's own words about the old key say why.
func (c *conversion) cannotName(want Pull) {
	c.lostPull = true
	p := model.Problem{Rule: secretLost, Severity: model.Warning, Path: want.From,
		Summary: fmt.Sprintf("chart %s can't name a secret that is there, such as %s", c.to.ID, want.Name)}
	p.Why, p.Fix = c.advice(want.From)
	c.tell(p)
}

// cannotMake tells of a secret that the new chart does not make. Its name is not used again: an upgrade deletes what
// Helm made under it.
func (c *conversion) cannotMake(want Pull) {
	c.lostPull = true
	missing := c.to.Method(want.Method).Missing
	if missing == "" {
		missing = fmt.Sprintf("chart %s does not make this pull secret", c.to.ID)
	}
	p := model.Problem{Rule: secretLost, Severity: model.Warning, Path: want.From,
		Summary: missing + " (the login here is left out)"}
	p.Why, p.Fix = c.advice(want.From)
	if naming(c.to) != "" {
		p.Why, p.Fix = "an upgrade deletes the secret that Helm made, so its name is not used again", c.makeIt()
	}
	c.tell(p)
}

// makeIt is how to make the secret that the new chart's pods name.
func (c *conversion) makeIt() string {
	return fmt.Sprintf("conductor-registry secret -f FILE --chart-version %s prints the commands, FILE being the new one",
		c.to.Version)
}

// advice is what the new chart's profile says of a key that it does not read, or else of one in the same table.
func (c *conversion) advice(path string) (why, fix string) {
	table := path[:strings.LastIndex(path, ".")+1]
	for _, p := range lint.Problems(c.to, c.values, c.to.Resolve(c.values)) {
		if p.Path == path {
			return p.Why, p.Fix
		}
		if table != "" && fix == "" && strings.HasPrefix(p.Path, table) {
			why, fix = p.Why, p.Fix
		}
	}
	return why, fix
}
