//go:build unix

package secret

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// dialogue is one person at a terminal: questions are what to wait for, answers what to type then. An insistent one types
// the last answer again while the script goes on: bash sees a ctrl+c that comes just before it reads only with the next.
type dialogue struct {
	questions, answers []string
	insists            bool
}

// talk runs the script on a terminal of its own and returns all that the terminal showed.
func (r *run) talk(t *testing.T, script string, d dialogue) (shown string, terminal *os.File) {
	t.Helper()
	person, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(person.Close(), terminal.Close()); err != nil {
			t.Error(err)
		}
	})
	r.tty = terminal
	cmd := r.start(t, script)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for i, question := range d.questions {
		shown += readUntil(t, person, question)
		if _, err := person.WriteString(d.answers[i]); err != nil {
			t.Fatal(err)
		}
	}
	ended := make(chan struct{})
	if d.insists {
		go insist(person, d.answers[len(d.answers)-1], ended)
	}
	r.finish(t, cmd)
	close(ended)
	if _, err := terminal.WriteString("<end>"); err != nil {
		t.Fatal(err)
	}
	return shown + readUntil(t, person, "<end>"), terminal
}

// insist types the answer again until the script has ended, for ten seconds at most.
func insist(person *os.File, answer string, ended <-chan struct{}) {
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for range 100 {
		select {
		case <-ended:
			return
		case <-again.C:
			_, _ = person.WriteString(answer)
		}
	}
}

// readUntil reads up to and with the text end.
func readUntil(t *testing.T, f *os.File, end string) string {
	t.Helper()
	var b strings.Builder
	one := make([]byte, 1)
	if err := f.SetReadDeadline(time.Now().Add(time.Minute)); err != nil { // a question that never comes fails the test
		t.Fatal(err)
	}
	for !strings.HasSuffix(b.String(), end) {
		if _, err := f.Read(one); err != nil {
			t.Fatalf("%v while waiting for %q after %q", err, end, b.String())
		}
		b.Write(one)
	}
	return b.String()
}

// wantEcho fails the test unless the terminal shows what is typed, as it did before the script.
func wantEcho(t *testing.T, terminal *os.File) {
	t.Helper()
	cmd := exec.Command("stty", "-a")
	cmd.Stdin = terminal
	out, err := cmd.Output()
	if err != nil || strings.Contains(string(out), "-echo ") {
		t.Errorf("the terminal is left without echo: %v\n%s", err, out)
	}
}

func TestScriptAsksOnTheTerminal(t *testing.T) {
	const password = `s3cret "$x" \n 'q' ü `
	r := &run{}
	shown, terminal := r.talk(t, scriptOf(t, Script, request(Kubectl, acr)), dialogue{
		questions: []string{"token's name): ", "client secret): "}, answers: []string{"app-id\n", password + "\n"}})
	wantLogins(t, r, map[string][2]string{"myacr.azurecr.io": {"app-id", password}})
	r.keeps(t, "s3cret")
	if strings.Contains(shown, "s3cret") || !strings.Contains(shown, "app-id") {
		t.Errorf("the terminal showed %q", shown)
	}
	wantEcho(t, terminal)
}

func TestScriptAsksOnlyForWhatIsMissing(t *testing.T) {
	r := &run{env: map[string]string{"REGISTRY_USERNAME": "u"}}
	shown, _ := r.talk(t, scriptOf(t, Script, request(Kubectl, acr)), dialogue{questions: []string{"client secret): "}, answers: []string{"s3cret\n"}})
	wantLogins(t, r, map[string][2]string{"myacr.azurecr.io": {"u", "s3cret"}})
	if strings.Contains(shown, "User name") {
		t.Errorf("asks for what it has: %q", shown)
	}
	r = &run{env: map[string]string{"REGISTRY_PASSWORD": "p"}}
	shown, _ = r.talk(t, scriptOf(t, Script, request(Kubectl, hub)), dialogue{questions: []string{"empty for no credentials): "}, answers: []string{"\n"}})
	wantLogins(t, r, map[string][2]string{})
	if strings.Contains(shown, "Password") {
		t.Errorf("asks for the password of nobody: %q", shown)
	}
}

func TestFragmentAsksWhileItsOutputIsAPipe(t *testing.T) {
	r := &run{}
	_, terminal := r.talk(t, scriptOf(t, Script, request(CustomImagePullSecrets, harbor)), dialogue{
		questions: []string{"robot's token): "}, answers: []string{"s3cret\n"}})
	r.want(t, 0)
	if !strings.Contains(r.stdout, `password: "s3cret"`) {
		t.Errorf("printed %q", r.stdout)
	}
	wantEcho(t, terminal)
}

func TestFragmentDoesNotPrintToTheTerminal(t *testing.T) {
	r := &run{onTTY: true, env: map[string]string{"REGISTRY_USERNAME": "u", "REGISTRY_PASSWORD": "s3cret"}}
	shown, _ := r.talk(t, scriptOf(t, Script, request(CustomImagePullSecrets, acr)), dialogue{})
	r.want(t, 2, "bash pull-secret.sh | helm upgrade --install", "-f values.yaml -f -")
	if shown != "<end>" {
		t.Errorf("the terminal showed %q", shown)
	}
}

func TestScriptPutsTheTerminalBackWhenCancelled(t *testing.T) {
	for key, code := range map[string]int{"\x03": 130, "\x04": 2} { // ctrl+c, ctrl+d
		r := &run{env: map[string]string{"REGISTRY_USERNAME": "u"}}
		_, terminal := r.talk(t, scriptOf(t, Script, request(CustomImagePullSecrets, acr)), dialogue{
			questions: []string{"client secret): "}, answers: []string{key}, insists: key == "\x03"})
		r.want(t, code)
		wantHelmToStop(t, r)
		wantEcho(t, terminal)
	}
}

func TestScriptNamesTheVariablesWithoutATerminal(t *testing.T) {
	(&run{}).do(t, scriptOf(t, Script, request(Kubectl, acr))).want(t, 2, "no terminal", "REGISTRY_USERNAME, REGISTRY_PASSWORD")
	(&run{}).do(t, scriptOf(t, Script, request(Kubectl, gar, harbor))).want(t, 2, "set SERVER_REGISTRY_KEY_FILE, WORKERS_REGISTRY_PASSWORD")
}
