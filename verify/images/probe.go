// Package images asks registries for images: do they exist, for which platforms, and can a login pull them. It chooses
// the login as the kubelet does and names the cause of every failure. It writes and keeps nothing, and what it returns
// contains no secret.
package images

import (
	"context"
	"crypto/x509"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sync"

	specs "github.com/opencontainers/image-spec/specs-go/v1"

	"conductor-registry/model"
)

// Options say how to ask. The zero value asks like a node without extra CAs.
type Options struct {
	Platforms  []specs.Platform // that the images must be built for; may be empty
	DigestOnly bool             // ask for the digests only
	RootCAs    *x509.CertPool   // nil: those of the system
	Insecure   bool             // accept plain HTTP and any certificate
	Proxy      func(*http.Request) (*url.URL, error)
	Answered   func(done, all int) // called after each image, never concurrently; can be nil
}

// Result is what the registry answered about one image.
type Result struct {
	Image     string         `json:"image"`
	Found     bool           `json:"found"`            // it exists and this credential can pull it
	Digest    string         `json:"digest,omitempty"` // of the index where it has several platforms
	Platforms []Platform     `json:"platforms,omitempty"`
	Entry     string         `json:"entry,omitempty"` // the key under auths of the login that pulls it; "" for none
	Nearest   string         `json:"-"`               // an existing tag like the one that does not exist; "" for none
	Problems  model.Problems `json:"problems"`
}

// Run asks for all images at once, each only once, and returns the results in their order. A deadline of the context
// is one of the causes; after a cancel it returns an error and no results.
func Run(ctx context.Context, images []string, credential Credential, o Options) ([]Result, error) {
	network := NewNetwork(o)
	defer network.Close()
	r := &run{credential, network}
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

// run holds what the tries of one Run share.
type run struct {
	credential Credential
	network    *Network
}
