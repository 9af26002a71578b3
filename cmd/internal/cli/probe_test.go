package cli

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/verify/images/registrytest"
)

// probing returns a registry with a login, and the flags to ask it.
func probing(t *testing.T, doors ...registrytest.Middleware) (host string, flags []string) {
	t.Helper()
	s, err := registrytest.Start(doors...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	folder := t.TempDir()
	for name, text := range map[string]string{
		"ca.pem":      string(s.CA),
		"secret.json": `{"auths":{"` + s.Host + `":{"auth":"` + base64.StdEncoding.EncodeToString([]byte(robot+":"+canary)) + `"}}}`,
		"values.yaml": "global: {image: {registry: \"" + s.Host + "/team\"}}\nserver: {image: {repository: server}}\n" +
			"workers: {image: {repository: workers}}\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return s.Host, []string{"-f", folder + "/values.yaml", "--dockerconfigjson", folder + "/secret.json",
		"--ca-file", folder + "/ca.pem"}
}

// What probe and pin print is what people have read in golden/probe, but for the port.
func TestProbePrints(t *testing.T) {
	files := golden.Open(t, "../../../golden/probe")
	good, goodFlags := probing(t, registrytest.Basic(robot, canary))
	bad, badFlags := probing(t, registrytest.Basic(robot, "another"))
	for _, test := range []struct {
		name, command string
		args          []string
		code          int
	}{
		{"found", "probe", goodFlags, exitOK},
		{"refused", "probe", badFlags, exitRefused},
		{"pinned", "pin", goodFlags, exitOK},
	} {
		for _, form := range []string{"text", "json"} {
			code, out, said := run(append([]string{test.command, "-o", form}, test.args...)...)
			if code != test.code {
				t.Errorf("%s: exit code %d: %s%s", test.name, code, out, said)
			}
			text := strings.NewReplacer(good, "r.example.com", bad, "r.example.com", filepath.Dir(test.args[1]), "").
				Replace(out + said)
			files.Check(test.name+map[string]string{"text": ".txt", "json": ".json"}[form], []byte(text))
		}
	}
}

// A person who watches sees how far it is, on a line that is gone in the end; a log file does not.
func TestProbeShowsProgress(t *testing.T) {
	_, flags := probing(t, registrytest.Basic(robot, canary))
	for _, terminal := range []bool{true, false} {
		var out, said bytes.Buffer
		code := Main(append([]string{"probe"}, flags...), Streams{Out: &out, Err: &said, ErrIsTerminal: terminal})
		if shown := strings.Contains(said.String(), "\rasking the registry: 1 of 2 images"); code != exitOK || shown != terminal {
			t.Errorf("terminal %v: exit code %d, %q", terminal, code, said.String())
		}
		if cleared := "\r" + strings.Repeat(" ", 79) + "\r2 of 2 images can"; terminal && !strings.Contains(said.String(), cleared) {
			t.Errorf("the line stays: %q", said.String())
		}
	}
}

// ctrl+c ends probe while a registry hangs; nothing else is printed or written.
func TestProbeIsInterrupted(t *testing.T) {
	for _, command := range []string{"probe", "pin"} {
		asked := make(chan string, 10)
		_, flags := probing(t, registrytest.Hang(asked))
		cmd := exec.CommandContext(t.Context(), os.Args[0], append([]string{command}, flags...)...)
		cmd.Args[0] = "conductor-registry"
		var out, said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		<-asked
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != exitCancelled || out.String() != "" || said.String() != "cancelled\n" {
			t.Errorf("%s: exit code %d, %q, %q", command, code, out.String(), said.String())
		}
	}
}

// Without credentials the docker config is used, and a note says that the cluster's pull secret may differ.
func TestProbeWithTheDockerConfig(t *testing.T) {
	t.Setenv("DOCKER_CONFIG", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	_, flags := probing(t)
	code, out, said := run(append([]string{"probe"}, append(flags[:2:2], flags[4:]...)...)...)
	if code != exitOK || !strings.Contains(out, "credentials  not needed") || !strings.Contains(said, "note: asked with the docker config") {
		t.Errorf("exit code %d: %s%s", code, out, said)
	}
}

// pin asks for an index with a request that does not count as a pull; anything else it reads, since a tag can also hold
// a Helm chart or a web page.
func TestPinAsksForDigestsOnly(t *testing.T) {
	var asked []string
	_, flags := probing(t, func(next http.Handler) http.Handler {
		return registrytest.Note(func(r *http.Request) {
			if strings.Contains(r.URL.Path, "/manifests/") {
				asked = append(asked, r.Method)
				slices.SortFunc(asked, func(a, b string) int { return strings.Compare(b, a) })
			}
		})(next)
	})
	if code, out, said := run(append([]string{"pin"}, flags...)...); code != exitOK {
		t.Errorf("exit code %d: %s%s", code, out, said)
	}
	if text := strings.Join(asked, " "); text != "HEAD HEAD GET" {
		t.Errorf("asked with %s", text)
	}
}

// The wizard gets a summary for each image, and the reason when it cannot be pulled.
func TestTheWizardAsksRegistries(t *testing.T) {
	t.Setenv("DOCKER_CONFIG", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	host, _ := probing(t)
	o := wizardProbeOptions()
	o.Insecure = true
	said := wizardProbe(t.Context(), o)([]string{host + "/team/server:5.2.42", host + "/team/none:1"})
	if len(said) != 2 || !said[0].Found || said[0].Summary != "linux/amd64 (less than 1 MB compressed), linux/arm64/v8, sha256:f0af1dc0705b" ||
		len(said[0].Problems) > 0 {
		t.Errorf("%+v", said)
	}
	if said[1].Found || said[1].Summary != "" || len(said[1].Problems) != 1 || said[1].Problems[0].Rule != "repository-unknown" {
		t.Errorf("%+v", said[1])
	}
	left, leave := context.WithCancel(t.Context())
	leave()
	if said := wizardProbe(left, o)([]string{host + "/team/server:5.2.42"}); said != nil {
		t.Errorf("after the wizard was left: %+v", said)
	}
}
