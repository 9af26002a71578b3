package cli

import (
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
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
	found, err := helm.ReadChart(c.values.chart.path, c.streams.known.AddFile)
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
