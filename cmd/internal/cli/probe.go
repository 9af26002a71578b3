package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/verify/images"
)

type probeCommand struct {
	command
	images    imageFlags
	registry  registryFlags
	platforms []string
}

// defaultPlatform is the platform of most nodes.
const defaultPlatform = "linux/amd64"

func newProbe(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &probeCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "probe", Short: "Check that the images exist and can be pulled", Args: noArguments,
		Long: `Ask the registry for the images of an answers file or of values: does each
exist, for which platforms, how large is it, and can these credentials pull it.
For a failure it prints the cause. Nothing is pulled, cached or written.

With --dockerconfigjson the credentials come from the pull secret's content, the
way a kubelet takes them: it tries every entry that matches, and an entry that
it cannot read makes the secret useless. By default they come from the docker
config of this machine, credential helpers included: that checks the images, not
the cluster's secret. Requests are sent from this machine; nodes may reach the
registry by another way.

On Docker Hub each request for an image counts as a pull.

Exit codes: 0 all images exist and can be pulled, 1 a file cannot be read,
2 wrong flags or answers, 3 problems, or the chart refuses the values.`,
		Example: `  conductor-registry probe --answers answers.yaml
  kubectl get secret acr-credentials -n conductor \
      -o jsonpath='{.data.\.dockerconfigjson}' | base64 -d |
      conductor-registry probe -f values.yaml --dockerconfigjson -
  conductor-registry probe -f values.yaml --username 'robot$ci' \
      --password-stdin < password.txt`,
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	c.Flags().SortFlags = false
	c.images.add(&c.command, "only the environment `NAME` of the answers (default: all)")
	c.registry.add(&c.command)
	c.Flags().StringSliceVar(&c.platforms, "platform", []string{defaultPlatform},
		"`PLATFORM` of the nodes (repeatable, or separated by commas)")
	completeWith(c.Command, "platform", []string{defaultPlatform, "linux/arm64"})
	c.addOutput()
	return c.Command
}

func (c *probeCommand) run() error {
	if err := c.images.check(&c.command, "images"); err != nil {
		return err
	}
	if err := c.registry.check(&c.command, c.images.readsInput()); err != nil {
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
	in, err := c.images.load(&c.command)
	if err != nil {
		return c.failAnswers(err, func(problems model.Problems) any {
			return probed{formatVersion, []probedImage{}, problems}
		})
	}
	found, err := c.registry.probe(&c.command, in.uses, options)
	if err != nil {
		return err
	}
	list, code := found.byImage(), exitOK
	if len(found.allProblems()) > 0 {
		code = exitRefused
	}
	return c.print(code, probed{formatVersion, list, append(model.Problems{}, found.problems...)}, func() error {
		err := printProbed(c.streams.Out, found, list)
		c.printSummary(found, list)
		return err
	})
}

// probeResult holds the answers of the registries, one for each use of an image.
type probeResult struct {
	credential string // what the credentials are called
	uses       []imageUse
	results    []images.Result // one for each use
	problems   model.Problems  // of the credentials; then no registry was asked
}

// probe asks the registries for the images, with progress on a terminal.
func (f *registryFlags) probe(c *command, uses []imageUse, o images.Options) (*probeResult, error) {
	refs := make([]string, len(uses))
	for i, u := range uses {
		refs[i] = u.image
	}
	credential, problems, err := f.credential(c, refs)
	if err != nil || len(problems) > 0 {
		return &probeResult{uses: uses, problems: problems}, err
	}
	user, stop := interruptible(c.Command)
	defer stop()
	ctx, done := context.WithTimeout(user, f.timeout)
	defer done()
	if c.streams.ErrIsTerminal {
		p := progress{c.streams.Err}
		o.Answered = func(done, all int) { p.show("asking the registry: %d of %d images", done, all) }
		o.Answered(0, len(slices.Compact(slices.Sorted(slices.Values(refs)))))
		defer p.clear()
	}
	results, err := images.Run(ctx, refs, credential, o)
	if err != nil {
		return nil, stopped(user, err)
	}
	return &probeResult{credential: credential.Name(), uses: uses, results: results}, nil
}

// allProblems returns the problems of the credentials and of all images, each once.
func (r *probeResult) allProblems() model.Problems {
	out := slices.Clone(r.problems)
	for _, result := range r.results {
		for _, p := range result.Problems {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// probedImage is one image with the components that use it.
type probedImage struct {
	Uses []imageUse `json:"uses"`
	images.Result
}

// probed is the JSON output of probe.
type probed struct {
	FormatVersion string         `json:"formatVersion"`
	Images        []probedImage  `json:"images"`
	Problems      model.Problems `json:"problems"` // of the credentials; then no registry was asked
}

// byImage returns the results, each image once.
func (r *probeResult) byImage() []probedImage {
	out := []probedImage{}
	for i, result := range r.results {
		at := slices.IndexFunc(out, func(p probedImage) bool { return p.Image == result.Image })
		if at < 0 {
			at, out = len(out), append(out, probedImage{Result: result})
		}
		out[at].Uses = append(out[at].Uses, r.uses[i])
	}
	return out
}

func (c *probeCommand) printSummary(r *probeResult, list []probedImage) {
	if len(r.problems) > 0 {
		fmt.Fprintln(c.streams.Err, "no registry was asked")
		return
	}
	found := 0
	for _, image := range list {
		if image.Found {
			found++
		}
	}
	fmt.Fprintf(c.streams.Err, "%d of %d images can be pulled from here\n", found, len(list))
	if r.credential == images.DockerConfig().Name() {
		fmt.Fprintln(c.streams.Err, "note: asked with the docker config of this machine; "+
			"--dockerconfigjson checks the cluster's pull secret")
	}
}

// printProbed prints each image with what was found, or with its problems.
func printProbed(w io.Writer, r *probeResult, list []probedImage) error {
	var b strings.Builder
	for i, image := range list {
		if i > 0 {
			b.WriteString("\n")
		}
		printf(&b, "%s\n", image.Image)
		var users []string
		for _, u := range image.Uses {
			users = append(users, u.String())
		}
		facts := [][2]string{{"used by", strings.Join(users, ", ")}, {"digest", image.Digest},
			{"platforms", sizedPlatforms(image.Platforms)}}
		if image.Found {
			facts = append(facts, [2]string{"credentials", credentialText(r.credential, image.Entry)})
		}
		for _, fact := range facts {
			if fact[1] != "" {
				printf(&b, "  %-13s%s\n", fact[0], fact[1])
			}
		}
		printProblems(&b, image.Problems)
	}
	printProblems(&b, r.problems)
	_, err := io.WriteString(w, b.String())
	return err
}

// credentialText names the entry that the registry accepted.
func credentialText(name, entry string) string {
	if entry == "" {
		return "not needed"
	}
	return entry + ", from " + name
}

// sizedPlatforms lists platforms with their compressed size where it is known.
func sizedPlatforms(platforms []images.Platform) string {
	const megabyte = 1e6
	var out []string
	for _, p := range platforms {
		switch {
		case p.Size >= megabyte:
			p.Name += fmt.Sprintf(" (%.0f MB compressed)", float64(p.Size)/megabyte)
		case p.Size > 0:
			p.Name += " (less than 1 MB compressed)"
		}
		out = append(out, p.Name)
	}
	return strings.Join(out, ", ")
}
