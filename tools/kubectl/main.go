// Program kubectl is Kubernetes' own command line, built from its public
// module, for the tests that run the generated scripts on a machine without
// kubectl. It is the upstream program (cmd/kubectl in kubernetes/kubernetes
// calls the same two functions), so that what the tests see is what users
// get; it must never grow behaviour of its own.
package main

import (
	"k8s.io/component-base/cli"
	"k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
)

func main() {
	if err := cli.RunNoErrOutput(cmd.NewDefaultKubectlCommand()); err != nil {
		util.CheckErr(err)
	}
}
