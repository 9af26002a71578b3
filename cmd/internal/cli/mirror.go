package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	plans "conductor-registry/model/mirror"
	"conductor-registry/verify/images"
	"conductor-registry/verify/mirror"
)

type mirrorCommand struct {
	command
	images         imageFlags
	registry       registryFlags
	list, force    bool
	script         string
	archive, from  string
	sources        []string
	platforms      []string
	sourceUsername string
	sourceStdin    bool
}

func newMirror(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &mirrorCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "mirror", Short: "Copy the images into the registry of the answers", Args: noArguments,
		Long: `Copy Orkes's images to where the pods pull them from, with all platforms and
with the same digests. Source and target come from the same answers or values
as the pods' images, so they cannot disagree. What the registry has already is
not sent again: after a failure or ctrl+c run the command again. A tag that has
another image is only overwritten with --force.

Orkes's images need the access token that Orkes issues. By default credentials
come from the docker config of this machine, for the source as for the target.

Without a network to both registries, --archive writes a folder (an OCI image
layout) that --from pushes on the other side.

Exit codes: 0 all images are in the registry, 1 an image was not copied, 2 wrong
flags or answers, 3 the chart refuses the values, 4 a tag has another image.`,
		Example: `  conductor-registry mirror --answers answers.yaml --list
  conductor-registry mirror --answers answers.yaml
  conductor-registry mirror --answers answers.yaml --archive images
  conductor-registry mirror --answers answers.yaml --from images
  conductor-registry mirror --answers answers.yaml --script skopeo > copy.sh`,
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.BoolVar(&c.list, "list", false, "print what would be copied, and what must exist first")
	flags.StringVar(&c.script, "script", "", "print a script that copies with `PROGRAM`: "+
		strings.Join(plans.Programs(), ", "))
	completeWith(c.Command, "script", plans.Programs())
	flags.StringVar(&c.archive, "archive", "", "write the images to the folder `DIR` instead")
	flags.StringVar(&c.from, "from", "", "read the images from the folder `DIR` of --archive")
	flags.StringArrayVar(&c.sources, "source", nil,
		"copy a component's image from elsewhere, `IMAGE=REF`, such as server=r.io/orkes/server (repeatable)")
	flags.StringSliceVar(&c.platforms, "platform", nil,
		"copy only this `PLATFORM` (repeatable, or separated by commas; default: all)")
	completeWith(c.Command, "platform", []string{defaultPlatform, "linux/arm64"})
	flags.BoolVar(&c.force, "force", false, "overwrite a tag that has another image")
	_ = c.MarkFlagDirname("archive")
	_ = c.MarkFlagDirname("from")
	inSection(flags, "Copy", "list", "script", "archive", "from", "source", "platform", "force")
	c.images.add(&c.command, "only the environment `NAME` of the answers (default: all)")
	c.registry.isCopy = true
	c.registry.add(&c.command)
	flags.StringVar(&c.sourceUsername, "source-username", "", "user `NAME` for the source, with --source-password-stdin")
	flags.BoolVar(&c.sourceStdin, "source-password-stdin", false,
		"read the source's password from standard input, as a line before the other one")
	inSection(flags, credentialsSection, "source-username", "source-password-stdin")
	c.addOutput()
	return c.Command
}

func (c *mirrorCommand) run() error {
	options, err := c.checkFlags()
	if err != nil {
		return err
	}
	list, login, err := c.wanted()
	if err != nil {
		return c.failAnswers(err, func(problems model.Problems) any {
			return mirrored{FormatVersion: formatVersion, Images: []mirroredImage{}, Skipped: []plans.Skipped{}, Problems: problems}
		})
	}
	if c.script != "" {
		return c.printScript(list, login)
	}
	if options.From, options.To, err = c.credentials(list.Images); err != nil {
		return err
	}
	if err := c.openArchives(&options); err != nil {
		return err
	}
	ctx, stop := interruptible(c.Command)
	defer stop()
	if login != "" && options.Read == nil && !c.hasLogins(ctx, list.Images, options.From) {
		fmt.Fprintf(c.streams.Err, "note: Orkes's images need %s\n", login)
	}
	results, err := c.do(ctx, list.Images, options)
	if err != nil {
		return stopped(ctx, err)
	}
	return c.printResults(list, results)
}

// do copies the images, or looks at them for --list.
func (c *mirrorCommand) do(ctx context.Context, list []plans.Image, o mirror.Options) ([]mirror.Result, error) {
	copies := make([]mirror.Image, len(list))
	for i, image := range list {
		copies[i] = mirror.Image{Source: image.Source, Target: image.Target, Digest: image.Digest}
	}
	if c.registry.timeout > 0 || c.list {
		timeout := c.registry.timeout
		if timeout == 0 {
			timeout = defaultTimeout
		}
		var done context.CancelFunc
		ctx, done = context.WithTimeout(ctx, timeout)
		defer done()
	}
	if c.list {
		return mirror.Inspect(ctx, copies, o)
	}
	bars := newBars(c.streams, list)
	o.Report = bars.show
	defer bars.end()
	return mirror.Copy(ctx, copies, o)
}

func (c *mirrorCommand) checkFlags() (mirror.Options, error) {
	var o mirror.Options
	if err := c.images.check(&c.command, "images"); err != nil {
		return o, err
	}
	if err := errors.Join(c.exclude("list", "script", "archive"), c.exclude("script", "from"),
		c.exclude("archive", "from"), c.exclude("list", "force"),
		c.exclude("dockerconfigjson", "source-username"), c.refuseEmpty("script", "archive", "from", "source-username"),
		c.registry.check(&c.command, c.images.readsInput())); err != nil {
		return o, err
	}
	network, err := c.registry.options()
	if err != nil {
		return o, err
	}
	o.Network, o.Overwrite = network, c.force
	for _, text := range c.platforms {
		platform, err := images.ParsePlatform(text)
		if err != nil {
			return o, usage("--platform: %w", err)
		}
		o.Platforms = append(o.Platforms, platform)
	}
	return o, nil
}
