package cluster

import (
	"context"
	"strings"
)

// Contexts returns the names of the contexts in the kubeconfig. It asks no cluster.
func (k *Kubectl) Contexts(ctx context.Context) ([]string, error) {
	out, err := k.run(ctx, "config", "get-contexts", "--output", "name")
	return strings.Fields(string(out)), err
}

// Namespaces returns the names of the namespaces of the cluster.
func (k *Kubectl) Namespaces(ctx context.Context) ([]string, error) {
	out, err := k.run(ctx, "get", "namespaces", "--output", "jsonpath={.items[*].metadata.name}")
	return strings.Fields(string(out)), err
}
