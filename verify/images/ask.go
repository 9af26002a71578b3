package images

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

// ask asks for one image with each matching login until one pulls it, as the kubelet does, or anonymously when there
// is none.
func (r *run) ask(ctx context.Context, ref string) Result {
	out := Result{Image: ref, Problems: model.Problems{}}
	located, err := locate(ref, r.options.Insecure)
	if bad := image.Check(ref); bad != nil || err != nil {
		return out.with(problem(imageUnparsable, fill{"image": ref, "detail": errors.Join(bad, err).Error()}))
	}
	about := r.texts(ref, located)
	logins, err := r.credential.offers(ctx, ref, located.Context())
	if err != nil {
		return out.with(about.problem(classify(err)))
	}
	if len(logins) == 0 {
		return r.askOne(ctx, located, nobody(), out, func(v verdict) model.Problem { return r.withoutLogin(ref, about, v) })
	}
	var reported *Result
	for _, l := range logins {
		next := r.askOne(ctx, located, l, out, func(v verdict) model.Problem { return about.by(l).problem(v) })
		if next.Found {
			return next
		}
		if last := next.rule(); reported == nil || isOfLogin(reported.rule()) && last != loginRefused {
			reported = &next
		}
		if !isOfLogin(next.rule()) {
			break
		}
	}
	return *reported
}

// askOne asks with one login; toProblem words a failure.
func (r *run) askOne(
	ctx context.Context, located name.Reference, l login, out Result, toProblem func(verdict) model.Problem,
) Result {
	t, err := r.newTry(located, l)
	if err == nil {
		err = t.fill(ctx, r.options, &out)
	}
	if err == nil {
		out.Found, out.Entry = true, l.entry
		return out
	}
	v := classify(err)
	if slices.Contains(networkCauses(), v.id) {
		v.host = t.wire.failedHost(located.Context().RegistryStr())
	}
	switch _, ofData := errors.AsType[*dataError](err); {
	case ofData:
		v.id, v.detail = blobUnreachable, strings.TrimPrefix(v.host+": ", ": ")+reason(err)
		v.host = ""
	case v.id == accessDenied && !l.isEmpty() && !t.isKnownLogin(ctx):
		v.id = loginRefused
	}
	if v.id == tagUnknown || v.id == imageNotFound {
		t.tellTagFromRepository(ctx, &v)
	}
	secrets := append(l.secrets(), t.wire.secrets()...)
	v.detail, v.said = redact(v.detail, secrets), redact(v.said, secrets)
	return out.with(toProblem(v))
}

// networkCauses returns the causes that can be about another host than the registry: its token service or storage.
func networkCauses() []string {
	return []string{hostUnknown, namesUnavailable, connectionRefused, hostUnreachable, connectionBroken, timedOut,
		certificateUnknown, certificateHost, certificateExpired, certificateRefused, tlsFailed, plainHTTP}
}

// isOfLogin reports whether another login can avoid the cause.
func isOfLogin(id string) bool {
	switch id {
	case loginRefused, loginEmpty, accessDenied, imageNotFound, repositoryUnknown, tagUnknown:
		return true
	}
	return false
}

// with returns the result with one more problem.
func (r Result) with(p model.Problem) Result {
	r.Problems = append(r.Problems, p)
	return r
}

// rule returns the cause of the last problem.
func (r Result) rule() string {
	if len(r.Problems) == 0 {
		return ""
	}
	return r.Problems[len(r.Problems)-1].Rule
}
