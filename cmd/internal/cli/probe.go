package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/verify/images"
)

// probeCommand is the command probe.
type probeCommand struct {
	streams   Streams
	catalog   *answers.Catalog
	images    imageFlags
	registry  registryFlags
	platforms []string
	output    format
}

// usualPlatform is what nodes run on unless they are told to be others.
const usualPlatform = "linux/amd64"

func newProbe(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &probeCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
		Use: "probe", Short: "Ask the registry for the images, with the login of the pods", Args: noArguments,
		Long: `Ask the registry for the images of an answers file or of values: is each there,
for which platforms, how large, and does this login pull it. Of a failure it says
which of the usual causes it is. Nothing is pulled, cached or written.

The login is taken from the pull secret's own content as a kubelet takes it: all
entries that match are tried, and one that can't be read spoils the secret.
Without a login flag it is what docker login left on this machine, credential
helpers too: that shows the images, and says nothing of the cluster's secret.
It is asked from this machine; nodes may have another way to the registry.

On Docker Hub each image that is asked for counts as a pull.

Exit codes: 0 all images are there and can be pulled, 1 a file can't be read, 2
wrong flags or answers, 3 problems, or the chart refuses the values.`,
		Example: `  conductor-registry probe --answers answers.yaml
  kubectl get secret acr-credentials -n conductor \
      -o jsonpath='{.data.\.dockerconfigjson}' | base64 -d |
      conductor-registry probe -f values.yaml --dockerconfigjson -
  conductor-registry probe -f values.yaml --username 'robot$ci' \
      --password-stdin < password.txt`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	cmd.Flags().SortFlags = false
	c.images.add(cmd)
	c.registry.add(cmd)
	cmd.Flags().StringSliceVar(&c.platforms, "platform", []string{usualPlatform},
		"`PLATFORM` that the nodes run on (repeatable, or a list with commas)")
	c.output.add(cmd)
	return cmd
}

func (c *probeCommand) run(cmd *cobra.Command) error {
	if err := c.images.check(cmd); err != nil {
		return err
	}
	if err := c.registry.check(cmd, c.images.readsInput()); err != nil {
		return err
	}
	options, err := c.registry.options()
	if err != nil {
		return err
	}
	for _, text := range c.platforms {
		platform, err := images.ParsePlatform(text)
		if err != nil {
			return usage("--platform: %w", err)
		}
		options.Platforms = append(options.Platforms, platform)
	}
	uses, err := c.uses(cmd)
	if err != nil {
		return refusedAs(c.output, c.streams, err, func(problems model.Problems) any {
			return probed{formatVersion, []probedImage{}, problems}
		})
	}
	answer, err := c.registry.ask(cmd, c.streams, uses, options)
	if err != nil {
		return err
	}
	return c.tell(answer)
}

func (c *probeCommand) uses(cmd *cobra.Command) ([]use, error) {
	if c.images.fromAnswers(cmd) {
		return c.images.ofAnswers(c.catalog, c.streams)
	}
	return c.images.ofValues(cmd, c.catalog, c.streams)
}

// answer is what registries said of the images that are used.
type answer struct {
	by       string // what the login is called
	uses     []use
	results  []images.Result // one for each use
	problems model.Problems  // of the credential: nobody was asked
}

// ask asks for the images, and tells how far it is where a person watches.
func (f *registryFlags) ask(cmd *cobra.Command, s Streams, uses []use, o images.Options) (*answer, error) {
	refs := make([]string, len(uses))
	for i, u := range uses {
		refs[i] = u.image
	}
	credential, problems, err := f.credential(cmd, s.In, refs)
	if err != nil || len(problems) > 0 {
		return &answer{uses: uses, problems: problems}, err
	}
	user, stop := interruptible(cmd)
	defer stop()
	ctx, done := context.WithTimeout(user, f.timeout)
	defer done()
	if s.ErrIsTerminal {
		o.Answered = func(done, all int) { asked(s, done, all) }
		asked(s, 0, len(slices.Compact(slices.Sorted(slices.Values(refs)))))
		defer fmt.Fprintf(s.Err, progress+"\r", "")
	}
	results, err := images.Run(ctx, refs, credential, o)
	if err != nil {
		return nil, stopped(user, err)
	}
	return &answer{by: credential.Name(), uses: uses, results: results}, nil
}

func asked(s Streams, done, all int) {
	fmt.Fprintf(s.Err, progress, fmt.Sprintf("asking the registry: %d of %d images", done, all))
}
