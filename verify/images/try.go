package images

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"conductor-registry/model"
)

// try asks for one image with one login.
type try struct {
	nearest string // an existing tag like the one that does not exist; "" until it is known
	ref     name.Reference
	login   login
	wire    *wire
	puller  *remote.Puller // logs in once, with the first request
}

// options returns how to reach the registry. Failures are reported at once: a retry would only hide them for a while.
func (t *try) options() []remote.Option {
	return []remote.Option{remote.WithTransport(t.wire), remote.WithAuth(t.login.authenticator()),
		remote.WithUserAgent("conductor-registry"),
		remote.WithRetryStatusCodes(), remote.WithRetryPredicate(func(error) bool { return false })}
}

// digest asks for the digest only, which does not count as a pull (https://docs.docker.com/docker-hub/usage/pulls/).
// Only for an index that is enough: anything else can be a web page or a Helm chart, so that the manifest is read.
func (t *try) digest(ctx context.Context) (string, error) {
	if found, err := t.puller.Head(ctx, t.ref); err == nil && headerType(found.MediaType).IsIndex() {
		return found.Digest.String(), nil
	}
	found, err := t.get(ctx)
	if err != nil {
		return "", err
	}
	return found.Digest.String(), nil
}

// get reads the manifest. The error says if it is not one, or not one of a container image.
func (t *try) get(ctx context.Context) (*remote.Descriptor, error) {
	found, err := t.puller.Get(ctx, t.ref)
	if err != nil {
		return nil, err
	}
	header := found.MediaType
	if found.MediaType = ManifestType(header, found.Manifest); found.MediaType == "" {
		return nil, &pageError{fmt.Sprintf("what it returns for %s is not a manifest (%s)", t.ref.Identifier(),
			cmp.Or(sanitize(string(header)), "without a Content-Type"))}
	}
	return found, checkContent(found)
}

// isKnownLogin reports whether the registry accepts the login, whatever it may pull. A registry with tokens checks it
// before it gives one.
func (t *try) isKnownLogin(ctx context.Context) bool {
	usesTokens, sentToken, scheme := t.wire.login()
	if usesTokens {
		return sentToken
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+"://"+t.ref.Context().RegistryStr()+"/v2/",
		http.NoBody)
	if err != nil {
		return false
	}
	config := t.login.config()
	request.SetBasicAuth(config.Username, config.Password)
	answer, err := t.wire.RoundTrip(request) //nolint:contextcheck // the request has it
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// maxTagPages is how many pages of tags are read for a suggestion; registries return between 50 and 1000 at once.
const maxTagPages = 20

// tellTagFromRepository finds out which of them is missing where the registry does not say it, and the tag that is
// nearest to the one that was asked for.
func (t *try) tellTagFromRepository(ctx context.Context, v *verdict) {
	tags, err := t.tags(ctx)
	refused, isRefusal := errors.AsType[*transport.Error](err)
	switch {
	case isRefusal && refused.StatusCode == http.StatusNotFound && v.id == tagUnknown:
		v.id, v.said = repositoryUnknown, ""
	case err != nil:
		v.id = imageNotFound
	case slices.Contains(tags, t.ref.Identifier()): // the registry contradicts itself
	case v.id == tagUnknown || len(tags) > 0:
		v.id, v.said = tagUnknown, ""
		if _, isTag := t.ref.(name.Tag); !isTag {
			return
		}
		if near := nearestTag(t.ref.Identifier(), tags); near != "" {
			v.near, t.nearest = "; nearest existing tag: "+visible(near), near
		}
	}
}

func (t *try) tags(ctx context.Context) ([]string, error) {
	lister, err := t.puller.Lister(ctx, t.ref.Context())
	if err != nil {
		return nil, err
	}
	var out []string
	for range maxTagPages {
		if !lister.HasNext() {
			break
		}
		page, err := lister.Next(ctx)
		if err != nil {
			return out, err
		}
		out = append(out, page.Tags...)
	}
	return out, nil
}

var digits = regexp.MustCompile(`\d+`)

// nearestTag returns the tag with the numbers nearest to those of the wanted one, among those that otherwise read the
// same, with or without a "v" in front; else the most similar text, or "".
func nearestTag(wanted string, tags []string) string {
	shape := func(tag string) string { return digits.ReplaceAllString(strings.TrimPrefix(tag, "v"), "0") }
	distance := func(tag string) (out []int) {
		there := digits.FindAllString(tag, -1)
		for i, number := range digits.FindAllString(wanted, -1) {
			a, _ := strconv.Atoi(number)
			b, _ := strconv.Atoi(there[i])
			out = append(out, max(a-b, b-a))
		}
		return out
	}
	same := slices.DeleteFunc(slices.Sorted(slices.Values(tags)), func(tag string) bool {
		return shape(tag) != shape(wanted)
	})
	if len(same) == 0 || !strings.Contains(shape(wanted), "0") {
		return model.Nearest(wanted, tags)
	}
	return slices.MinFunc(same, func(a, b string) int { return slices.Compare(distance(a), distance(b)) })
}
