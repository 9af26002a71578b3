package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// addTopics adds pages of help that are about no single command.
func addTopics(root *cobra.Command) {
	for _, topic := range []*cobra.Command{
		{Use: "environment", Short: "Variables that the program reads", Long: environmentHelp},
		{Use: "exit-codes", Short: "What the exit codes mean", Long: exitCodesHelp},
	} {
		topic.Args = noArguments
		topic.SetUsageFunc(func(*cobra.Command) error { return nil })
		root.AddCommand(topic)
	}
}

// completeTopics completes the arguments of help: the commands, and the pages of help that are about no single one.
func completeTopics(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	var found []string
	parent, _, err := cmd.Root().Find(args)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, c := range parent.Commands() {
		if (c.IsAvailableCommand() || c.IsAdditionalHelpTopicCommand()) && strings.HasPrefix(c.Name(), typed) {
			found = append(found, c.Name()+"\t"+c.Short)
		}
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}

// printTopics lists the pages of help that are about no single command.
func printTopics(b *strings.Builder, cmd *cobra.Command) {
	title := "\nHelp about (" + cmd.Name() + " help TOPIC):\n"
	for _, topic := range cmd.Commands() {
		if topic.IsAdditionalHelpTopicCommand() {
			fmt.Fprintf(b, "%s  %-13s%s\n", title, topic.Name(), topic.Short)
			title = ""
		}
	}
}

const exitCodesHelp = `Exit codes of all commands:

    0  done; also when the only findings are infos
    1  failure: a file cannot be read or written, is not YAML, or a preset or
       profile has a mistake; helm, kubectl or the cluster does not answer
    2  wrong flags, or answers that are missing or invalid; all are listed
    3  the chart would refuse the values; lint, verify, probe or diagnose found
       problems; something could not be converted
    4  a file would be overwritten; --check found a difference or a tag that
       moved
  129  terminated by SIGHUP
  130  cancelled: ctrl+c, or SIGINT
  131  terminated by SIGQUIT
  143  terminated by SIGTERM

Results go to standard output and messages to standard error. A command that
fails writes no file, or lists those that it did write.`

const environmentHelp = `Variables that the program reads:

  ACCESSIBLE       1 asks the wizard's questions line by line; so does TERM=dumb
  CI               1 or true: mirror prints lines instead of progress bars
  NO_COLOR         any value: no colours
  LC_ALL, LC_CTYPE, LANG
                   without UTF-8 the wizard draws with ASCII characters
  XDG_STATE_HOME   folder of unfinished sessions (default ~/.local/state; on
                   Windows %LOCALAPPDATA%)
  DOCKER_CONFIG    folder of the docker config (default ~/.docker)
  REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME
                   where podman keeps its logins, asked after docker's
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY
                   proxies for requests to registries
  SSL_CERT_FILE, SSL_CERT_DIR
                   CA certificates instead of the system's
  KUBECONFIG       passed on to kubectl
  HELM_NAMESPACE, HELM_KUBECONTEXT
                   namespace and context of diagnose and secret without -n and
                   --context; the wizard refuses to run a step in another
                   context. Helm sets them for its plugins, as in
                   helm conductor-registry diagnose -n prod

Variables that the written pull-secret scripts read:

  NAMESPACE        the namespace, instead of the one in the answers
  REGISTRY_USERNAME, REGISTRY_PASSWORD
                   the credentials; without them the script asks
  and those of a registry's own program, such as AWS_PROFILE for aws. The head
  of each script lists them.

There is no telemetry and no configuration file.`
