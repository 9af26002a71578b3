//go:build unix

package secret

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// powershells are the scripts of all variants, with docker's logins too.
func powershells(t *testing.T) map[string]string {
	t.Helper()
	scripts := map[string]string{}
	for name, r := range variants() {
		if r.Method != Kubectl {
			continue
		}
		scripts[name] = scriptOf(t, PowerShell, r)
		fromDocker, err := r.FromDockerConfig()
		if err != nil {
			t.Fatal(err)
		}
		scripts[name+"-docker"] = scriptOf(t, PowerShell, fromDocker)
	}
	return scripts
}

// unbalanced says where quotes or brackets of a PowerShell script do not close, by the rules of about_Quoting_Rules: a
// single-quoted string is literal but for the doubled quote, in a double-quoted one the backtick escapes.
func unbalanced(script string) error {
	var open []byte
	for number, line := range strings.Split(script, "\n") {
		for i := 0; i < len(line); i++ {
			switch c := line[i]; c {
			case '#':
				i = len(line)
			case '\'', '"':
				end := closing(line, i)
				if end < 0 {
					return fmt.Errorf("line %d: a string is not closed: %s", number+1, line)
				}
				i = end
			case '(', '{', '[':
				open = append(open, map[byte]byte{'(': ')', '{': '}', '[': ']'}[c])
			case ')', '}', ']':
				if len(open) == 0 || open[len(open)-1] != c {
					return fmt.Errorf("line %d: %c closes nothing: %s", number+1, c, line)
				}
				open = open[:len(open)-1]
			}
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("not closed: %q", open)
	}
	return nil
}

// closing is where the string that begins at start ends on its line, -1 if it does not.
func closing(line string, start int) int {
	for i := start + 1; i < len(line); i++ {
		switch {
		case line[i] == '`' && line[start] == '"':
			i++
		case line[i] == line[start] && i+1 < len(line) && line[i+1] == line[start]:
			i++
		case line[i] == line[start]:
			return i
		}
	}
	return -1
}

func TestPowerShellIsWhole(t *testing.T) {
	for name, script := range powershells(t) {
		if err := unbalanced(script); err != nil {
			t.Errorf("%s: %v\n%s", name, err, script)
		}
		for _, c := range []byte(script) {
			if c > 0x7e || c < ' ' && c != '\n' {
				t.Errorf("%s: Windows PowerShell would misread the byte %#x", name, c)
			}
		}
		for line := range strings.Lines(script) {
			if at := strings.Index(line, "kubectl "); at >= 0 && !strings.Contains(line, "throw") && !strings.HasPrefix(strings.TrimSpace(line), "#") &&
				strings.Contains(line[at:], `"`) {
				t.Errorf("%s: Windows PowerShell loses quotes in arguments: %s", name, line)
			}
		}
		if !strings.Contains(script, "| kubectl apply --server-side --force-conflicts ") || !strings.HasSuffix(script, " = $null\n}\n") {
			t.Errorf("%s: a piece is missing in\n%s", name, script)
		}
		if strings.Contains(script, "__") || strings.Contains(script, "\n\n\n") || strings.Contains(script, " \n") {
			t.Errorf("%s: a placeholder has no value, or there are untidy blanks in\n%s", name, script)
		}
	}
}

func TestUnbalancedFinds(t *testing.T) {
	for script, want := range map[string]bool{
		"a 'it''s' \"`\"\" # '(":  false,
		"if ($a) { @('x[0]') }\n": false,
		"'":                       true, "\"`\"": true, "(": true, "}": true, "([)]": true, "{ ' }'": true,
	} {
		if got := unbalanced(script) != nil; got != want {
			t.Errorf("%q: got %v", script, unbalanced(script))
		}
	}
}

// TestPowerShellRuns runs the scripts where there is a PowerShell; elsewhere the golden scripts are what people have read.
func TestPowerShellRuns(t *testing.T) {
	if _, err := exec.LookPath("pwsh"); err != nil {
		t.Skip("no pwsh here")
	}
	do := func(script string, env map[string]string) *run {
		r := &run{env: env, shell: "pwsh", file: "pull-secret.ps1", flags: []string{"-NoProfile", "-NonInteractive", "-File"}}
		return r.do(t, script)
	}
	for name, password := range nasty {
		r := do(scriptOf(t, PowerShell, request(Kubectl, acr)), map[string]string{"REGISTRY_USERNAME": "app-id", "REGISTRY_PASSWORD": password})
		t.Run(name, func(t *testing.T) {
			wantLogins(t, r, map[string][2]string{"myacr.azurecr.io": {"app-id", password}})
			r.keeps(t, "s3cret", password)
		})
	}
	r := do(scriptOf(t, PowerShell, request(Kubectl, ecr)), map[string]string{fakePassword: passwordFile(t, "t0ken\n")})
	wantLogins(t, r, map[string][2]string{ecr.AuthKey: {"AWS", "t0ken"}})
	r = do(scriptOf(t, PowerShell, docker(t, acr)), map[string]string{"DOCKER_CONFIG": dockerFolder(t, dockerLogins)})
	wantLogins(t, r, map[string][2]string{"myacr.azurecr.io": {"u", "s3cret"}})
	r = do(scriptOf(t, PowerShell, request(Kubectl, ecr)), nil)
	if r.code == 0 || !strings.Contains(r.stderr, "aws ecr get-login-password") {
		t.Errorf("exit code %d: %s", r.code, r.stderr)
	}
}
