package secret

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"
)

// variants are requests of every shape: each method, each source of a password, known and unknown users, one registry
// and two, docker's configuration, and texts that a script must not trip over.
func variants() map[string]Request {
	odd := Login{AuthKey: `a"b\c`, Title: "it's\n$(id) `id` # \"x\"", UsernameHelp: "a\nb'$c", PasswordHelp: "'; exit 9; '", Anonymous: true}
	template := Login{AuthKey: "<% .Name %>", Title: "{{.}} <% end %>", Username: "<%", PasswordHelp: "%>", Lifetime: "{{", Expires: true}
	known := hub
	known.Username = "my$name"
	better := acr
	better.Instead = []string{"On AKS nodes can pull without a secret:", "see there", "  az aks update --attach-acr myacr"}
	vs := map[string]Request{}
	for _, method := range []string{Kubectl, ImageCredentials, CustomImagePullSecrets} {
		for name, logins := range map[string][]Login{
			"acr": {better}, "ecr": {ecr}, "gar": {gar}, "raw": {rawKey}, "harbor": {harbor}, "hub": {hub}, "known": {known},
			"odd": {odd}, "template": {template}, "acr-hub": {acr, hub}, "gar-harbor": {gar, harbor}, "ecr-ecr": {ecr, ecr},
		} {
			r := request(method, logins...)
			vs[method+"-"+name] = r
			if d, err := r.FromDockerConfig(); err == nil {
				vs[method+"-"+name+"-docker"] = d
			}
		}
		r := request(method, acr)
		r.FileName, r.ValuesFile, r.Namespaces, r.Name = "my pull's secret.sh", "-my $values.yaml", nil, "a.b-c"
		vs[method+"-names"] = r
	}
	return vs
}

// Every script is bash that shellcheck accepts, has no untidy blanks, and for one registry at most 60 lines.
func TestScriptsAreBash(t *testing.T) {
	folder := t.TempDir()
	for name, r := range variants() {
		for _, f := range Formats() {
			text, err := f.Text(r)
			switch {
			case err != nil || f.ID == "powershell" || f.ID == "external-secret":
				continue
			case f.ID == "manifest":
				text = "#!/usr/bin/env bash\n# shellcheck disable=SC2016\n" + commandsOf(text)
			}
			name := name + "-" + f.ID
			if _, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), name); err != nil {
				t.Errorf("%v\n%s", err, text)
			}
			if strings.Contains(text, "\n\n\n") || strings.Contains(text, " \n") {
				t.Errorf("%s: untidy blanks in\n%s", name, text)
			}
			if n := strings.Count(text, "\n"); f.ID == "script" && len(r.Logins) == 1 && n > 60 {
				t.Errorf("%s has %d lines", name, n)
			}
			if f.ID == "oneline" {
				continue
			}
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	wantNoShellcheckFindings(t, folder)
}

// wantNoShellcheckFindings checks the scripts of a folder where there is a shellcheck, in one run: it takes a second to start.
func wantNoShellcheckFindings(t *testing.T, folder string) {
	t.Helper()
	shellcheck, err := exec.LookPath("shellcheck")
	if err != nil {
		return
	}
	scripts, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(scripts) == 0 {
		t.Fatal(len(scripts), err)
	}
	args := append([]string{"--shell=bash", "--exclude=SC1003"}, scripts...) // SC1003 takes a quoted quote for a mistake
	if out, err := exec.Command(shellcheck, args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// commandsOf returns the commands in a manifest's comment, as somebody would copy them.
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

// What the answers say is never taken for a part of a template.
func TestFormsKeepWhatLooksLikeATemplate(t *testing.T) {
	for _, f := range Formats() {
		text, err := f.Text(variants()["kubectl-template"])
		if err != nil || !strings.Contains(text, "<% .Name %>") {
			t.Errorf("%s: %v\n%s", f.ID, err, text)
		}
	}
}

func BenchmarkScript(b *testing.B) {
	r := request(Kubectl, acr)
	for b.Loop() {
		if _, err := Script(r); err != nil {
			b.Fatal(err)
		}
	}
}
