// Package report prints problems, findings, resolutions and presets as text, SARIF and annotations. The text is aligned,
// has no colour and can be read line by line. The package decides nothing.
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

// Resolution prints the image, pull policy and pull secrets of each component with the keys that decided them, then the
// problems.
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
		fmt.Fprintf(w, "pull secrets that the chart creates: %s\n", createdSecrets(r))
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

// shown returns a value as text, and "-" for an empty one so that the columns stay aligned.
func shown(value any) string {
	if text := fmt.Sprint(value); value != nil && text != "" {
		return text
	}
	return "-"
}

// createdSecrets returns the names of the pull secrets that the chart creates.
func createdSecrets(r *chart.Resolution) string {
	var names []string
	for _, s := range r.Secrets {
		names = append(names, shown(s.Name))
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
