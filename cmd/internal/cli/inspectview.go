package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/ui/report"
	"conductor-registry/verify/inspect"
)

// tellInspected prints the keys by what becomes of them, what each reaches, and below it why not more.
func tellInspected(w io.Writer, r *inspect.Report) error {
	t := &inspection{width: len("KEY")}
	for _, k := range r.Keys {
		t.width = max(t.width, len(k.Path))
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
		t.say(fmt.Sprintf("%s (%s %s) runs %s, pull policy %s, pull secret %s", c.Name, c.Kind, c.Pod, c.Image,
			or(c.PullPolicy, "-"), or(strings.Join(c.PullSecrets, ", "), "-")), "")
	}
	for _, s := range r.Secrets {
		when := strings.Join(s.When, " and ")
		t.say("makes the pull secret "+or(s.Name, "named in "+s.Path)+ifAny(" while ", when), "")
	}
	if len(r.StandIns) > 0 {
		t.say("stood in for "+strings.Join(r.StandIns, " and ")+", which this chart requires", "")
	}
	t.b.WriteString("\n")
	t.verdict(r)
	_, err := io.WriteString(w, t.b.String())
	return err
}

// inspection is the text so far.
type inspection struct {
	b     strings.Builder
	width int // of the column of keys
}

func (t *inspection) row(key, state, reaches string) {
	fmt.Fprintf(&t.b, "%s\n", strings.TrimRight(fmt.Sprintf("%-*s  %-8s  %s", t.width, key, state, reaches), " "))
}

// say wraps a text to the width of help, each line indented.
func (t *inspection) say(text, indent string) {
	for i, line := range report.Wrap(text, helpWidth-len(indent)-2) {
		if i > 0 {
			indent += "  "
			if i > 1 {
				indent = indent[2:]
			}
		}
		t.b.WriteString(indent + line + "\n")
	}
}

func (t *inspection) key(k inspect.Key) {
	lines := report.Wrap(strings.Join(grouped(k.Reaches), ", "), max(20, helpWidth-t.width-12))
	t.row(k.Path, string(k.State), lines[0])
	for _, line := range lines[1:] {
		t.row("", "", line)
	}
	for _, note := range notes(k) {
		t.say(note, "    ")
	}
}

// grouped are the parts with the components they are of.
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
		out = append(out, inspect.Words(name)+ifAny(" of ", strings.Join(components[name], ", ")))
	}
	return out
}

// notes are what keeps a key from what it could reach.
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
	notes := []string{ifAny("only while ", k.Needs), ifAny("hidden by the default of ", listed(hidden)),
		ifAny("after ", listed(after)), ifAny("may not be empty: ", k.Mandatory), ifAny(refused, k.Said)}
	return slices.DeleteFunc(notes, func(note string) bool { return note == "" })
}

// listed are names, each once, as people list them; "" for none.
func listed(names []string) string {
	slices.Sort(names)
	return model.List(slices.Compact(names))
}

func ifAny(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

// verdict is which known chart this one is like.
func (t *inspection) verdict(r *inspect.Report) {
	chart := fmt.Sprintf("%s %s", r.Chart.Name, r.Chart.Version)
	if len(r.Like.Differences) == 0 {
		t.say(fmt.Sprintf("%s behaves like the known chart %s.", chart, r.Like.Profile), "")
		return
	}
	for _, d := range r.Like.Differences {
		t.say("- "+d, "")
	}
	t.say(fmt.Sprintf("%s is like no known chart: the nearest, %s, differs in the %d above.", chart, r.Like.Profile,
		len(r.Like.Differences)), "")
}
