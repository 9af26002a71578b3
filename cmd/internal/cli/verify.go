package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/verify"
	"conductor-registry/verify/helm"
)

type verifyCommand struct {
	command
	values valueFlags
	helm   string
}

func newVerify(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &verifyCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
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
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	c.values.add(&c.command, "")
	addHelm(&c.command, &c.helm)
	c.addOutput()
	return c.Command
}

// addHelm adds --helm, the program that renders charts.
func addHelm(c *command, program *string) {
	c.Flags().StringVar(program, "helm", "", "helm `PROGRAM`, version 3 or 4 (default: helm in PATH)")
}

func (c *verifyCommand) run() error {
	if !c.changed("chart") {
		return usage("no chart given\nhint: --chart PATH, a folder or .tgz")
	}
	l, err := c.values.load(&c.command, false)
	if err != nil {
		return err
	}
	if l.merged == nil { // not YAML: helm says the same
		return l.refused()
	}
	program, err := helm.Find(c.helm)
	if err != nil {
		return err
	}
	ctx, stop := interruptible(c.Command)
	defer stop()
	compared, err := verify.Run(ctx, program, l.profile, l.resolution, c.values.request(l.sources, l.merged))
	if err != nil {
		return stopped(ctx, err)
	}
	code := exitOK
	if !compared.Agrees || compared.Refusals != nil {
		code = exitRefused
	}
	return c.print(code, compared, func() error { return printVerified(c.streams.Out, l.profile, compared) })
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
			printf(t, "ok      %s\t%s\t%s\n", label, valueText(f.Rendered), f.From)
			continue
		}
		printf(t, "DIFFERS %s\t%s\thelm renders\n", label, valueText(f.Rendered))
		printf(t, "        \t%s\tresolve returns, from %s\n", valueText(f.Resolved), cmp.Or(f.From, "the chart"))
	}
	for _, o := range r.Others {
		known := "not a component: resolve does not know it"
		if o.Known {
			known = "the image of a component"
		}
		printf(t, "also    %s %s, container %s\t%s\t%s\n", o.Kind, o.Name, o.Container, valueText(o.Image), known)
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
	printf(w, "\nhelm %s, chart %s %s: %s\n", r.Helm, r.Chart.Name, r.Chart.Version, verdict)
	return nil
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
	if r.Refusals.Helm != nil {
		for _, hint := range setFileHints(profile, r.Refusals.Helm.Message) {
			lines = append(lines, "hint: "+hint)
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
