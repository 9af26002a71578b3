package cli

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"conductor-registry/presets/presetstest"
)

// Every flag of every command completes: to known values, which are asked for here, to files or to folders. The others
// take any text; a new flag is one of them only when it is added here.
func TestEveryFlagCompletes(t *testing.T) {
	anyText := []string{"username", "registry", "release", "timeout", "set-file", "kubectl", "helm", "source", "source-username"}
	catalog := presetstest.Catalog(t)
	root, err := newRoot(catalog, nil, Streams{}, []string{"generate"})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range catalog.Flags() {
		if len(q.Values)+len(q.Offers) == 0 && q.Path != namespacePath {
			anyText = append(anyText, q.Name)
		}
	}
	answers := completionInputs(t)
	for _, cmd := range everyCommandOf(root) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			_, files := f.Annotations[cobra.BashCompFilenameExt]
			_, folders := f.Annotations[cobra.BashCompSubdirsInDir]
			if f.Value.Type() == "bool" || files || folders || slices.Contains(anyText, f.Name) {
				return
			}
			args := strings.Fields(cmd.CommandPath())[1:]
			if cmd.Flags().Lookup("answers") != nil {
				args = append(args, "--answers", answers)
			}
			if found := completions(t, append(args, "--"+f.Name, "")...); len(found) == 0 {
				t.Errorf("%s --%s does not complete: call completeWith, MarkFlagFilename or MarkFlagDirname", cmd.CommandPath(), f.Name)
			}
		})
	}
}

// everyCommandOf returns a command and all commands below it.
func everyCommandOf(cmd *cobra.Command) []*cobra.Command {
	out := []*cobra.Command{cmd}
	for _, below := range cmd.Commands() {
		out = append(out, everyCommandOf(below)...)
	}
	return out
}

// completionInputs puts a kubectl into PATH that knows one context and two namespaces, and returns an answers file with
// two environments.
func completionInputs(t *testing.T) (answers string) {
	t.Helper()
	folder := t.TempDir()
	write(t, folder+"/answers.yaml", "version: 1\nenvironments: {dev: {}, prod: {}}\n")
	fakeKubectl(t, "case \"$*\" in *get-contexts*) echo kind ;; *namespaces*) echo apps staging ;; *) exit 1 ;; esac")
	return folder + "/answers.yaml"
}

// fakeKubectl puts a shell script into PATH as kubectl.
func fakeKubectl(t *testing.T, script string) {
	t.Helper()
	folder := t.TempDir()
	write(t, folder+"/kubectl", "#!/bin/sh\n"+script+"\n")
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// completions returns what a shell offers behind args, without descriptions.
func completions(t *testing.T, args ...string) (out []string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := Main(append([]string{cobra.ShellCompNoDescRequestCmd}, args...), Streams{In: strings.NewReader(""), Out: &stdout,
		Err: &stderr, Environment: os.Environ()})
	if code != exitOK {
		t.Errorf("%v: exit code %d: %s", args, code, stderr.String())
	}
	for line := range strings.Lines(stdout.String()) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, ":") {
			out = append(out, line)
		}
	}
	return out
}

// Values of each kind, as a shell offers them.
func TestCompletions(t *testing.T) {
	answers := completionInputs(t)
	for _, tt := range []struct {
		line string
		want []string // among others
	}{
		{"generate --registry-provider ", []string{"acr", "generic"}},
		{"generate --registry-region ", []string{"eu-central-1"}},
		{"generate --registry-cloud ", []string{"public", "us-gov", "china"}},
		{"generate --pull-secret-namespace ", []string{"apps", "staging"}},
		{"generate --answers " + answers + " --set environments.", []string{"environments.dev.tag=", "environments.prod.registry.provider="}},
		{"secret --answers " + answers + " --environment ", []string{"dev", "prod"}},
		{"secret --namespace ", []string{"apps", "staging"}},
		{"diagnose -n ", []string{"apps", "staging"}},
		{"diagnose --context ", []string{"kind"}},
		{"lint --output ", []string{"codequality", "junit"}},
		{"schema ", []string{"answers", "values", "preset", "profile"}},
		{"presets ", []string{"acr"}},
		{"help ", []string{"environment", "exit-codes", "lint"}},
		{"completion ", []string{"bash", "zsh", "fish", "powershell"}},
	} {
		found := completions(t, strings.Split(tt.line, " ")...)
		for _, want := range tt.want {
			if !slices.Contains(found, want) {
				t.Errorf("%s offers %v, want %s among them", tt.line, found, want)
			}
		}
	}
}

// A cluster that does not answer offers nothing, and does not keep the shell waiting.
func TestCompletionDoesNotWaitForACluster(t *testing.T) {
	fakeKubectl(t, "exec sleep 100000")
	if found := completions(t, "diagnose", "--namespace", ""); len(found) > 0 {
		t.Error(found)
	}
	fakeKubectl(t, "exit 1")
	if found := completions(t, "diagnose", "--namespace", ""); len(found) > 0 {
		t.Error(found)
	}
}

// What is offered for a registry's field is accepted as its answer.
func TestOffersAreAccepted(t *testing.T) {
	all, err := presetstest.Catalog(t).Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, f := range p.Fields {
			for _, offer := range f.Suggest {
				if !f.Pattern.Match(offer) || strings.ToLower(offer) != offer {
					t.Errorf("%s: %s offers %q, which it refuses", p.ID, f.ID, offer)
				}
			}
		}
	}
}
