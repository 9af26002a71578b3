package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
	"conductor-registry/verify"
	"conductor-registry/verify/helm"
)

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
		Use: "verify", Short: "Render the chart with helm and compare with resolve", Args: noArguments,
		Long: `Render the chart with helm and compare the image and pull policy of every
container, the pull secrets of every pod and the pull secrets that the chart
creates with what resolve returns for the same values. Nothing is installed and
no cluster is asked.

Exit codes: 0 both agree, 1 helm cannot run or a file cannot be read, 2 wrong
flags, 3 they differ, or the chart refuses the values.`,
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

// addHelm adds --helm, the program that renders charts.
func addHelm(cmd *cobra.Command, program *string) {
	cmd.Flags().StringVar(program, "helm", "", "helm `PROGRAM`, version 3 or 4 (default: helm in PATH)")
}

func (c *verifyCommand) run(cmd *cobra.Command) error {
	if !cmd.Flags().Changed("chart") {
		return usage("no chart given\nhint: --chart PATH, a folder or .tgz")
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
	if resolution.Error != nil && code == exitFailure { // not YAML: helm says the same
		return exit{exitFailure, refusal(profile, resolution.Error)}
	}
	ctx, stop := interruptible(cmd)
	defer stop()
	compared, err := verify.Run(ctx, program, profile, resolution, c.values.request(sources))
	if err != nil {
		return stopped(ctx, err)
	}
	return c.print(profile, compared)
}

// request returns what helm has to render.
func (v *valueFlags) request(sources []values.Source) helm.Request {
	r := helm.Request{Chart: v.chart.path, Sets: v.sets, SetStrings: v.setStrings, SetFiles: v.setFiles}
	for _, source := range sources {
		r.Values = append(r.Values, source.Data)
	}
	return r
}

func (c *verifyCommand) print(profile *chart.Profile, r *verify.Report) error {
	code := exitOK
	if !r.Agrees || r.Refusals != nil {
		code = exitRefused
	}
	var err error
	if c.output.json() {
		err = model.WriteJSON(c.streams.Out, r)
	} else {
		err = printVerified(c.streams.Out, profile, r)
	}
	if err == nil && code != exitOK {
		err = exit{code: code}
	}
	return err
}

// printVerified prints the comparison part by part: equal values once, different values twice.
func printVerified(w io.Writer, profile *chart.Profile, r *verify.Report) error {
	if r.Refusals != nil {
		return printRefusals(w, profile, r)
	}
	var table strings.Builder
	t := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	for i, f := range r.Fields {
		if i > 0 && f.Name != r.Fields[i-1].Name && f.Component != r.Fields[i-1].Component {
			fmt.Fprintln(t)
		}
		label := strings.TrimSpace(f.Component + " " + map[string]string{"image": "image", "pullPolicy": "pull policy",
			"pullSecrets": "pull secrets", "secrets": "pull secrets that the chart creates"}[f.Name])
		if f.Agrees {
			fmt.Fprintf(t, "ok      %s\t%s\t%s\n", label, valueText(f.Rendered), f.From)
			continue
		}
		fmt.Fprintf(t, "DIFFERS %s\t%s\thelm renders\n", label, valueText(f.Rendered))
		fmt.Fprintf(t, "        \t%s\tresolve returns, from %s\n", valueText(f.Resolved), cmp.Or(f.From, "the chart"))
	}
	for _, o := range r.Others {
		known := "not a component: resolve does not know it"
		if o.Known {
			known = "the image of a component"
		}
		fmt.Fprintf(t, "also    %s %s, container %s\t%v\t%s\n", o.Kind, o.Name, o.Container, o.Image, known)
	}
	_ = t.Flush() // writes to memory
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

// printRefusals prints who refuses the values, with helm's own message.
func printRefusals(w io.Writer, profile *chart.Profile, r *verify.Report) error {
	text := func(refusal *chart.Refusal) string {
		if refusal == nil {
			return "accepts these values"
		}
		return "refuses these values (" + refusal.Kind + "): " + strings.ReplaceAll(refusal.Message, "\n", "\n    ")
	}
	lines := []string{"helm " + r.Helm + " " + text(r.Refusals.Helm), "resolve " + text(r.Refusals.Resolve)}
	for _, file := range profile.Install.Files {
		if r.Refusals.Helm != nil && strings.Contains(r.Refusals.Helm.Message, file.Path) {
			lines = append(lines, fmt.Sprintf("hint: add --set-file %s=FILE, as for the installation", file.Path))
		}
	}
	if !r.Agrees {
		lines = append(lines, "DIFFERS: one of them is wrong about this chart")
	}
	_, err := fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}

// valueText returns a value as text: a list by its items, an empty value as a dash.
func valueText(value any) string {
	if list, ok := value.([]any); ok {
		var items []string
		for _, item := range list {
			items = append(items, valueText(item))
		}
		return cmp.Or(strings.Join(items, ", "), "none")
	}
	if value == nil || value == "" {
		return "-"
	}
	return fmt.Sprint(value)
}
