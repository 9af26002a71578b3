package cli

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/verify/helm"
	"conductor-registry/verify/inspect"
)

// inspectCommand is the command inspect.
type inspectCommand struct {
	streams Streams
	catalog *answers.Catalog
	values  valueFlags
	output  format
	helm    string
	profile bool
}

func newInspect(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &inspectCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
		Use: "inspect", Short: "Learn from helm which keys a chart reads", Args: noArguments,
		Long: `Learn which keys of charts of Conductor reach the images, pull policies and pull
secrets of the chart at hand: helm renders it with a text of its own at each key,
and where that text comes out is what the key does. This is how a version that
is not known here is understood. Nothing is installed and no cluster is asked.

A key is read, switched (it counts once another key is set), shadowed (a default
of the chart hides it), refused or ignored. Values are needed only where the
chart does not render without; files that a chart known here requires are stood
in for.

Exit codes: 0 learnt, 1 helm can't be run or does not render the chart, 2 wrong
flags.`,
		Example: `  conductor-registry inspect --chart ./orkes-conductor
  conductor-registry inspect --chart orkes-conductor-3.1.0.tgz -o json
  conductor-registry inspect --chart ./orkes-conductor --profile > 3.1.yaml`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	c.values.addValues(cmd)
	addChart(cmd, &c.values.path)
	addHelm(cmd, &c.helm)
	cmd.Flags().BoolVar(&c.profile, "profile", false, "print what was learnt as a draft of presets/charts/VERSION.yaml")
	c.output.add(cmd)
	return cmd
}

// progress writes over its own line, in a way that every terminal knows.
const progress = "\r%-40s"

func (c *inspectCommand) run(cmd *cobra.Command) error {
	if !cmd.Flags().Changed("chart") {
		return usage("which chart? give --chart PATH, a folder or .tgz")
	}
	if err := exclude(cmd, "profile", "output"); err != nil {
		return err
	}
	options, err := c.options()
	if err != nil {
		return err
	}
	ctx, stop := interruptible(cmd)
	defer stop()
	if c.streams.ErrIsTerminal {
		options.Progress = func(done, all int, what string) {
			fmt.Fprintf(c.streams.Err, "\r%-79s", fmt.Sprintf("step %d of %d: %s", done+1, all, what))
		}
	}
	learnt, err := inspect.Run(ctx, options)
	if options.Progress != nil {
		fmt.Fprintf(c.streams.Err, "\r%-79s\r", "")
	}
	if refused, ok := errors.AsType[*inspect.RefusedError](err); ok {
		return exit{exitFailure, refused}
	}
	if err != nil {
		return stopped(ctx, err)
	}
	return c.tell(learnt)
}

// options are the chart, the values that it is rendered with, and the profiles, the likeliest one first.
func (c *inspectCommand) options() (inspect.Options, error) {
	found, err := helm.ReadChart(c.values.path)
	if err != nil {
		return inspect.Options{}, exit{exitUsage, err}
	}
	program, err := helm.Find(c.helm)
	if err != nil {
		return inspect.Options{}, exit{exitFailure, err}
	}
	sources, err := c.values.read(c.streams.In)
	if err != nil {
		return inspect.Options{}, err
	}
	values, err := c.values.merge(sources, c.streams.In)
	if syntax, ok := asParseError(err); ok {
		return inspect.Options{}, exit{exitFailure, syntax}
	}
	if err != nil {
		return inspect.Options{}, err
	}
	nearest := chart.Nearest(c.catalog.Charts, found.Version)
	profiles := append([]*chart.Profile{nearest}, slices.DeleteFunc(slices.Clone(c.catalog.Charts),
		func(p *chart.Profile) bool { return p == nearest })...)
	return inspect.Options{Helm: program, Chart: found, Profiles: profiles, Values: values.Map()}, nil
}

func (c *inspectCommand) tell(r *inspect.Report) error {
	switch {
	case c.profile:
		_, err := c.streams.Out.Write(r.Draft)
		return err
	case c.output.json():
		return writeJSON(c.streams.Out, r)
	}
	return tellInspected(c.streams.Out, r)
}
