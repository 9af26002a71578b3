package images

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

// Network reaches registries over connections of its own, until Close.
type Network struct {
	options   Options
	transport *http.Transport
	mu        sync.Mutex
	clients   []*Client // whose secrets no problem may repeat
}

// NewNetwork returns a network. Platforms, DigestOnly and Answered of the options have no effect on it.
func NewNetwork(o Options) *Network { return &Network{options: o, transport: o.transport()} }

// Close closes the idle connections.
func (n *Network) Close() { n.transport.CloseIdleConnections() }

// Client asks for one image with one login.
type Client struct {
	*try
	network   *Network
	problemOf func(verdict) model.Problem
	isPush    bool // what it reports is about writing
}

// Clients returns a client for each login that applies to an image, in the order in which they are tried, or one
// without a login when there is none. The error is a list of problems.
func (n *Network) Clients(ctx context.Context, ref string, credential Credential) ([]*Client, error) {
	located, err := locate(ref, n.options.Insecure)
	if bad := image.Check(ref); bad != nil || err != nil {
		detail := errors.Join(bad, err).Error()
		return nil, model.Problems{problem(imageUnparsable, fill{"image": ref, "detail": detail})}
	}
	texts := newAbout(ref, located, credential)
	logins, err := credential.offers(ctx, ref, located.Context())
	if err != nil {
		return nil, model.Problems{texts.problem(classify(err))}
	}
	if len(logins) == 0 {
		c, err := n.client(located, nobody())
		c.problemOf = texts.withoutLogin
		return []*Client{c}, err
	}
	var out []*Client
	for _, l := range logins {
		c, err := n.client(located, l)
		if err != nil {
			return nil, err
		}
		c.problemOf = texts.by(l).problem
		out = append(out, c)
	}
	return out, nil
}

func (n *Network) client(ref name.Reference, l login) (*Client, error) {
	t := &try{ref: ref, login: l, wire: newWire(n.transport, n.options, ref.Context().Scheme())}
	var err error
	t.puller, err = remote.NewPuller(t.options()...)
	c := &Client{try: t, network: n}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.clients = append(n.clients, c)
	return c, err
}

// secrets returns what was sent as credentials, and the forms in which a registry could repeat it.
func (n *Network) secrets() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var out []string
	for _, c := range n.clients {
		out = append(append(out, c.login.secrets()...), c.wire.secrets()...)
	}
	return out
}

// Reference returns the image.
func (c *Client) Reference() name.Reference { return c.ref }

// HasLogin reports whether requests have credentials.
func (c *Client) HasLogin() bool { return !c.login.isEmpty() }

// Puller returns what reads from the registry. Failures are reported at once, without another try.
func (c *Client) Puller() *remote.Puller { return c.puller }

// Pusher returns what writes to the registry. The client's problems are about writing from then on.
func (c *Client) Pusher() (*remote.Pusher, error) {
	c.isPush = true
	return remote.NewPusher(c.options()...)
}

// Get reads the manifest of the image. The error says so if it is something else than a container image.
func (c *Client) Get(ctx context.Context) (*remote.Descriptor, error) { return c.get(ctx) }

// Digest asks for the digest of the image. Of an image for several platforms it reads nothing, which does not count as
// a pull.
func (c *Client) Digest(ctx context.Context) (string, error) { return c.digest(ctx) }

// Problem returns an error of the client as a problem without secrets.
func (c *Client) Problem(ctx context.Context, err error) model.Problem {
	v := classify(err)
	if slices.Contains(networkCauses(), v.id) {
		v.host = c.wire.failedHost(c.ref.Context().RegistryStr())
	}
	switch _, ofData := errors.AsType[*dataError](err); {
	case ofData:
		v.id, v.detail = blobUnreachable, strings.TrimPrefix(v.host+": ", ": ")+reason(err)
		v.host = ""
	case v.id == accessDenied && c.HasLogin() && !c.isKnownLogin(ctx):
		v.id = loginRefused
	case c.isPush:
		v = ofPush(err, v)
	}
	if !c.isPush && (v.id == tagUnknown || v.id == imageNotFound) {
		c.tellTagFromRepository(ctx, &v)
	}
	secrets := c.network.secrets()
	v.detail, v.said = redact(v.detail, secrets), redact(v.said, secrets)
	return c.problemOf(v)
}

// IsLoginProblem reports whether another login can avoid a problem.
func IsLoginProblem(p model.Problem) bool { return isOfLogin(p.Rule) }

// IsMissing reports whether the registry answered that it does not have what was asked for.
func IsMissing(err error) bool {
	answer, ok := errors.AsType[*transport.Error](err)
	return ok && answer.StatusCode == http.StatusNotFound
}

// IsTransient reports whether the same request can succeed later: the registry fails or limits requests, or the
// connection breaks.
func IsTransient(err error) bool {
	switch classify(err).id {
	case connectionBroken, timedOut, namesUnavailable, rateLimited:
		return true
	case registryFails:
		answer, ok := errors.AsType[*transport.Error](err)
		return ok && answer.StatusCode >= http.StatusInternalServerError
	}
	return false
}
