package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/redact"
	"conductor-registry/ui/report"
	"conductor-registry/verify/helm"
	"conductor-registry/verify/inspect"
)

type inspectCommand struct {
	command
	values  valueFlags
	helm    string
	profile bool
}

func newInspect(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &inspectCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "inspect", Short: "Find out which keys a chart reads, by rendering it with helm", Args: noArguments,
		Long: `Find out which keys of a Conductor chart reach the images, pull policies and
pull secrets. helm renders the chart with a different text at each key; where
that text appears in the manifests is what the key does. Use it for a chart
version that is not known yet. Nothing is installed and no cluster is asked.

A key is read, switched (read once another key is set), shadowed (hidden by a
default of the chart), refused or ignored. Values are needed only if the chart
does not render without them; placeholders are used for files that it requires.

Exit codes: 0 done, 1 helm cannot run or cannot render the chart, 2 wrong flags.`,
		Example: `  conductor-registry inspect --chart ./orkes-conductor
  conductor-registry inspect --chart orkes-conductor-3.1.0.tgz -o json
  conductor-registry inspect --chart ./orkes-conductor --profile > 3.1.yaml`,
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	c.values.addValues(&c.command)
	completeValuePaths(&c.command, &c.values.chart.version)
	c.values.chart.addPath(&c.command)
	addHelm(&c.command, &c.helm)
	c.Flags().BoolVar(&c.profile, "profile", false,
		"print a chart profile instead, for --profile FILE of the other commands")
	c.addOutput()
	return c.Command
}

func (c *inspectCommand) run() error {
	if !c.changed("chart") {
		return usage("no chart given\nhint: --chart PATH, a folder or .tgz")
	}
	if err := c.exclude("profile", "output"); err != nil {
		return err
	}
	options, err := c.options()
	if err != nil {
		return err
	}
	ctx, stop := interruptible(c.Command)
	defer stop()
	if c.streams.ErrIsTerminal {
		p := progress{c.streams.Err}
		options.Progress = func(done, all int, what string) { p.show("step %d of %d: %s", done+1, all, what) }
		defer p.clear()
	} else {
		options.Progress = printSteps(c.streams.Err)
	}
	found, err := inspect.Run(ctx, options)
	if refused, ok := errors.AsType[*inspect.RefusedError](err); ok {
		return refused
	}
	if err != nil {
		return stopped(ctx, err)
	}
	if c.profile {
		_, err = c.streams.Out.Write(found.Draft)
		return err
	}
	return c.print(exitOK, found, func() error { return printInspected(c.streams.Out, found) })
}

// printSteps returns a progress function that prints each step once, on a line of its own.
func printSteps(w io.Writer) func(done, all int, what string) {
	next := 0
	return func(done, all int, what string) {
		if done < next {
			return
		}
		next = done + 1
		what, _, _ = strings.Cut(what, " (") // the number of renderings
		printf(w, "step %d of %d: %s\n", next, all, what)
	}
}

// options returns the chart, the values to render it with, and the known profiles, the nearest one first.
func (c *inspectCommand) options() (inspect.Options, error) {
	var none inspect.Options
	found, err := c.values.chart.readChart(&c.command)
	if err != nil {
		return none, exit{exitUsage, err}
	}
	program, err := helm.Find(c.helm)
	if err != nil {
		return none, err
	}
	sources, err := c.values.read(c.streams)
	if err != nil {
		return none, err
	}
	merged, err := c.values.merge(sources, c.streams)
	if err != nil {
		return none, err
	}
	charts := c.catalog.Charts
	if err := charts.Load(); err != nil {
		return inspect.Options{}, err
	}
	profiles := charts.With(chart.Nearest(charts.All(), found.Version)).All()
	return inspect.Options{Helm: program, Chart: found, Profiles: profiles, Values: merged.Map()}, nil
}

// printInspected prints the keys by state, what each reaches and, below it, what limits it.
func printInspected(w io.Writer, r *inspect.Report) error {
	t := &inspectText{width: len("KEY")}
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
	line := redact.Visible(fmt.Sprintf("%-*s  %-8s  %s", t.width, key, state, reaches))
	fmt.Fprintln(&t.b, strings.TrimRight(line, " "))
}

// write wraps a text to the width of help and indents each line.
func (t *inspectText) write(text, indent string) {
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

func (t *inspectText) key(k inspect.Key) {
	lines := report.Wrap(strings.Join(grouped(k.Reaches), ", "), max(20, helpWidth-t.width-12))
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
