package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/answers"
	"conductor-registry/model/diagnose"
	"conductor-registry/model/plan"
	"conductor-registry/verify/cluster"
)

type diagnoseCommand struct {
	command
	values                       valueFlags
	namespace, release           string
	from, save                   string
	kubectl, context, kubeconfig string
}

func newDiagnose(catalog *answers.Catalog, s Streams) *cobra.Command {
	c := &diagnoseCommand{command: command{streams: s, catalog: catalog}}
	c.Command = &cobra.Command{
		Use: "diagnose", Short: "Find out why pods cannot pull their images", Args: noArguments,
		Long: `Find out why pods cannot pull their images, and print what to do: which secret
is missing, which key in it does not match, what the registry answered. It runs
kubectl to read pods, events and pull secrets, and never changes anything. From
a secret it takes only the names of the registries.

--save writes what the cluster returned to a file, without any password, to be
read elsewhere with --from. --from also reads the output of

  kubectl get pods,events,serviceaccounts,replicasets,deployments \
      -n conductor -o json > state.json

That file contains the pods' environment, and with secrets also passwords: to
send it to somebody, use --save.

Exit codes: 0 no problems, 1 the cluster cannot be reached, 2 wrong flags,
3 problems found.`,
		Example: `  conductor-registry diagnose -n conductor
  conductor-registry diagnose -n conductor --release conductor -f values.yaml
  conductor-registry diagnose -n conductor --save state.json
  conductor-registry diagnose --from state.json`,
		RunE: func(*cobra.Command, []string) error { return c.run() },
	}
	flags := c.Flags()
	flags.StringVarP(&c.namespace, "namespace", "n", "",
		"`NAMESPACE` of the pods (default: that of kubectl's context; with --from, all)")
	flags.StringVar(&c.release, "release", "", "only the pods of this helm `RELEASE`")
	flags.StringVar(&c.from, "from", "", "read a saved state from `FILE` instead of a cluster; - is standard input")
	flags.StringVar(&c.save, "save", "", "write what the cluster returned to `FILE`, without the content of secrets")
	flags.StringVar(&c.context, "context", "", "kubectl context `NAME`")
	flags.StringVar(&c.kubeconfig, "kubeconfig", "", "kubeconfig `FILE` for kubectl")
	flags.StringVar(&c.kubectl, "kubectl", "", "kubectl `PROGRAM` (default: kubectl in PATH)")
	_ = c.MarkFlagFilename("from", "json")
	_ = c.MarkFlagFilename("save", "json")
	_ = c.MarkFlagFilename("kubeconfig")
	completeCluster(&c.command, &c.kubectl, &c.context, &c.kubeconfig)
	c.values.add(&c.command, "Values to compare the pods with")
	c.addOutput()
	return c.Command
}

func (c *diagnoseCommand) run() error {
	wanted, err := c.wanted()
	if err != nil {
		return err
	}
	state, err := c.state()
	if err != nil {
		return err
	}
	data, err := state.Save()
	if err != nil {
		return err
	}
	c.streams.known.AddMessage(string(data)) // images and messages of a cluster can have logins
	if c.save != "" {
		if err := c.saveState(c.streams.known.JSON(data), state.Asked.Namespace); err != nil {
			return err
		}
	}
	found, err := diagnose.Run(diagnose.Input{State: state, Catalog: c.catalog, Release: c.release, Wanted: wanted})
	if err != nil {
		return err
	}
	code := exitOK
	if found.Wrong() {
		code = exitRefused
	}
	return c.print(code, diagnosedJSON(found), func() error { return printDiagnosed(c.streams.Out, found) })
}

// fromHelm takes namespace and context from helm where no flag gives them.
func (c *diagnoseCommand) fromHelm() {
	if c.from != "" {
		return
	}
	c.namespace = cmp.Or(c.namespace, variable(c.streams, helmNamespaceVariable))
	c.context = cmp.Or(c.context, helmContext(c.streams))
}

