// Package probe asks registries for images: are they there, for which platforms, and does a login pull them. It picks
// the login as the kubelet does, writes and keeps nothing, and says of every failure which of the usual causes it is.
// No secret is in what it returns.
package images

import (
	"context"
	"crypto/x509"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sync"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"conductor-registry/model"
)

// Options say how to ask. The zero value asks as a node would that knows no special CA.
type Options struct {
	Platforms  []v1.Platform  // that the images must be built for; none is whatever there is
	DigestOnly bool           // ask for no more than the digests
	RootCAs    *x509.CertPool // nil is those of the system
	Insecure   bool           // plain HTTP and unknown certificates are taken
	Proxy      func(*http.Request) (*url.URL, error)
	Answered   func(done, all int) // called after each image, one at a time; nil for nobody
}

// Result is what is known of one image.
type Result struct {
	Image     string         `json:"image"`
	Found     bool           `json:"found"`               // it is there and this credential pulls it
	Digest    string         `json:"digest,omitempty"`    // of all its platforms together, where it has several
	Platforms []Platform     `json:"platforms,omitempty"` //
	Entry     string         `json:"entry,omitempty"`     // the key under auths that opened it; "" where none was needed
	Problems  model.Problems `json:"problems"`
}

// Run asks for all images at once, each once, and gives a result for each in their order. A deadline of the context is
// among the causes; when it is cancelled the error says so, and there are no results.
func Run(ctx context.Context, images []string, credential Credential, o Options) ([]Result, error) {
	network := o.transport()
	defer network.CloseIdleConnections()
	r := &run{credential: credential, options: o, transport: network}
	var different []string
	for _, image := range images {
		if !slices.Contains(different, image) {
			different = append(different, image)
		}
	}
	found := make([]Result, len(different))
	var all sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for i, image := range different {
		all.Go(func() {
			found[i] = r.ask(ctx, image)
			mu.Lock()
			defer mu.Unlock()
			done++
			if o.Answered != nil {
				o.Answered(done, len(different))
			}
		})
	}
	all.Wait()
	if errors.Is(ctx.Err(), context.Canceled) {
		return nil, ctx.Err()
	}
	out := make([]Result, len(images))
	for i, image := range images {
		out[i] = found[slices.Index(different, image)]
	}
	return out, nil
}

// run is one call of Run.
type run struct {
	credential Credential
	options    Options
	transport  http.RoundTripper
}
