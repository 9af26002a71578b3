package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
	"conductor-registry/ui/report"
)

type resolveCommand struct {
	command
	values valueFlags
}

func newResolve(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &resolveCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "resolve", Short: "Show the images that values give, and the keys that decide them", Args: noArguments,
		Long: `Show the image, pull policy and pull secrets that each pod gets from these
values, and which key decided each. Files and --set are combined in helm's
order. Without values it shows the chart's defaults.

Exit codes: 0 resolved, 1 a file cannot be read or is not YAML, 2 wrong flags,
3 the chart would refuse the values.`,
		Example: `  conductor-registry resolve -f values.yaml
  conductor-registry resolve -f base.yaml -f values-prod.yaml -o json
  conductor-registry resolve -f values.yaml --chart ./orkes-conductor
  helm get values conductor -o yaml | conductor-registry resolve -f -`,
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	c.values.add(&c.command, "")
	c.addOutput()
	return c.Command
}

// resolved is the JSON output of resolve.
type resolved struct {
	*chart.Resolution
	Problems model.Problems `json:"problems"`
}

func (c *resolveCommand) run() error {
	l, err := c.values.load(&c.command, false)
	if err != nil {
		return err
	}
	out := resolved{l.resolution, model.Problems{}}
	if l.merged != nil {
		out.Problems = lint.Problems(l.profile, l.merged, l.resolution)
	}
	if l.resolution.Error != nil {
		return c.fail(l.refused(), out)
	}
	return c.print(exitOK, out, func() error {
		if !c.values.given() {
			fmt.Fprintln(c.streams.Err, "note: no values given; these are the defaults of the chart")
		}
		return report.Resolution(c.streams.Out, l.resolution, out.Problems)
	})
}
