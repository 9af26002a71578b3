// Package report words results as text for people: aligned, readable line by line, without colour. It never decides
// anything.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"conductor-registry/model"
	"conductor-registry/model/chart"
)

// Resolution prints what each pod gets and the key that decided each part, then the problems.
func Resolution(w io.Writer, r *chart.Resolution, problems model.Problems) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, name := range sortedComponents(r) {
		c := r.Components[name]
		fmt.Fprintf(t, "%s\t%s\n", name, c.Image)
		for _, part := range []struct {
			name   string
			origin chart.Origin
		}{{"registry", c.Trace.Registry}, {"repository", c.Trace.Repository}, {"tag", c.Trace.Tag},
			{"pull policy", c.Trace.PullPolicy}, {"pull secret", c.Trace.PullSecrets}} {
			if part.origin.From != "" {
				fmt.Fprintf(t, "  %s\t%s\t%s\n", part.name, shown(part.origin.Value), part.origin.From)
			}
		}
		fmt.Fprintln(t)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if r.Error == nil {
		fmt.Fprintf(w, "pull secrets that the chart makes: %s\n", made(r))
	}
	return Problems(w, problems)
}

func sortedComponents(r *chart.Resolution) []string {
	var names []string
	for name := range r.Components {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// shown is a value as text; nothing is a dash, so that the columns stay.
func shown(value any) string {
	if text := fmt.Sprint(value); value != nil && text != "" {
		return text
	}
	return "-"
}

func made(r *chart.Resolution) string {
	var names []string
	for _, s := range r.Secrets {
		names = append(names, shown(s.Name))
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
