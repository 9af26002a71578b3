package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
	"conductor-registry/ui/report"
)

// yamlKind is the kind of refusal for what is no YAML: the chart never saw it.
const yamlKind = "yaml"

func newResolve(catalog *answers.Catalog, s Streams) *cobra.Command {
	var from valueFlags
	var output format
	cmd := &cobra.Command{
		Use: "resolve", Short: "Show the images that values give, and the keys that decide them", Args: noArguments,
		Long: `Show the image, pull policy and pull secrets that each pod gets from these
values, and which key decided each. Files and --set count in helm's order.
Without any, it is what the chart gives by itself.

Exit codes: 0 resolved, 1 a file can't be read or is not YAML, 2 wrong flags,
3 the chart would refuse the values.`,
		Example: `  conductor-registry resolve -f values.yaml
  conductor-registry resolve -f base.yaml -f values-prod.yaml -o json
  conductor-registry resolve -f values.yaml --chart ./orkes-conductor
  helm get values conductor -o yaml | conductor-registry resolve -f -`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			profile, err := from.profile(cmd, catalog, s)
			if err != nil {
				return err
			}
			sources, err := from.read(s.In)
			if err != nil {
				return err
			}
			merged, err := from.merge(sources, s.In)
			resolution, code, err := resolveMerged(profile, merged, err)
			if err != nil {
				return err
			}
			problems := model.Problems{}
			if merged != nil {
				problems = lint.Problems(profile, merged, resolution)
			}
			printed := struct {
				*chart.Resolution
				Problems model.Problems `json:"problems"`
			}{resolution, problems}
			switch {
			case resolution.Error != nil:
				return output.instead(s.Out, printed, exit{code, refusal(profile, resolution.Error)})
			case output.json():
				return writeJSON(s.Out, printed)
			}
			if !from.given() {
				fmt.Fprintln(s.Err, "note: no values given; this is the chart by itself")
			}
			return report.Resolution(s.Out, resolution, problems)
		},
	}
	from.add(cmd)
	output.add(cmd)
	return cmd
}

func asParseError(err error) (*values.ParseError, bool) {
	return errors.AsType[*values.ParseError](err)
}

// unreadable is what is left to say of values that are no YAML.
func unreadable(profile *chart.Profile, why *values.ParseError) *chart.Resolution {
	return &chart.Resolution{
		FormatVersion: formatVersion,
		Chart:         profile.Identity(),
		Secrets:       []chart.MadeSecret{},
		Error:         &chart.Refusal{Kind: yamlKind, Message: why.Error()},
	}
}
