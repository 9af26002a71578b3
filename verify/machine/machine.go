// Package machine reports what this machine offers: helm, kubectl, the docker config, proxies and CA certificates. It
// asks no network and no cluster, and changes nothing.
package machine

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"conductor-registry/verify/helm"
	"conductor-registry/verify/images"
	"conductor-registry/verify/program"
)

// Status says whether a check found what it looked for.
type Status string

// What a check can find.
const (
	OK      Status = "ok"
	Warning Status = "warning" // there, and not as it should be
	Missing Status = "missing" // not there; some commands need it
)

// Check is the result of one check. Why and Fix are empty when nothing is wrong.
type Check struct {
	ID     string `json:"id"`
	Status Status `json:"status"`
	Found  string `json:"found"`
	Why    string `json:"why,omitempty"`
	Fix    string `json:"fix,omitempty"`
}

// Machine says where to look.
type Machine struct {
	Helm, Kubectl string                   // name or path; "" for the ones in PATH
	Variable      func(name string) string // of the environment; "" when it is not set
}

// answerTimeout bounds each program. They are asked for their version and configuration only.
const answerTimeout = 5 * time.Second

// Run returns all checks, in the order in which they are printed.
func (m Machine) Run(ctx context.Context) []Check {
	return []Check{m.checkHelm(ctx), m.checkKubectl(ctx), checkDockerConfig(), m.checkProxy(), m.checkCertificates()}
}

func (m Machine) checkHelm(ctx context.Context) Check {
	c := Check{ID: "helm", Status: Missing, Why: "verify, inspect and the installation need it"}
	found, err := helm.Find(m.Helm)
	if err != nil {
		c.Found, c.Fix = split(err)
		return c
	}
	limited, stop := context.WithTimeout(ctx, answerTimeout)
	defer stop()
	version, err := found.Version(limited)
	switch {
	case err != nil:
		c.Found, c.Fix = "helm does not start: "+err.Error(), "run: helm version"
	case strings.HasPrefix(version, "v3."), strings.HasPrefix(version, "v4."):
		return Check{ID: c.ID, Status: OK, Found: version + ", " + found.Path()}
	default:
		c.Status, c.Found = Warning, version+", "+found.Path()
		c.Why, c.Fix = "only helm 3 and 4 are supported", "install one: https://helm.sh/docs/intro/install"
	}
	return c
}

func (m Machine) checkKubectl(ctx context.Context) Check {
	c := Check{ID: "kubectl", Status: Missing, Why: "pull-secret.sh and diagnose need it"}
	path, err := program.Find(m.Kubectl, "kubectl", "install it: https://kubernetes.io/docs/tasks/tools")
	if err != nil {
		c.Found, c.Fix = split(err)
		return c
	}
	version, err := kubectlVersion(ctx, path)
	if err != nil {
		c.Found, c.Fix = "kubectl does not start: "+err.Error(), "run: kubectl version --client"
		return c
	}
	c.Found = version + ", " + path
	limited, stop := context.WithTimeout(ctx, answerTimeout)
	defer stop()
	selected, err := program.Run(limited, path, nil, "config", "current-context")
	name := strings.TrimSpace(string(selected))
	if err != nil || name == "" {
		c.Status, c.Why = Warning, "no context is selected: kubectl does not know which cluster to ask"
		c.Fix = "run: kubectl config use-context NAME, or set KUBECONFIG to a kubeconfig file"
		return c
	}
	return Check{ID: c.ID, Status: OK, Found: c.Found + ", context " + name}
}

// kubectlVersion returns the version of kubectl itself, such as v1.34.0.
func kubectlVersion(ctx context.Context, path string) (string, error) {
	limited, stop := context.WithTimeout(ctx, answerTimeout)
	defer stop()
	out, err := program.Run(limited, path, nil, "version", "--client", "--output", "json")
	if err != nil {
		return "", err
	}
	var printed struct {
		ClientVersion struct {
			GitVersion string `json:"gitVersion"`
		} `json:"clientVersion"`
	}
	if err := json.Unmarshal(out, &printed); err != nil || printed.ClientVersion.GitVersion == "" {
		return "", fmt.Errorf("%s did not print its version", path)
	}
	return printed.ClientVersion.GitVersion, nil
}

// checkDockerConfig reports the registries that this machine has credentials for, and helpers that cannot be run.
func checkDockerConfig() Check {
	c := Check{ID: "docker-config", Status: Missing,
		Why: "probe, pin and mirror use its credentials unless you pass others", Fix: "run: docker login HOST"}
	found, err := images.ReadDockerConfig()
	switch {
	case err != nil:
		c.Status, c.Found, c.Fix = Warning, err.Error(), "correct the file, or set DOCKER_CONFIG to another folder"
	case found == nil:
		c.Found = "none"
	default:
		c.Status, c.Found = OK, found.Path
		if len(found.Hosts) > 0 {
			c.Found += ", credentials for " + strings.Join(found.Hosts, ", ")
		}
		c.Why, c.Fix = "", ""
	}
	if found == nil || len(found.MissingHelpers) == 0 {
		return c
	}
	names := strings.Join(found.MissingHelpers, ", ")
	c.Status, c.Why = Warning, "the file names a credential helper that is not in PATH: "+names
	c.Fix = "install " + names + ", or remove credsStore and credHelpers from the file and log in again"
	return c
}

// split returns an error's first line, and its hint.
func split(err error) (text, hint string) {
	text, hint, _ = strings.Cut(err.Error(), "\nhint: ")
	return text, hint
}
