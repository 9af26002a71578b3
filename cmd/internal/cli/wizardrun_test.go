package cli

import (
	"os"
	"strings"
	"testing"
)

// Helm and kubectl must mean the same cluster before the wizard runs a step.
func TestStepsRefuseAnotherContextThanHelms(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(folder+"/kubectl", []byte("#!/bin/sh\necho kind-dev\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	for helms, want := range map[string]string{"": "", "kind-dev": "",
		"kind-prod": `helm's context is "kind-prod" and kubectl's is "kind-dev": kubectl config use-context kind-prod`} {
		runner := stepRunner{ctx: t.Context(), streams: Streams{Environment: []string{"HELM_KUBECONTEXT=" + helms}}}
		name, err := runner.Context()
		if want == "" && (err != nil || name != "kind-dev") || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("helm's context %q: %q, %v", helms, name, err)
		}
	}
}
