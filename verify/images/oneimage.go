package images

import (
	"context"
	"errors"

	"github.com/google/go-containerregistry/pkg/name"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

// ask asks for one image with each login that is for it, until one pulls it, as the kubelet does. Without any it asks
// as anyone can.
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
		return r.askOne(ctx, located, nobody(), out, func(v verdict) model.Problem { return r.unopened(ref, about, v) })
	}
	var told *Result
	for _, l := range logins {
		next := r.askOne(ctx, located, l, out, func(v verdict) model.Problem { return about.by(l).problem(v) })
		if next.Found {
			return next
		}
		if last := next.rule(); told == nil || ofLogin(told.rule()) && last != loginRefused {
			told = &next
		}
		if !ofLogin(next.rule()) {
			break
		}
	}
	return *told
}

// askOne asks with one login; judge makes a problem of what goes wrong.
func (r *run) askOne(
	ctx context.Context, located name.Reference, l login, out Result, judge func(verdict) model.Problem,
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
	switch _, ofData := errors.AsType[*dataError](err); {
	case ofData:
		v.id, v.detail = blobUnreachable, reason(err)
	case v.id == accessDenied && !l.isEmpty() && !t.isKnownLogin(ctx):
		v.id = loginRefused
	}
	if v.id == tagUnknown {
		t.tellTagFromRepository(ctx, &v)
	}
	secrets := append(l.secrets(), t.wire.secrets()...)
	v.detail, v.said = without(v.detail, secrets), without(v.said, secrets)
	return out.with(judge(v))
}

// ofLogin tells causes that another login may not meet.
func ofLogin(id string) bool {
	switch id {
	case loginRefused, loginEmpty, accessDenied, imageNotFound, repositoryUnknown, tagUnknown:
		return true
	}
	return false
}

// with is the result with a problem more.
func (r Result) with(p model.Problem) Result {
	r.Problems = append(r.Problems, p)
	return r
}

// rule is the last problem's cause.
func (r Result) rule() string {
	if len(r.Problems) == 0 {
		return ""
	}
	return r.Problems[len(r.Problems)-1].Rule
}
