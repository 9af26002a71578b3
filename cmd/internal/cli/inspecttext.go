package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/redact"
	"conductor-registry/ui/report"
	"conductor-registry/verify/inspect"
)

// widestKey is the widest column of keys. A longer key has a line of its own, so that what it reaches has room beside it.
const widestKey = 40

// printInspected prints the keys by state, what each reaches and, below it, what limits it.
func printInspected(w io.Writer, r *inspect.Report) error {
	t := &inspectText{width: len("KEY")}
	for _, k := range r.Keys {
		t.width = min(max(t.width, len(k.Path)), widestKey)
	}
	t.row("KEY", "STATE", "REACHES")
	state := inspect.Read
	for _, k := range r.Keys {
		if k.State != state {
			t.b.WriteString("\n")
			state = k.State
		}
		t.key(k)
	}
	t.b.WriteString("\n")
	for _, c := range r.Components {
		t.write(fmt.Sprintf("%s (%s %s) runs %s, pull policy %s, pull secret %s", c.Name, c.Kind, c.Pod, c.Image,
			cmp.Or(c.PullPolicy, "-"), cmp.Or(strings.Join(c.PullSecrets, ", "), "-")), "")
	}
	for _, s := range r.Secrets {
		when := strings.Join(s.When, " and ")
		t.write("creates the pull secret "+cmp.Or(s.Name, "named in "+s.Path)+prefixed(" while ", when), "")
	}
	if len(r.Placeholders) > 0 {
		t.write("used placeholders for "+model.List(r.Placeholders)+", which this chart requires", "")
	}
	t.b.WriteString("\n")
	t.verdict(r)
	_, err := io.WriteString(w, t.b.String())
	return err
}

// inspectText builds the output.
type inspectText struct {
	b     strings.Builder
	width int // of the column of keys
}

func (t *inspectText) row(key, state, reaches string) {
	if len(key) > t.width {
		fmt.Fprintln(&t.b, redact.Visible(key))
		key = ""
	}
	line := redact.Visible(fmt.Sprintf("%-*s  %-8s  %s", t.width, key, state, reaches))
	fmt.Fprintln(&t.b, strings.TrimRight(line, " "))
}

// write wraps a text to the width of help. Its lines are indented, those after the first by two more cells.
func (t *inspectText) write(text, indent string) {
	lines := report.Wrap(text, helpWidth-len(indent)-2)
	t.b.WriteString(indent + strings.Join(lines, "\n"+indent+"  ") + "\n")
}

func (t *inspectText) key(k inspect.Key) {
	lines := report.Wrap(strings.Join(grouped(k.Reaches), ", "), helpWidth-t.width-12)
	t.row(k.Path, string(k.State), lines[0])
	for _, line := range lines[1:] {
		t.row("", "", line)
	}
	for _, note := range notes(k) {
		t.write(note, "    ")
	}
}

// grouped returns the parts that a key reaches, with their components.
func grouped(reaches []inspect.Reach) []string {
	var names []string
	components := map[string][]string{}
	for _, r := range reaches {
		if !slices.Contains(names, r.Name) {
			names = append(names, r.Name)
		}
		if r.Component != "" {
			components[r.Name] = append(components[r.Name], r.Component)
		}
	}
	var out []string
	for _, name := range names {
		out = append(out, inspect.Words(name)+prefixed(" of ", strings.Join(components[name], ", ")))
	}
	return out
}

// notes returns what limits a key.
func notes(k inspect.Key) []string {
	var after, hidden []string
	for _, r := range k.Reaches {
		hidden = append(hidden, r.HiddenBy...)
		after = append(after, slices.DeleteFunc(slices.Clone(r.After), func(path string) bool {
			return slices.Contains(r.HiddenBy, path)
		})...)
	}
	refused := "a number is refused: "
	if k.State == inspect.Refused {
		refused = "helm: "
	}
	notes := []string{prefixed("only if ", k.Needs), prefixed("hidden by the default of ", listed(hidden)),
		prefixed("overridden by ", listed(after)), prefixed("must not be empty: ", k.Mandatory), prefixed(refused, k.Said)}
	return slices.DeleteFunc(notes, func(note string) bool { return note == "" })
}

// listed returns names as a list for people, each once.
func listed(names []string) string {
	slices.Sort(names)
	return model.List(slices.Compact(names))
}

// verdict writes which known chart behaves the same.
func (t *inspectText) verdict(r *inspect.Report) {
	name := fmt.Sprintf("%s %s", r.Chart.Name, r.Chart.Version)
	if len(r.Like.Differences) == 0 {
		t.write(fmt.Sprintf("%s behaves like the known chart %s.", name, r.Like.Profile), "")
		return
	}
	for _, d := range r.Like.Differences {
		t.write("- "+d, "")
	}
	t.write(
		fmt.Sprintf("%s behaves like no known chart: the nearest, %s, has the %d differences above.", name, r.Like.Profile,
			len(r.Like.Differences)),
		"",
	)
}
