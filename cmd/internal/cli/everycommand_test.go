package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"conductor-registry/presets/presetstest"
)

// inputs are the files and flags that a test hands to every command.
type inputs struct {
	folder                 string // of all files
	values, answers, chart string
	profile, state, secret string // a chart profile, a saved state of a cluster, a .dockerconfigjson
	helm, kubectl          string // programs
	flags                  []string
	stdin                  string
	hasBase                bool // the answers name the values file as their base
}

// newInputs returns valid inputs in a new folder. Change the files to make them hostile.
func newInputs(t *testing.T) *inputs {
	t.Helper()
	folder := t.TempDir()
	in := &inputs{folder: folder, values: folder + "/values.yaml", answers: folder + "/answers.yaml", chart: folder + "/chart",
		profile: folder + "/profile.yaml", state: folder + "/state.json", secret: folder + "/secret.json",
		helm: folder + "/bin/helm", kubectl: folder + "/bin/kubectl"}
	for name, text := range map[string]string{
		in.values:                  "global: {image: {registry: \"127.0.0.1:1\"}}\n",
		in.answers:                 "version: 1\nregistry: {provider: generic, host: \"127.0.0.1:1\"}\n",
		in.chart + "/Chart.yaml":   "apiVersion: v2\nname: orkes-conductor\nversion: 2.8.0\nappVersion: 5.2.42\n",
		in.chart + "/values.yaml":  "{}\n",
		in.chart + "/templates/x":  "",
		in.state:                   `{"kind":"List","items":[]}`,
		in.secret:                  `{"auths":{"127.0.0.1:1":{"auth":"dTpw"}}}`,
		in.helm:                    "#!/bin/sh\nexit 1\n",
		in.kubectl:                 "#!/bin/sh\nexit 1\n",
		folder + "/deploy/readme":  "",
		folder + "/home/.keep":     "",
		folder + "/presets/.keep":  "",
		folder + "/charts/.keep":   "",
		folder + "/other/keep.txt": "",
	} {
		write(t, name, text)
	}
	return in
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
}

// calls returns the arguments with which a test calls a command, without the flags for formats. A new command has to be
// added here: a command without a call fails the tests.
func (in *inputs) calls(command string) [][]string {
	values, answers := []string{"-f", in.values}, []string{"--answers", in.answers}
	out := []string{"--out", in.folder + "/deploy"}
	with := func(parts ...[]string) []string { return slices.Concat(parts...) }
	switch command {
	case "wizard":
		plain := []string{"--accessible"}
		return [][]string{with(plain, answers, out), with(plain, []string{"--values", in.values})}
	case "generate":
		return [][]string{with(answers, out, []string{"--check"}), with(answers, out, []string{"--check", "--merge"}),
			with(answers, out), with(answers, out, []string{"--dry-run"}), with(answers, out, []string{"--merge", "--dry-run"}),
			with(answers, out, []string{"--chart", in.chart, "--check"})}
	case "resolve", "lint":
		return [][]string{values, with(values, []string{"--chart", in.chart}), {"-f", "-"}}
	case "verify":
		return [][]string{with(values, []string{"--chart", in.chart, "--helm", in.helm})}
	case "inspect":
		return [][]string{with(values, []string{"--chart", in.chart, "--helm", in.helm})}
	case "convert":
		return [][]string{with(values, []string{"--to", "3.0"}), with(values, []string{"--to", "2.7", "--chart-version", "2.8"})}
	case "steps":
		return [][]string{answers, with(answers, out)}
	case "secret":
		return [][]string{answers, values, with(answers, []string{"--username", "robot"})}
	case "probe", "pin":
		credentials := []string{"--dockerconfigjson", in.secret, "--timeout", "20ms"}
		return [][]string{with(values, credentials), with(answers, credentials)}
	case "mirror":
		credentials := []string{"--dockerconfigjson", in.secret, "--timeout", "20ms"}
		source := []string{"--source", "server=127.0.0.1:1/a/server", "--source", "workers=127.0.0.1:1/a/workers"}
		return [][]string{with(values, credentials, source), with(answers, credentials, source),
			with(answers, credentials, source, []string{"--list"}), with(answers, source, []string{"--script", "crane"}),
			with(values, source, []string{"--script", "skopeo"}),
			with(answers, credentials, source, []string{"--archive", in.folder + "/archive"}),
			with(answers, credentials, []string{"--from", in.folder + "/deploy"})}
	case "diagnose":
		return [][]string{{"--from", in.state}, with(values, []string{"--from", in.state}), {"--kubectl", in.kubectl, "-n", "apps"}}
	case "presets":
		return [][]string{nil, {"acr"}}
	case "schema":
		return [][]string{{"answers"}, {"values"}, {"preset"}, {"profile"}}
	case "doctor":
		return [][]string{{"--helm", in.helm, "--kubectl", in.kubectl}}
	case "version":
		return [][]string{nil}
	}
	return nil
}

