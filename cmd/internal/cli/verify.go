package cli

import (
	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/verify"
	"conductor-registry/verify/helm"
)

// verifyCommand is the command verify.
type verifyCommand struct {
	streams Streams
	catalog *answers.Catalog
	values  valueFlags
	output  format
	helm    string
}

func newVerify(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &verifyCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
		Use: "verify", Short: "Have helm render the chart, and compare with resolve", Args: noArguments,
		Long: `Render the chart with helm and compare every container's image and pull policy,
the pull secrets of every pod and those that the chart makes with what resolve
says of the same values. Nothing is installed and no cluster is asked.

Exit codes: 0 both agree, 1 helm can't be run or the files can't be read,
2 wrong flags, 3 they differ, or the chart refuses the values.`,
		Example: `  conductor-registry verify --chart ./orkes-conductor -f values.yaml
  conductor-registry verify --chart orkes-conductor-3.0.2.tgz -f values.yaml \
      --set-file conductor.properties=conductor.properties \
      --set-file workers.properties=workers.properties`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	c.values.add(cmd)
	addHelm(cmd, &c.helm)
	c.output.add(cmd)
	return cmd
}

// addHelm adds --helm, the program to render with.
func addHelm(cmd *cobra.Command, program *string) {
	cmd.Flags().StringVar(program, "helm", "", "helm `PROGRAM`, 3 or 4, if not the one in PATH")
}

func (c *verifyCommand) run(cmd *cobra.Command) error {
	if !cmd.Flags().Changed("chart") {
		return usage("which chart? helm renders it: give --chart PATH, a folder or .tgz")
	}
	profile, err := c.values.profile(cmd, c.catalog, c.streams)
	if err != nil {
		return err
	}
	program, err := helm.Find(c.helm)
	if err != nil {
		return exit{exitFailure, err}
	}
	sources, err := c.values.read(c.streams.In)
	if err != nil {
		return err
	}
	resolution, code, err := c.values.resolveSources(profile, sources, c.streams.In)
	if err != nil {
		return err
	}
	if resolution.Error != nil && code == exitFailure { // no YAML: helm would say the same
		return exit{exitFailure, refusal(profile, resolution.Error)}
	}
	ctx, stop := interruptible(cmd)
	defer stop()
	compared, err := verify.Run(ctx, program, profile, resolution, c.values.request(sources))
	if err != nil {
		return stopped(ctx, err)
	}
	return c.tell(profile, compared)
}

// request is what helm is to render.
func (v *valueFlags) request(sources []values.Source) helm.Request {
	r := helm.Request{Chart: v.path, Sets: v.sets, SetStrings: v.setStrings, SetFiles: v.setFiles}
	for _, source := range sources {
		r.Values = append(r.Values, source.Data)
	}
	return r
}

func (c *verifyCommand) tell(profile *chart.Profile, r *verify.Report) error {
	code := exitOK
	if !r.Agrees || r.Refusals != nil {
		code = exitRefused
	}
	var err error
	if c.output.json() {
		err = writeJSON(c.streams.Out, r)
	} else {
		err = tellVerified(c.streams.Out, profile, r)
	}
	if err == nil && code != exitOK {
		err = exit{code: code}
	}
	return err
}
