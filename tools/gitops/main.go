// Command gitops reads manifests from standard input and decodes those of Flux and kustomize into the Go types of these
// projects, for tests. An unknown field and a wrong type are errors. It ignores other objects: Argo CD's module takes more
// than ten minutes to build, so a schema of our own checks those.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	helm "github.com/fluxcd/helm-controller/api/v2"
	source "github.com/fluxcd/source-controller/api/v1"
	"k8s.io/apimachinery/pkg/util/yaml"
	kustomize "sigs.k8s.io/kustomize/api/types"
	strict "sigs.k8s.io/yaml"
)

func main() {
	if err := run(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in io.Reader) error {
	var all []error
	reader := yaml.NewYAMLReader(bufio.NewReader(in))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return errors.Join(all...)
		}
		if err != nil {
			return err
		}
		if err := check(document); err != nil {
			all = append(all, fmt.Errorf("%w:\n%s", err, document))
		}
	}
}

// check decodes a document.
func check(document []byte) error {
	var head struct{ APIVersion, Kind string }
	if err := strict.Unmarshal(document, &head); err != nil {
		return err
	}
	var into any
	switch head.APIVersion + "/" + head.Kind {
	case "helm.toolkit.fluxcd.io/v2/HelmRelease":
		into = &helm.HelmRelease{}
	case "source.toolkit.fluxcd.io/v1/HelmRepository":
		into = &source.HelmRepository{}
	case "source.toolkit.fluxcd.io/v1/GitRepository":
		into = &source.GitRepository{}
	case "kustomize.config.k8s.io/v1beta1/Kustomization":
		into = &kustomize.Kustomization{}
	default:
		return nil
	}
	return strict.UnmarshalStrict(document, into)
}
