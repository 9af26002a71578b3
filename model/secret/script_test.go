package secret

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"
)

// variants are requests of every shape: each method, each source of a password, known and unknown users, one registry
// and two, and texts that a script must not trip over.
func variants() map[string]Request {
	odd := Login{AuthKey: `a"b\c`, Title: "it's\n$(id) `id` # \"x\"", UsernameHelp: "a\nb'$c", PasswordHelp: "'; exit 9; '", Anonymous: true}
	vs := map[string]Request{}
	for _, method := range []string{Kubectl, ImageCredentials, CustomImagePullSecrets} {
		known := hub
		known.Username = "my$name"
		for name, logins := range map[string][]Login{
			"acr": {acr}, "ecr": {ecr}, "gar": {gar}, "raw": {rawKey}, "harbor": {harbor}, "hub": {hub}, "known": {known}, "odd": {odd},
			"acr-hub": {acr, hub}, "gar-harbor": {gar, harbor}, "ecr-ecr": {ecr, ecr}, "none": {},
		} {
			vs[method+"-"+name] = request(method, logins...)
		}
		r := request(method, acr)
		r.FileName, r.ValuesFile, r.Namespaces, r.Name = "my pull's secret.sh", "-my $values.yaml", nil, "a.b-c"
		vs[method+"-names"] = r
	}
	return vs
}

// shellTexts are the scripts of all forms that are shell, for every variant that has them, and the commands of manifests.
func shellTexts() map[string]string {
	out := map[string]string{}
	add := func(name string, r Request) {
		out[name] = Script(r)
		for _, f := range Formats() {
			text, err := f.Text(r)
			switch {
			case err != nil:
			case f.ID == "sealed-secret", f.ID == "sops":
				out[name+"-"+f.ID] = text
			case f.ID == "manifest" && len(r.Logins) > 0:
				out[name+"-"+f.ID] = "#!/bin/sh\n# shellcheck disable=SC1003,SC2016\n" + commandsOf(text)
			}
		}
	}
	for name, r := range variants() {
		add(name, r)
		if d, err := r.FromDockerConfig(); err == nil && len(r.Logins) > 0 {
			add(name+"-docker", d)
		}
	}
	return out
}

func TestScriptIsPOSIX(t *testing.T) {
	shellcheck, _ := exec.LookPath("shellcheck")
	for name, script := range shellTexts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := syntax.NewParser(syntax.Variant(syntax.LangPOSIX)).Parse(strings.NewReader(script), name); err != nil {
				t.Errorf("%v\n%s", err, script)
			}
			if strings.Contains(script, "__") {
				t.Errorf("a placeholder has no value in\n%s", script)
			}
			if strings.Contains(script, "\n\n\n") || strings.Contains(script, " \n") || !strings.HasSuffix(script, "\n") {
				t.Errorf("untidy blanks in\n%s", script)
			}
			if shellcheck == "" { // the linters' own job runs it where it is missing
				return
			}
			cmd := exec.Command(shellcheck, "-s", "sh", "-")
			cmd.Stdin = strings.NewReader(script)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// commandsOf are the commands in a manifest's comment, as somebody would copy them.
func commandsOf(manifest string) string {
	var b strings.Builder
	for line := range strings.Lines(manifest) {
		command, ok := strings.CutPrefix(line, "#   ")
		if ok && (b.Len() > 0 || strings.HasPrefix(command, "(")) {
			b.WriteString(command)
		}
		if ok && strings.HasPrefix(command, ")") {
			break
		}
	}
	return b.String()
}

// TestPiecesArePOSIX wants each piece to be shell by itself, so that editors and people can read it.
func TestPiecesArePOSIX(t *testing.T) {
	names, err := filepath.Glob("script/*.sh")
	if err != nil || len(names) == 0 {
		t.Fatal("no pieces", err)
	}
	for _, name := range names {
		piece, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := syntax.NewParser(syntax.Variant(syntax.LangPOSIX)).Parse(bytes.NewReader(piece), name); err != nil {
			t.Error(err)
		}
	}
}

// What the answers say is never taken for a placeholder, wherever the script repeats it.
func TestScriptKeepsWhatLooksLikeAPlaceholder(t *testing.T) {
	const text = "__name____key____password____logins__"
	l := Login{AuthKey: text, Title: text, Username: text, UsernameHelp: text, PasswordHelp: text, Command: text, Anonymous: true,
		Lifetime: text, Expires: true}
	for _, method := range []string{Kubectl, ImageCredentials, CustomImagePullSecrets} {
		for _, l.From = range []string{Prompt, KeyFile, Command} {
			r := request(method, l)
			r.Name, r.Namespaces, r.FileName, r.ValuesFile = text, []string{text}, text, text
			got := Script(r)
			if rest := strings.ReplaceAll(got, text, ""); !strings.Contains(got, text) || strings.Contains(rest, "__") {
				t.Errorf("%s from %s takes a value for a placeholder:\n%s", method, l.From, got)
			}
		}
	}
}

// TestGolden holds whole scripts, so that a change to what people run is seen. UPDATE_GOLDEN=1 writes them.
func TestGolden(t *testing.T) {
	for name, r := range map[string]Request{
		"kubectl-acr":                          request(Kubectl, acr),
		"kubectl-ecr":                          request(Kubectl, ecr),
		"custom-image-pull-secrets-gar-harbor": request(CustomImagePullSecrets, gar, harbor),
		"image-credentials-hub":                request(ImageCredentials, hub),
	} {
		path, got := filepath.Join("testdata", name+".sh"), Script(r)
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.WriteFile(path, []byte(got), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not what Script writes now; look at the difference, then run with UPDATE_GOLDEN=1:\n%s", path, difference(string(want), got))
		}
	}
}

// difference is the first line that differs.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d\n- %s\n+ %s", i+1, w[i], g[i])
		}
	}
	return fmt.Sprintf("%d lines, now %d", len(w), len(g))
}

func BenchmarkScript(b *testing.B) {
	r := request(Kubectl, acr)
	for b.Loop() {
		Script(r)
	}
}
