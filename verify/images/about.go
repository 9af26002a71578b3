package images

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"

	"conductor-registry/model"
	"conductor-registry/model/image"
	"conductor-registry/model/secret"
)

// about holds the texts for problems of one image.
type about struct {
	ref   string
	texts fill
	keys  []string // under auths that the credential has
	login *login   // the one that was used; nil for none
}

func newAbout(ref string, located name.Reference, credential Credential) about {
	repository := strings.TrimPrefix(located.Context().RepositoryStr(), "/")
	host, key := image.Host(ref), secret.KeyFor(ref)
	what := "tag"
	if _, ok := located.(name.Digest); ok {
		what = "digest"
	}
	if parsed, err := image.Parse(ref); err == nil {
		repository = parsed.Repository
	}
	login := model.ExpandMap(credential.login, map[string]string{"key": key, "host": host})
	return about{ref: ref, keys: credential.keys(), texts: fill{"image": ref, "host": host, "repository": repository,
		"key": key, "entry": key, "tag": what + " " + located.Identifier(), "source": credential.name, "login": login}}
}

// by returns the texts for a request with a login.
func (a about) by(l login) about {
	texts := maps.Clone(a.texts)
	texts["entry"] = visible(l.entry)
	return about{a.ref, texts, a.keys, &l}
}

// problem returns a verdict as a problem.
func (a about) problem(v verdict) model.Problem {
	if a.login != nil && a.login.isEmpty() && (v.id == accessDenied || v.id == loginRefused) {
		v.id = loginEmpty
	}
	texts := maps.Clone(a.texts)
	texts["detail"], texts["said"], texts["near"] = v.detail, v.said, v.near
	texts["host"] = cmp.Or(v.host, texts["host"])
	return problem(v.id, texts)
}

// withoutLogin returns the problem of an anonymous request. Where the registry wants credentials, an entry that almost
// matches can be the reason that there are none.
func (a about) withoutLogin(v verdict) model.Problem {
	if v.id != accessDenied && v.id != loginRefused {
		return a.problem(v)
	}
	near := secret.NearMisses(a.keys, a.ref)
	switch {
	case len(near) > 0:
		a.texts["entry"] = listed(near)
		v.id, v.detail = loginPassedBy, secret.Mismatch(near[0], a.ref)
	case len(a.keys) > 0:
		v.id, v.detail = loginMissing, "its entries are for "+listed(a.keys)
	default:
		v.id, v.detail = loginMissing, "the registry requires credentials, or the image does not exist"
	}
	return a.problem(v)
}

// listed returns the names sorted, as a list in a sentence.
func listed(names []string) string {
	var out []string
	for _, name := range slices.Sorted(slices.Values(names)) {
		out = append(out, visible(name))
	}
	return model.List(out)
}
