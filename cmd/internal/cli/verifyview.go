package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"conductor-registry/model/chart"
	"conductor-registry/verify"
)

// tellVerified prints the comparison key by key: what both say once, what they differ in twice.
func tellVerified(w io.Writer, profile *chart.Profile, r *verify.Report) error {
	if r.Refusals != nil {
		return tellRefusals(w, profile, r)
	}
	var table strings.Builder
	t := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	for i, f := range r.Fields {
		if i > 0 && f.Name != r.Fields[i-1].Name && f.Component != r.Fields[i-1].Component {
			fmt.Fprintln(t)
		}
		label := strings.TrimSpace(f.Component + " " + map[string]string{"image": "image", "pullPolicy": "pull policy",
			"pullSecrets": "pull secrets", "secrets": "pull secrets that the chart makes"}[f.Name])
		if f.Agrees {
			fmt.Fprintf(t, "ok      %s\t%s\t%s\n", label, spoken(f.Rendered), f.From)
			continue
		}
		fmt.Fprintf(t, "DIFFERS %s\t%s\thelm renders\n", label, spoken(f.Rendered))
		fmt.Fprintf(t, "        \t%s\tresolve says, from %s\n", spoken(f.Resolved), or(f.From, "the chart"))
	}
	for _, o := range r.Others {
		known := "no component: resolve says nothing of it"
		if o.Known {
			known = "an image of a component"
		}
		fmt.Fprintf(t, "also    %s %s, container %s\t%v\t%s\n", o.Kind, o.Name, o.Container, o.Image, known)
	}
	_ = t.Flush() // it writes to memory
	for line := range strings.Lines(table.String()) {
		fmt.Fprintln(w, strings.TrimRight(line, " \n"))
	}
	differ := len(slices.DeleteFunc(slices.Clone(r.Fields), func(f verify.Field) bool { return f.Agrees }))
	verdict := "agrees"
	if differ > 0 {
		verdict = fmt.Sprintf("differs in %d of %d", differ, len(r.Fields))
	}
	_, err := fmt.Fprintf(w, "\nhelm %s, chart %s %s: %s\n", r.Helm, r.Chart.Name, r.Chart.Version, verdict)
	return err
}

// tellRefusals says who refuses the values, helm in its own words.
func tellRefusals(w io.Writer, profile *chart.Profile, r *verify.Report) error {
	say := func(refusal *chart.Refusal) string {
		if refusal == nil {
			return "takes these values"
		}
		return "refuses them (" + refusal.Kind + "): " + strings.ReplaceAll(refusal.Message, "\n", "\n    ")
	}
	lines := []string{"helm " + r.Helm + " " + say(r.Refusals.Helm), "resolve " + say(r.Refusals.Resolve)}
	for _, file := range profile.Install.Files {
		if r.Refusals.Helm != nil && strings.Contains(r.Refusals.Helm.Message, file.Path) {
			lines = append(lines, fmt.Sprintf("hint: add --set-file %s=FILE, as for the installation", file.Path))
		}
	}
	if !r.Agrees {
		lines = append(lines, "DIFFERS one of them is wrong about this chart")
	}
	_, err := fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}

// spoken is a value as text: a list by its items, nothing as a dash.
func spoken(value any) string {
	if list, ok := value.([]any); ok {
		var items []string
		for _, item := range list {
			items = append(items, spoken(item))
		}
		return or(strings.Join(items, ", "), "none")
	}
	if value == nil || value == "" {
		return "-"
	}
	return fmt.Sprint(value)
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
