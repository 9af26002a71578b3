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
	streams Streams
	catalog *answers.Catalog
	values  valueFlags
	output  format
}

func newResolve(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &resolveCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
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
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	c.values.add(cmd)
	c.output.add(cmd)
	return cmd
}

// resolved is the JSON output of resolve.
type resolved struct {
	*chart.Resolution
	Problems model.Problems `json:"problems"`
}

func (c *resolveCommand) run(cmd *cobra.Command) error {
	profile, err := c.values.profile(cmd, c.catalog, c.streams)
	if err != nil {
		return err
	}
	sources, err := c.values.read(c.streams.In)
	if err != nil {
		return err
	}
	merged, err := c.values.merge(sources, c.streams.In)
	resolution, code, err := resolveMerged(profile, merged, err)
	if err != nil {
		return err
	}
	out := resolved{resolution, model.Problems{}}
	if merged != nil {
		out.Problems = lint.Problems(profile, merged, resolution)
	}
	switch {
	case resolution.Error != nil:
		return c.output.instead(c.streams.Out, out, exit{code, refusal(profile, resolution.Error)})
	case c.output.json():
		return model.WriteJSON(c.streams.Out, out)
	}
	if !c.values.given() {
		fmt.Fprintln(c.streams.Err, "note: no values given; these are the defaults of the chart")
	}
	return report.Resolution(c.streams.Out, resolution, out.Problems)
}
