package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/answers"
	"conductor-registry/model/diagnose"
	"conductor-registry/verify/cluster"
)

// diagnoseCommand is the command diagnose.
type diagnoseCommand struct {
	streams                      Streams
	catalog                      *answers.Catalog
	values                       valueFlags
	output                       format
	namespace, release           string
	from, save                   string
	kubectl, context, kubeconfig string
}

func newDiagnose(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &diagnoseCommand{streams: s, catalog: catalog}
	cmd := &cobra.Command{
		Use: "diagnose", Short: "Say why pods do not pull their images, and what to do", Args: noArguments,
		Long: `Ask a cluster why pods do not pull, and say what to do: which secret is missing,
which key in it does not fit, what the registry said. kubectl is run to read
pods, events, pull secrets and the like, and never to change anything. Of
secrets only the registries' names are looked at; what they hold is not kept.

Without a cluster, give what one said. --save writes that to a file, to be
looked at elsewhere with --from, and no password is in it. From kubectl it is

  kubectl get pods,events,serviceaccounts,replicasets,deployments \
      -n conductor -o json > state.json

which also holds the pods' environment, and would hold passwords with secrets
among it: to send it to somebody, use --save.

Exit codes: 0 nothing is wrong, 1 the cluster can't be asked, 2 wrong flags,
3 something is.`,
		Example: `  conductor-registry diagnose -n conductor
  conductor-registry diagnose -n conductor --release conductor -f values.yaml
  conductor-registry diagnose -n conductor --save state.json
  conductor-registry diagnose --from state.json`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	flags := cmd.Flags()
	flags.StringVarP(&c.namespace, "namespace", "n", "", "`NAMESPACE` of the pods, if not that of kubectl's context")
	flags.StringVar(&c.release, "release", "", "look only at the pods of this `RELEASE` of Helm")
	flags.StringVar(&c.from, "from", "", "look at what was saved in `FILE` and ask no cluster; - is standard input")
	flags.StringVar(&c.save, "save", "", "write what the cluster said to `FILE`, without what secrets hold")
	flags.StringVar(&c.context, "context", "", "`NAME` of a context, for kubectl")
	flags.StringVar(&c.kubeconfig, "kubeconfig", "", "`FILE` of contexts, for kubectl")
	flags.StringVar(&c.kubectl, "kubectl", "", "kubectl `PROGRAM`, if not the one in PATH")
	_ = cmd.MarkFlagFilename("from", "json")
	c.values.add(cmd)
	inSection(flags, "To compare the pods with", c.values.names()...)
	c.output.add(cmd)
	return cmd
}

func (c *diagnoseCommand) run(cmd *cobra.Command) error {
	wanted, err := c.check(cmd)
	if err != nil {
		return err
	}
	state, err := c.state(cmd)
	if err != nil {
		return err
	}
	if c.save != "" {
		if err := c.keep(state); err != nil {
			return exit{exitFailure, err}
		}
	}
	report, err := diagnose.Run(diagnose.Input{State: state, Catalog: c.catalog, Release: c.release, Wanted: wanted})
	if err != nil {
		return exit{exitFailure, err}
	}
	if c.output.json() {
		err = writeJSON(c.streams.Out, asDiagnosed(report))
	} else {
		err = tellDiagnosed(c.streams.Out, report)
	}
	if err == nil && report.Wrong() {
		err = exit{code: exitRefused}
	}
	return err
}

// check wants flags that go together, and gives what the values want, if there are any.
func (c *diagnoseCommand) check(cmd *cobra.Command) ([]diagnose.Wanted, error) {
	for _, other := range []string{"save", "context", "kubeconfig", "kubectl"} {
		if err := exclude(cmd, "from", other); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{"from", "save", "namespace", "release"} {
		if flag := cmd.Flags().Lookup(name); flag.Changed && flag.Value.String() == "" {
			return nil, usage("--%s is empty: is a variable not set?", name)
		}
	}
	switch {
	case c.save == "-":
		return nil, usage("--save wants a file: standard output has the diagnosis")
	case c.from == "-" && slices.Contains(c.values.files, "-"):
		return nil, usage("--from - and -f - can't go together: standard input can be read once")
	case !c.values.given():
		return nil, nil
	}
	profile, err := c.values.profile(cmd, c.catalog, c.streams)
	if err != nil {
		return nil, err
	}
	resolution, code, err := c.values.resolve(profile, c.streams.In, standIn(profile)...)
	if err != nil {
		return nil, err
	}
	if resolution.Error != nil {
		return nil, exit{code, refusal(profile, resolution.Error)}
	}
	var wanted []diagnose.Wanted
	for _, component := range profile.Components {
		resolved := resolution.Components[component.Name]
		w := diagnose.Wanted{Image: resolved.Image}
		for _, name := range resolved.PullSecrets {
			w.Secrets = append(w.Secrets, fmt.Sprint(name))
		}
		wanted = append(wanted, w)
	}
	return wanted, nil
}

// state is what a cluster says, or once said.
func (c *diagnoseCommand) state(cmd *cobra.Command) (*diagnose.State, error) {
	if c.from != "" {
		return c.saved()
	}
	program, err := cluster.Find(c.kubectl, c.context, c.kubeconfig)
	if err != nil {
		return nil, exit{exitFailure, err}
	}
	ctx, stop := interruptible(cmd)
	defer stop()
	state, err := cluster.Read(ctx, program, c.namespace, time.Now())
	if err != nil {
		return nil, c.unanswered(ctx, err)
	}
	return state, nil
}

// unanswered is an error of a cluster that can't be asked.
func (c *diagnoseCommand) unanswered(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return stopped(ctx, err)
	}
	if _, refused := errors.AsType[*cluster.RefusedError](err); !refused {
		err = fmt.Errorf("%w\nhint: kubectl get pods must work here first; --context and --kubeconfig choose the cluster",
			err)
	}
	return exit{exitFailure, err}
}

// saved reads a file of what a cluster said.
func (c *diagnoseCommand) saved() (*diagnose.State, error) {
	data, err := readFile(c.from, c.streams.In)
	if err != nil {
		return nil, exit{exitFailure, err}
	}
	state, err := diagnose.Read(data)
	switch {
	case err != nil:
		return nil, exit{exitFailure, fmt.Errorf("%s: %w", shownName(c.from), err)}
	case state.Empty() && state.Asked.Namespace == "":
		return nil, exit{exitFailure, fmt.Errorf("%s has no pods, events or the like: is it what kubectl get printed with "+
			"-o json?", shownName(c.from))}
	}
	if c.namespace != "" {
		state.Asked.Namespace = c.namespace
	}
	cluster.AgeOfFile(state)
	return state, nil
}

// keep writes what the cluster said.
func (c *diagnoseCommand) keep(state *diagnose.State) error {
	data, err := state.Save()
	if err != nil {
		return err
	}
	if err := files.Replace(c.save, data); err != nil {
		return err
	}
	fmt.Fprintf(c.streams.Err, "wrote %s: what the cluster said of %s, without what secrets hold\n", c.save,
		state.Asked.Namespace)
	return nil
}
