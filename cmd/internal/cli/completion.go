package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"conductor-registry/model/chart"
	"conductor-registry/verify/cluster"
)

// completionDeadline bounds what a completion asks a cluster: a person waits for the shell.
const completionDeadline = 1500 * time.Millisecond

// completeCluster makes --context and --namespace complete to what kubectl knows. Program, kubeContext and kubeconfig
// are the values of the other flags.
func completeCluster(c *command, program, kubeContext, kubeconfig *string) {
	names := func(ask func(*cluster.Kubectl, context.Context) ([]string, error)) cobra.CompletionFunc {
		return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			name := cmp.Or(*kubeContext, helmContext(c.streams))
			return clusterNames(ask, *program, name, *kubeconfig), cobra.ShellCompDirectiveNoFileComp
		}
	}
	_ = c.RegisterFlagCompletionFunc("context", names((*cluster.Kubectl).Contexts))
	_ = c.RegisterFlagCompletionFunc("namespace", names((*cluster.Kubectl).Namespaces))
}

// namespacePath is the answers path of the pull secret's namespace.
const namespacePath = "pullSecret.namespace"

// completeNamespaces makes a flag complete to the namespaces of the cluster that kubectl is set to.
func completeNamespaces(c *command, flag string) {
	_ = c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		found := clusterNames((*cluster.Kubectl).Namespaces, "", helmContext(c.streams), "")
		return found, cobra.ShellCompDirectiveNoFileComp
	})
}

// clusterNames returns the names that kubectl answers with before the deadline; none if it does not.
func clusterNames(
	ask func(*cluster.Kubectl, context.Context) ([]string, error), program, kubeContext, kubeconfig string,
) []string {
	kubectl, err := cluster.Find(program, kubeContext, kubeconfig)
	if err != nil {
		return nil
	}
	ctx, stop := context.WithTimeout(context.Background(), completionDeadline)
	defer stop()
	found, _ := ask(kubectl, ctx) // without an answer nothing is completed
	return found
}

// completeAnswerPaths makes generate's --set complete to answers paths, each with its "=". Behind "environments." it
// completes the paths of an environment of the answers file.
func completeAnswerPaths(c *command, file *string) {
	complete := func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		var paths []string
		for _, flag := range c.catalog.Flags() {
			paths = append(paths, flag.Path)
			for _, env := range environmentsIn(*file) {
				if inEnvironment := "environments." + env + "." + flag.Path; strings.HasPrefix(typed, "environments.") {
					paths = append(paths, inEnvironment)
				}
			}
		}
		return withEquals(paths), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	}
	_ = c.RegisterFlagCompletionFunc("set", complete)
}

// completeValuePaths makes --set and --set-string complete to the keys for images and pull secrets that the chart reads;
// without a version, to those that any chart reads.
func completeValuePaths(c *command, version *string) {
	for _, flag := range []string{"set", "set-string"} {
		_ = c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			profiles := c.catalog.Charts.All()
			if *version != "" {
				profile, err := c.catalog.Chart(*version)
				if err != nil {
					return nil, cobra.ShellCompDirectiveNoFileComp
				}
				profiles = []*chart.Profile{profile}
			}
			var keys []string
			for _, profile := range profiles {
				keys = append(keys, profile.ReadKeys()...)
			}
			return withEquals(keys), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
		})
	}
}

// withEquals returns paths with an equals sign behind each, sorted.
func withEquals(paths []string) []string {
	out := make([]string, len(paths))
	for i, path := range paths {
		out[i] = path + "="
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// environmentsIn returns the environments of an answers file; none if it cannot be read.
func environmentsIn(file string) []string {
	if file == "" || file == "-" {
		return nil
	}
	in, err := readAnswers(file, true, Streams{})
	if err != nil {
		return nil
	}
	return in.answers.Environments()
}
