package images

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"

	"conductor-registry/model/secret"
)

// Credential is where logins come from. It holds what may be secret in functions only, keys too, since an address can
// carry a login: printing it shows none.
type Credential struct {
	name   string // what people call it: "the pull secret"
	login  string // how it gets a login for {key}, for the fix of a missing one
	keys   func() []string
	offers func(ctx context.Context, image string, repository name.Repository) ([]login, error)
}

// Name is what to call it in a sentence.
func (c Credential) Name() string { return c.name }

func noKeys() []string { return nil }

// Nobody is no login: images are asked for as anyone can.
func Nobody() Credential {
	nothing := func(context.Context, string, name.Repository) ([]login, error) { return nil, nil }
	return Credential{name: "no login", login: "give a login", keys: noKeys, offers: nothing}
}

// Login is one user and password for the images that the key under auths is for. It goes to no other registry.
func Login(key, username, password string) Credential {
	key = secret.RedactKey(key)
	return ofEntries("the login", "give the login of {key}", map[string]login{key: newLogin(key, username, password)})
}

// ofEntries offers entries of auths as the kubelet picks them: all that match, in its order.
func ofEntries(words, fix string, entries map[string]login) Credential {
	keys := slices.Sorted(maps.Keys(entries))
	c := Credential{name: words, login: fix, keys: func() []string { return keys }}
	c.offers = func(_ context.Context, image string, _ name.Repository) ([]login, error) {
		var out []login
		for _, key := range secret.Lookup(keys, image) {
			out = append(out, entries[key])
		}
		return out, nil
	}
	return c
}

// DockerConfig is what docker login left on this machine, credential helpers too: they are run. It is looked up by
// docker's rules, not the kubelet's, each time it is asked for.
func DockerConfig() Credential {
	return Credential{name: "the docker config", login: "run docker login {host}", keys: noKeys,
		offers: fromKeychain(authn.DefaultKeychain)}
}

func fromKeychain(keychain authn.Keychain) func(context.Context, string, name.Repository) ([]login, error) {
	return func(ctx context.Context, _ string, repository name.Repository) ([]login, error) {
		type answer struct {
			config *authn.AuthConfig
			err    error
		}
		answers := make(chan answer, 1)
		go func() { // a helper takes no context, and may ask a person
			found, err := authn.Resolve(ctx, keychain, repository)
			if err != nil {
				answers <- answer{err: &helperError{err}}
				return
			}
			config, err := authn.Authorization(ctx, found)
			answers <- answer{config, err}
		}()
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case a := <-answers:
			if a.err != nil || *a.config == (authn.AuthConfig{}) {
				return nil, a.err
			}
			config := *a.config
			return []login{{entry: repository.RegistryStr(), config: func() authn.AuthConfig { return config }}}, nil
		}
	}
}

// helperError is a docker config or credential helper that gives no login. What the helper printed is left out: it may
// be anything.
type helperError struct{ err error }

// Error is the reason, without what a helper printed.
func (e *helperError) Error() string {
	text, _, _ := strings.Cut(e.err.Error(), ", out:")
	return text
}
