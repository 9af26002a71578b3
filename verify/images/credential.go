package images

import (
	"context"
	"maps"
	"slices"

	"github.com/google/go-containerregistry/pkg/name"

	"conductor-registry/model/secret"
)

// Credential is a source of logins. Everything that can be secret is in functions, keys too, since an address can
// contain a password: printing a Credential shows nothing.
type Credential struct {
	name   string // in a sentence: "the pull secret"
	login  string // how to add a login for {key}
	keys   func() []string
	offers func(ctx context.Context, image string, repository name.Repository) ([]login, error)
}

// Name returns what to call it in a sentence.
func (c Credential) Name() string { return c.name }

func noKeys() []string { return nil }

// Nobody returns a source without logins: requests are anonymous.
func Nobody() Credential {
	nothing := func(context.Context, string, name.Repository) ([]login, error) { return nil, nil }
	return Credential{name: "no login", login: "give a login", keys: noKeys, offers: nothing}
}

// Login returns a source with one user name and password, for the images that the key under auths matches. They are
// sent to no other registry.
func Login(key, username, password string) Credential {
	key = secret.RedactKey(key)
	return ofEntries("the login", "give the login of {key}", map[string]login{key: newLogin(key, username, password)})
}

// ofEntries offers the entries of auths that match an image, in the kubelet's order.
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

// Or returns the logins of a source, or those of another one where it has none for an image.
func (c Credential) Or(other Credential) Credential {
	out := c
	out.name, out.login = c.name+" or "+other.name, other.login
	out.keys = func() []string { return append(slices.Clone(c.keys()), other.keys()...) }
	out.offers = func(ctx context.Context, image string, repository name.Repository) ([]login, error) {
		if own, err := c.offers(ctx, image, repository); err != nil || len(own) > 0 {
			return own, err
		}
		return other.offers(ctx, image, repository)
	}
	return out
}

// HasLoginFor reports whether it has a login for an image.
func (c Credential) HasLoginFor(ctx context.Context, ref string) bool {
	located, err := locate(ref, false)
	if err != nil {
		return false
	}
	found, err := c.offers(ctx, ref, located.Context())
	return err == nil && slices.ContainsFunc(found, func(l login) bool { return !l.isEmpty() })
}