// result holds the output of a command.
type result struct {
	args      []string
	code      int
	out, said string
	isOwnFile bool // standard output is, or contains, the user's own file
}

// everyCommand calls every command with every format; with in.flags only the commands that take one of them.
func everyCommand(t *testing.T, in *inputs, check func(result)) {
	t.Helper()
	root, err := newRoot(presetstest.Catalog(t), nil, Streams{}, []string{"generate"})
	if err != nil {
		t.Fatal(err)
	}
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help", "completion": // cobra's own; they read nothing
			continue
		}
		if !cmd.Runnable() { // a page of help
			continue
		}
		calls := in.calls(cmd.Name())
		if len(calls) == 0 {
			t.Fatalf("inputs.calls does not call %s: add it, so that this test covers it", cmd.Name())
		}
		if len(in.flags) > 0 && len(in.flagsFor(cmd)) == 0 {
			continue
		}
		if len(in.flags) > 0 {
			calls = calls[:1]
		}
		for _, call := range calls {
			for _, format := range formats(t, cmd) {
				check(in.call(slices.Concat([]string{cmd.Name()}, call, format, in.flagsFor(cmd))))
			}
		}
	}
}

// formats returns the flags for each format of a command: the known values of -o and of --format.
func formats(t *testing.T, cmd *cobra.Command) [][]string {
	t.Helper()
	var out [][]string
	for _, name := range []string{"output", "format"} {
		if cmd.Flags().Lookup(name) == nil {
			continue
		}
		known, ok := cmd.GetFlagCompletionFunc(name)
		if !ok {
			t.Fatalf("%s: --%s does not complete: the test cannot know its values", cmd.Name(), name)
		}
		choices, _ := known(cmd, nil, "")
		for _, choice := range choices {
			out = append(out, []string{"--" + name, choice})
		}
	}
	if len(out) == 0 {
		out = [][]string{nil}
	}
	if cmd.Flags().Lookup("verbose") != nil { // a format of messages: it prints what is read, run and asked
		out = append(out, []string{"--verbose"})
	}
	return out
}

// flagsFor returns those of the test's flags that a command takes. A flag is NAME=VALUE.
func (in *inputs) flagsFor(cmd *cobra.Command) []string {
	var out []string
	for _, flag := range in.flags {
		name, _, _ := strings.Cut(strings.TrimPrefix(flag, "--"), "=")
		if cmd.Flags().Lookup(name) != nil {
			out = append(out, flag)
		}
	}
	return out
}

// call runs a command as a user without a terminal.
func (in *inputs) call(args []string) result {
	var out, said bytes.Buffer
	stdin := in.stdin
	if args[0] == "wizard" { // what is typed at its questions is echoed by the terminal
		stdin = ""
	}
	code := Main(args, Streams{In: strings.NewReader(stdin), Out: &out, Err: &said, Size: func() (int, int) { return 0, 0 },
		Environment: []string{"HOME=" + in.folder + "/home", "REGISTRY_PASSWORD=" + in.stdin}})
	r := result{args: args, code: code, out: out.String(), said: said.String()}
	r.isOwnFile = slices.Contains([]string{"convert", "pin"}, args[0]) ||
		slices.Contains(args, "--dry-run") && (in.hasBase || slices.Contains(args, "--merge"))
	return r
}
