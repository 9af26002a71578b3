package images

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/authn"

	"conductor-registry/verify/images/registrytest"
)

// dockerConfig makes a docker config of its own, and a credential helper called docker-credential-test beside it.
func dockerConfig(t *testing.T, config, helper string) (folder string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the helper is a shell script")
	}
	folder = t.TempDir()
	t.Setenv("HOME", folder)
	t.Setenv("XDG_CONFIG_HOME", folder)
	t.Setenv("XDG_RUNTIME_DIR", folder)
	t.Setenv("REGISTRY_AUTH_FILE", "")
	t.Setenv("DOCKER_CONFIG", folder)
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	if config == "" {
		return folder
	}
	script := "#!/bin/sh\necho \"$*\" > " + folder + "/arguments\nread -r server\n" + helper + "\n"
	if err := errors.Join(os.WriteFile(filepath.Join(folder, "config.json"), []byte(config), 0o600),
		os.WriteFile(filepath.Join(folder, "docker-credential-test"), []byte(script), 0o700)); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestDockerConfig(t *testing.T) {
	s := start(t, registrytest.Basic(user, canary))
	image := s.Host + "/team/server:5.2.42"
	t.Run("a login in it", func(t *testing.T) {
		dockerConfig(t, `{"auths":{"`+s.Host+`":{"auth":"`+encoded(user+":"+canary)+`"}}}`, "")
		if r := ask(t, image, DockerConfig(), trusting(s)); !r.Found || r.Entry != s.Host {
			t.Error(r.text())
		}
	})
	t.Run("a helper", func(t *testing.T) {
		folder := dockerConfig(t, `{"credsStore":"test"}`,
			`printf '{"ServerURL":"%s","Username":"`+user+`","Secret":"`+canary+`"}' "$server"`)
		if r := ask(t, image, DockerConfig(), trusting(s)); !r.Found {
			t.Error(r.text())
		}
		if arguments, err := os.ReadFile(filepath.Join(folder, "arguments")); err != nil || string(arguments) != "get\n" {
			t.Errorf("the helper was called with %q, %v", arguments, err)
		}
	})
	t.Run("a helper that fails", func(t *testing.T) {
		dockerConfig(t, `{"credsStore":"test"}`, `echo `+canary+`; exit 1`)
		wants(t, ask(t, image, DockerConfig(), trusting(s)), helperFailed, "exit status 1", "docker login "+s.Host)
	})
	t.Run("no helper", func(t *testing.T) {
		dockerConfig(t, `{"credsStore":"none"}`, "")
		wants(t, ask(t, image, DockerConfig(), trusting(s)), helperFailed, "docker-credential-none")
	})
	t.Run("no JSON", func(t *testing.T) {
		dockerConfig(t, `{"auths":{"`+canary+`"`, "")
		wants(t, ask(t, image, DockerConfig(), trusting(s)), helperFailed)
	})
	t.Run("nothing", func(t *testing.T) {
		dockerConfig(t, "", "")
		wants(t, ask(t, image, DockerConfig(), trusting(s)), loginMissing, "the docker config has none", "run docker login "+s.Host)
	})
}

// What a helper printed is left out of its error, wherever it stands.
func TestHelperError(t *testing.T) {
	err := &helperError{errors.New("error getting credentials - err: exit status 1, out: `" + canary + "`")}
	if text := err.Error(); strings.Contains(text, canary) || !strings.Contains(text, "exit status 1") {
		t.Error(text)
	}
}

// waiting is a keychain whose helper waits for a person.
type waiting struct{ asked, release chan bool }

func (w waiting) Resolve(authn.Resource) (authn.Authenticator, error) {
	w.asked <- true
	<-w.release
	return authn.Anonymous, nil
}

// A helper that waits does not keep a cancelled run from ending.
func TestWaitingHelper(t *testing.T) {
	w := waiting{make(chan bool), make(chan bool)}
	defer close(w.release)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-w.asked; cancel() }()
	_, err := Run(ctx, []string{"r.io/a/b:1"}, Credential{keys: noKeys, offers: fromKeychain(w)}, Options{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v after a cancel", err)
	}
}
