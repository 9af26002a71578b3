package answers

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/registry"
)

// Catalog holds the registries and charts to choose from.
type Catalog struct {
	Registries *registry.Catalog
	Charts     *chart.Catalog
	SchemaURL  string // the web address of the schema of answers files, or "" when it is not published
}

// Load decodes every registry and chart. The error names the file and line of a mistake.
func (c *Catalog) Load() error {
	if _, err := c.Registries.All(); err != nil {
		return err
	}
	return c.Charts.Load()
}

// Chart returns the chart with an id such as 2.8, or the release with a version such as 2.7.40. The error reads on from
// the name of an answer or a flag.
func (c *Catalog) Chart(id string) (*chart.Profile, error) {
	p, err := c.Charts.Release(id)
	if p == nil && err == nil {
		err = c.unknownChart(id)
	}
	return p, err
}

// unknownChart returns an error that lists the charts and the one that may have been meant.
func (c *Catalog) unknownChart(id string) error {
	known := c.Charts.IDs()
	near := model.Nearest(id, known)
	if near == "" && strings.Count(id, ".") > 1 {
		near = chart.Nearest(c.Charts.All(), id).ID
	}
	if near != "" {
		near = "; did you mean " + near + "?"
	}
	return fmt.Errorf("%q is not one of %s, nor one of their releases, such as %s%s", id, strings.Join(known, ", "),
		c.Charts.Default().Version, near)
}

// Profile returns the chart that is answered for an environment ("" is all), or the default one where that is missing
// or wrong.
func (c *Catalog) Profile(a *Answers, environment string) *chart.Profile {
	if id := a.Lookup(Path{Environment: environment, Leaf: "chart"}).Text; id != "" {
		if p, err := c.Chart(id); err == nil {
			return p
		}
	}
	return c.Charts.Default()
}

// Components returns the names of the chart's components, in the order of its profile.
func (c *Catalog) Components(a *Answers) []string { return c.Profile(a, "").ComponentNames() }

// Field returns the question for a path. The error reads on from the path, and names the one that may have been meant.
func (c *Catalog) Field(a *Answers, path string) (Field, error) {
	q, at, err := c.place(a).find(ParsePath(path))
	if err != nil {
		return Field{}, err
	}
	return q.field(at), nil
}

// Fields returns the questions to ask, given what is answered so far, in order. A list with one possible choice is not a
// question.
func (c *Catalog) Fields(a *Answers) []Field {
	var fields []Field
	at := c.place(a)
	for _, path := range at.asked() {
		if q, at, err := at.find(path); err == nil {
			if f := q.field(at); !f.isSettled(a.Get(path.String())) {
				fields = append(fields, f)
			}
		}
	}
	return fields
}