// wanted checks the flags and returns what the values give the pods; nil without values.
func (c *diagnoseCommand) wanted() ([]diagnose.Wanted, error) {
	if err := c.excludeEach("from", "save", "context", "kubeconfig", "kubectl"); err != nil {
		return nil, err
	}
	if err := c.refuseEmpty("from", "save", "namespace", "release"); err != nil {
		return nil, err
	}
	c.fromHelm()
	switch {
	case c.save == "-":
		return nil, usage("--save needs a file: standard output has the diagnosis")
	case c.from == "-" && slices.Contains(c.values.files, "-"):
		return nil, usage("--from - and -f - cannot be combined: standard input can be read only once")
	case !c.values.given():
		return nil, nil
	}
	loaded, err := c.values.loadAccepted(&c.command)
	if err != nil {
		return nil, err
	}
	var wanted []diagnose.Wanted
	for _, component := range loaded.profile.Components {
		resolved := loaded.resolution.Components[component.Name]
		w := diagnose.Wanted{Image: resolved.Image}
		for _, name := range resolved.PullSecrets {
			w.Secrets = append(w.Secrets, fmt.Sprint(name))
		}
		wanted = append(wanted, w)
	}
	return wanted, nil
}

// state returns the state of the cluster, or a saved one.
func (c *diagnoseCommand) state() (*diagnose.State, error) {
	if c.from != "" {
		return c.savedState()
	}
	program, err := cluster.Find(c.kubectl, c.context, c.kubeconfig)
	if err != nil {
		return nil, err
	}
	ctx, stop := interruptible(c.Command)
	defer stop()
	p := progress{c.streams.Err}
	program.Waiting = func(asked string, since time.Duration) {
		switch seconds := int(since.Round(time.Second).Seconds()); {
		case c.streams.ErrIsTerminal:
			p.show("waiting for the cluster: kubectl %s (%d s)", asked, seconds)
		case seconds%10 == 5:
			fmt.Fprintf(c.streams.Err, "waiting for the cluster: kubectl %s (%d s)\n", asked, seconds)
		}
	}
	if c.streams.ErrIsTerminal {
		defer p.clear()
	}
	state, err := cluster.Read(ctx, program, c.namespace, time.Now())
	if err != nil {
		return nil, c.unreachable(ctx, err)
	}
	return state, nil
}

// unreachable returns the error of a cluster that cannot be read.
func (c *diagnoseCommand) unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return stopped(ctx, err)
	}
	if _, refused := errors.AsType[*cluster.RefusedError](err); !refused {
		err = fmt.Errorf("%w\nhint: \"kubectl get pods\" must work first; --context and --kubeconfig choose the cluster",
			err)
	}
	return err
}

// savedState reads a saved state.
func (c *diagnoseCommand) savedState() (*diagnose.State, error) {
	data, err := readFile(c.from, c.streams.In)
	if err != nil {
		return nil, err
	}
	c.streams.inputs.add(c.from)
	state, err := diagnose.Read(data)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", shownName(c.from), err)
	case state.Empty() && state.Asked.Namespace == "":
		return nil, fmt.Errorf("%s contains no pods or events: is it the output of kubectl get -o json?",
			shownName(c.from))
	}
	if c.namespace != "" {
		state.Asked.Namespace = c.namespace
	}
	cluster.AgeOfFile(state)
	return state, nil
}

// saveState writes the state of a namespace to the file of --save.
func (c *diagnoseCommand) saveState(data []byte, namespace string) error {
	old, err := files.Folder("").Read(c.save)
	if err != nil {
		return err
	}
	if err := c.replace(plan.File{Name: c.save, Data: data, Mode: 0o600, Replaces: old}); err != nil {
		return err
	}
	printf(c.streams.Err, "wrote %s: the state of namespace %s, without the content of secrets\n", c.save, namespace)
	return nil
}
