package images

import (
	"context"
	"errors"

	"conductor-registry/model"
)

// ask asks for one image with each matching login until one pulls it, as the kubelet does, or anonymously when there
// is none.
func (r *run) ask(ctx context.Context, ref string) Result {
	out := Result{Image: ref, Problems: model.Problems{}}
	clients, err := r.network.Clients(ctx, ref, r.credential)
	if problems, ok := errors.AsType[model.Problems](err); ok {
		return out.with(problems[0])
	}
	var reported *Result
	for _, c := range clients {
		next := c.ask(ctx, r.network.options, out)
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

// ask asks with the login of the client.
func (c *Client) ask(ctx context.Context, o Options, out Result) Result {
	if err := c.fill(ctx, o, &out); err != nil {
		p := c.Problem(ctx, err)
		out.Nearest = c.nearest
		return out.with(p)
	}
	out.Found, out.Entry = true, c.login.entry
	return out
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
