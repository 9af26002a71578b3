//go:build unix

package images

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"conductor-registry/verify/images/registrytest"
)

// dockerConfig writes a docker config for the test, and the credential helper docker-credential-test.
func dockerConfig(t *testing.T, config, helper string) (folder string) {
	t.Helper()
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

// A helper that waits is stopped with the run, and named when the time is over.
func TestWaitingHelper(t *testing.T) {
	folder := dockerConfig(t, `{"credsStore":"test"}`, "echo asked > $0.pipe; exec sleep 600")
	pipe := filepath.Join(folder, "docker-credential-test.pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		_, _ = os.ReadFile(pipe)
		cancel()
	}()
	if _, err := Run(ctx, []string{"r.io/a/b:1"}, DockerConfig(), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v after a cancel", err)
	}
	late, stop := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer stop()
	results, err := Run(late, []string{"r.io/a/b:1"}, DockerConfig(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, results[0], helperFailed, "docker-credential-test gave no answer in time")
}
