package images

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/docker/cli/cli/config"
	"github.com/docker/cli/cli/config/configfile"
	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"

	"conductor-registry/verify/program"
)

// maxConfig bounds a docker config in bytes.
const maxConfig = 16 << 20

// DockerConfig returns the logins of this machine's docker config, or podman's; credential helpers are run. Docker's
// rules of lookup apply, not the kubelet's, for each image anew.
func DockerConfig() Credential {
	return Credential{name: "the docker config", login: "run docker login {host}", keys: noKeys, offers: fromDockerConfig}
}

// fromDockerConfig looks for the repository, then for its registry, as go-containerregistry's default keychain does.
// That one runs helpers without a context: one that waits for a person would never end.
func fromDockerConfig(ctx context.Context, _ string, repository name.Repository) ([]login, error) {
	file, err := openDockerConfig()
	if err != nil || file == nil {
		return nil, err
	}
	for _, key := range []string{repository.String(), repository.RegistryStr()} {
		if key == name.DefaultRegistry {
			key = authn.DefaultAuthKey
		}
		found, err := lookUp(ctx, file, key)
		if err != nil {
			return nil, err
		}
		if found != (authn.AuthConfig{}) {
			return []login{{entry: repository.RegistryStr(), config: func() authn.AuthConfig { return found }}}, nil
		}
	}
	return nil, nil
}

// openDockerConfig returns the first config that exists: docker's, then podman's; nil when there is none.
func openDockerConfig() (*configfile.ConfigFile, error) {
	home, _ := os.UserHomeDir()
	folder := func(variable, otherwise string) string {
		if set := os.Getenv(variable); set != "" {
			return set
		}
		return filepath.Join(home, otherwise)
	}
	for _, path := range []string{
		filepath.Join(folder("DOCKER_CONFIG", ".docker"), config.ConfigFileName), os.Getenv("REGISTRY_AUTH_FILE"),
		filepath.Join(folder("XDG_RUNTIME_DIR", ".config"), "containers", "auth.json"),
		filepath.Join(folder("XDG_CONFIG_HOME", ".config"), "containers", "auth.json"),
	} {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil && !info.Mode().IsRegular() { // a named pipe would block
			return nil, &helperError{path + " is not a regular file"}
		}
		file, err := os.Open(path)
		if err != nil {
			return nil, &helperError{program.Reason(err).Error()}
		}
		found, err := config.LoadFromReader(io.LimitReader(file, maxConfig))
		_ = file.Close()
		if err != nil {
			return nil, &helperError{path + " is not a docker config"} // the error can repeat a part of the file
		}
		found.Filename = path
		return found, nil
	}
	return nil, nil //nolint:nilnil // documented
}

// lookUp returns the login for a key: that of its credential helper, or that of the file.
func lookUp(ctx context.Context, file *configfile.ConfigFile, key string) (authn.AuthConfig, error) {
	helper := file.CredentialsStore
	if own, ok := file.CredentialHelpers[key]; ok {
		helper = own
	}
	if helper != "" {
		return runHelper(ctx, "docker-credential-"+helper, key)
	}
	found, err := file.GetAuthConfig(key)
	if err != nil {
		return authn.AuthConfig{}, &helperError{"its entry for " + key + " cannot be read"}
	}
	return authn.AuthConfig{Username: found.Username, Password: found.Password, Auth: found.Auth,
		IdentityToken: found.IdentityToken, RegistryToken: found.RegistryToken}, nil
}

// runHelper asks a credential helper (https://docs.docker.com/reference/cli/docker/login/#credential-helper-protocol).
// No error repeats what it prints, which can be a password.
func runHelper(ctx context.Context, helper, key string) (out authn.AuthConfig, err error) {
	path, err := program.Find("", helper, "")
	if err != nil {
		return out, &helperError{helper + " not found in PATH"}
	}
	printed, err := program.Run(ctx, path, []byte(key), "get")
	failed, isFailure := errors.AsType[*program.FailedError](err)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return out, &helperError{helper + " gave no answer in time and was stopped"}
	case isFailure && strings.Contains(string(printed), "credentials not found"):
		return out, nil
	case isFailure:
		return out, &helperError{fmt.Sprintf("%s: exit status %d", helper, failed.Code)}
	case err != nil:
		return out, err
	}
	var found struct{ Username, Secret string }
	if json.Unmarshal(printed, &found) != nil {
		return out, &helperError{helper + " printed something else than JSON"}
	}
	if found.Username == "<token>" {
		return authn.AuthConfig{IdentityToken: found.Secret}, nil
	}
	return authn.AuthConfig{Username: found.Username, Password: found.Secret}, nil
}

// helperError is a docker config or credential helper that fails.
type helperError struct{ what string }

// Error returns what failed, without what a helper printed.
func (e *helperError) Error() string { return e.what }
