package secret

import (
	"os/exec"
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

// Every script is bash, has no untidy blanks, and for one registry at most 60 lines.
func TestScriptsAreBash(t *testing.T) {
	shellcheck, _ := exec.LookPath("shellcheck") // the linters' own job runs it where it is missing
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
			if shellcheck == "" || f.ID == "oneline" {
				continue
			}
			cmd := exec.Command(shellcheck, "-s", "bash", "-")
			cmd.Stdin = strings.NewReader(text)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", name, err, out)
			}
		}
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
