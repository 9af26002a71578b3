package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/values"
)

type convertCommand struct {
	command
	chart    chartFlags
	file, to string
	under    string
	write    bool
}

func newConvert(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &convertCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "convert", Short: "Rewrite a values file for another version of the chart", Args: noArguments,
		Long: `Rewrite the image, pull policy and pull secret keys of a values file for another
version of the chart, so that the pods get the same images. Keys that the file
does not set are not added. Every other byte stays, comments included; other
settings, such as databases and ingress, are not converted.

--chart or --profile names one of the two charts: the one of --to if it has that
version, else the chart that the file is for.

What cannot be converted is listed with its line. Messages mask the secrets of
the file; where the new chart cannot create a secret from them, only the old
file has them.

The result goes to standard output as it is, with all secrets of the file;
--write replaces the file and keeps the old
one as FILE.bak. Where a key cannot be changed without touching others (a YAML
anchor that is used elsewhere), nothing is printed or written.

Exit codes: 0 converted, 1 the file cannot be read or written or is not YAML,
2 wrong flags, 3 something was not converted (a warning; the result is printed
or written) or nothing could be converted (an error).`,
		Example: `  conductor-registry convert -f values.yaml --to 3.0
  conductor-registry convert -f values.yaml --chart-version 2.7 --to 2.8 --write
  conductor-registry convert -f values.yaml --profile 3.1.yaml --to 3.1
  helm get values conductor -o yaml | conductor-registry convert -f - --to 3.0`,
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVarP(&c.file, "values", "f", "", "values `FILE`; - is standard input")
	_ = c.MarkFlagFilename("values", "yaml", "yml")
	addUnder(&c.command, &c.under)
	addChartVersion(&c.command, &c.chart.version, "chart-version", "",
		"chart `VERSION` the file is for, if its keys do not show it")
	addChartVersion(&c.command, &c.to, "to", "", "chart `VERSION` to convert to")
	c.chart.add(&c.command)
	flags.BoolVar(&c.write, "write", false, "replace the file; keep the old one as FILE.bak")
	c.addOutput()
	return c.Command
}

func (c *convertCommand) run() error {
	switch {
	case !c.changed("values"):
		return usage("no values file given\nhint: conductor-registry convert -f values.yaml --to 3.0")
	case !c.changed("to"):
		return usage("no target chart given\nhint: --to VERSION, one of %s", strings.Join(c.catalog.Charts.IDs(), ", "))
	case c.write && c.file == "-":
		return usage("--write needs a file: standard input cannot be replaced")
	}
	subchart := answers.New()
	subchart.Set("under", c.under)
	named, err := c.chart.use(&c.command, subchart)
	if err != nil {
		return err
	}
	to, err := c.catalog.Chart(c.to)
	if err != nil {
		return usage("--to: %w", err)
	}
	data, err := c.streams.read(c.file)
	if err != nil {
		return err
	}
	source, err := values.Parse(values.Source{Name: shownName(c.file), Data: data, Under: subchart.Get("under")})
	if err != nil {
		return err
	}
	from := named
	if from == nil || to.ID == named.ID {
		from, err = c.sourceChart(source)
	} else {
		err = c.chart.excludeVersion(&c.command)
	}
	if err != nil {
		return err
	}
	result := convert.Convert(source, from, to)
	action, err := c.replaceFile(c.file, data, result.Data, c.write)
	if err != nil {
		return err
	}
	return c.printResult(from, to, result, action)
}

// sourceChart returns the chart of --chart-version, else the one that the keys of the file show.
func (c *convertCommand) sourceChart(source *values.File) (*chart.Profile, error) {
	guess, keys := convert.Guess(source, c.catalog.Charts.All())
	const shown = 4
	if len(keys) > shown {
		keys = append(keys[:shown:shown], "...")
	}
	found := strings.Join(keys, ", ")
	if !c.changed("chart-version") {
		if guess == nil {
			return nil, usage("%s: cannot detect its chart version from its keys\nhint: --chart-version VERSION, one of %s",
				source.Name, strings.Join(c.catalog.Charts.IDs(), ", "))
		}
		printf(c.streams.Err, "note: %s is read as values of chart %s, because of its keys %s; "+
			"--chart-version overrides this\n", source.Name, guess.ID, found)
		return guess, nil
	}
	from, err := c.catalog.Chart(c.chart.version)
	if err != nil {
		return nil, usage("--chart-version: %w", err)
	}
	if guess != nil && guess.ID != from.ID {
		printf(c.streams.Err, "note: %s looks like values of chart %s, because of its keys %s\n",
			source.Name, guess.ID, found)
	}
	return from, nil
}

// printResult prints the new file, or what happened to it with --write. Problems are messages.
func (c *convertCommand) printResult(from, to *chart.Profile, r *convert.Converted, action fileAction) error {
	code := exitOK
	if slices.ContainsFunc(r.Problems, func(p model.Problem) bool { return p.Severity != model.Info }) {
		code = exitRefused
	}
	return c.print(code, c.document(from, to, r, action), func() error {
		printProblems(c.streams.Err, r.Problems)
		switch {
		case r.Data == nil:
			printf(c.streams.Err, "%s was not changed\n", shownName(c.file))
			return nil
		case c.write:
			action.write(c.streams.Out, false)
			return nil
		}
		_, err := raw(c.streams.Out).Write(r.Data)
		return err
	})
}

// converted is the JSON output of convert.
type converted struct {
	FormatVersion string               `json:"formatVersion"`
	From          chart.Identity       `json:"from"`
	To            chart.Identity       `json:"to"`
	File          fileAction           `json:"file"`
	Text          string               `json:"text,omitempty"` // the new file, unless it was written
	Images        map[string]imagePair `json:"images"`
	Problems      model.Problems       `json:"problems"`
}

// imagePair is a component's image with the old chart and with the new one; "" where it has none.
type imagePair struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

func (c *convertCommand) document(from, to *chart.Profile, r *convert.Converted, action fileAction) converted {
	out := converted{FormatVersion: formatVersion, From: from.Identity(), To: to.Identity(), File: action,
		Images: map[string]imagePair{}, Problems: append(model.Problems{}, r.Problems...)}
	if !c.write && r.Data != nil {
		out.Text, c.ownFile = ownFileText, r.Data
	}
	image := func(r *chart.Resolution, component string) string {
		if r == nil || r.Components[component] == nil {
			return ""
		}
		return r.Components[component].Image
	}
	for _, c := range from.Components {
		out.Images[c.Name] = imagePair{image(r.Before, c.Name), image(r.After, c.Name)}
	}
	return out
}
