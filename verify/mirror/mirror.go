// Package mirror copies container images from one registry to another, or through a folder. Digests stay the same: an
// image arrives with all its platforms and attestations, byte for byte. What is there already is not sent again, so
// that a copy that was stopped goes on where it ended. What it returns contains no secret.
package mirror

import (
	"context"
	"errors"
	"sync"

	specs "github.com/opencontainers/image-spec/specs-go/v1"

	"conductor-registry/model"
	"conductor-registry/verify/images"
)

// Image is an image to copy.
type Image struct {
	Source, Target string // references; the source with a tag or digest, the target with a tag
	Digest         string // that the image must have; "" for any
}

// Options say how to copy.
type Options struct {
	Network   images.Options
	From, To  images.Credential // for sources and for targets
	Archive   *Archive          // to write to instead of the targets; nil for none
	Read      *Archive          // to read instead of the sources; nil for none
	Platforms []specs.Platform  // the only ones to copy; none for all
	Overwrite bool              // also where the target's tag has another image
	Report    func([]Progress)  // called when something changes, and many times a second; never concurrently; can be nil

	pause func(ctx context.Context, attempt int) error // between two tries; nil for the usual one
}

// State says whether an image was copied, and if not, why.
type State string

// The states of an image.
const (
	Waiting   State = "waiting"
	Copying   State = "copying"
	Copied    State = "copied"
	Unchanged State = "unchanged" // the target had it
	Different State = "different" // the target's tag has another image, which was not overwritten
	Failed    State = "failed"
)

// Result reports the copy of one image.
type Result struct {
	State     State          `json:"state"`
	Digest    string         `json:"digest,omitempty"` // of the source, and in the end of the target
	Was       string         `json:"was,omitempty"`    // another digest that the target's tag has, or had
	Platforms []string       `json:"platforms,omitempty"`
	Size      int64          `json:"size,omitempty"` // of all that belongs to the image, in bytes
	Sent      int64          `json:"sent"`           // in bytes, without what was there
	Problems  model.Problems `json:"problems"`
}

// Copy copies all images at once and returns the results in their order. After a cancel it returns an error and no
// results.
func Copy(ctx context.Context, list []Image, o Options) ([]Result, error) {
	return each(ctx, list, o, (*copier).copy)
}

// Inspect asks for all images at once without copying: it fills digest, platforms and size, and the state is Unchanged
// where the target has the image, Different where its tag has another one, Failed where the source cannot be read, and
// else Waiting.
func Inspect(ctx context.Context, list []Image, o Options) ([]Result, error) {
	return each(ctx, list, o, (*copier).inspect)
}

func each(
	ctx context.Context, list []Image, o Options, do func(*copier, context.Context, Image, *meter, *Result) error,
) ([]Result, error) {
	network := images.NewNetwork(o.Network)
	defer network.Close()
	c := &copier{Options: o, network: network, slots: make(chan struct{}, jobs)}
	if c.pause == nil {
		c.pause = pause
	}
	board := newBoard(len(list), o.Report)
	out := make([]Result, len(list))
	var all sync.WaitGroup
	for i, image := range list {
		all.Go(func() {
			m := board.meters[i]
			out[i] = Result{State: Waiting, Problems: model.Problems{}}
			if err := do(c, ctx, image, m, &out[i]); err != nil {
				out[i].State, out[i].Problems = Failed, problemsOf(ctx, err)
			}
			out[i].Sent = m.sent.Load()
			m.set(out[i].State)
		})
	}
	all.Wait()
	board.stop()
	if errors.Is(ctx.Err(), context.Canceled) {
		return nil, ctx.Err()
	}
	return out, nil
}

// copier holds what the copies of one call share.
type copier struct {
	Options
	network *images.Network
	slots   chan struct{} // one for each layer that is copied at the moment
	locks   sync.Map      // a *sync.Mutex for each layer of each target, which several images can share
}

// jobs limits how many layers are copied at once.
const jobs = 6

// inspect finds out what copy would do.
func (c *copier) inspect(ctx context.Context, image Image, _ *meter, out *Result) error {
	from, to, err := c.open(ctx, image)
	if err != nil {
		return err
	}
	t, err := c.read(ctx, from, image)
	if err != nil {
		return err
	}
	out.describe(t)
	_, _ = c.isThere(ctx, to, out) // a target that cannot be asked yet is no reason to fail
	return nil
}

// copy copies one image, unless the target has it.
func (c *copier) copy(ctx context.Context, image Image, m *meter, out *Result) error {
	from, to, err := c.open(ctx, image)
	if err != nil {
		return err
	}
	if out.Digest, err = from.digest(ctx); err != nil {
		return err
	}
	if len(c.Platforms) == 0 {
		if done, err := c.isThere(ctx, to, out); done || err != nil {
			return err
		}
	}
	t, err := c.read(ctx, from, image)
	if err != nil {
		return err
	}
	out.describe(t)
	if done, err := c.isThere(ctx, to, out); done || err != nil {
		return err
	}
	m.start(out.Size)
	if err := c.writeBlobs(ctx, t, from, to, m); err != nil {
		return err
	}
	if err := c.writeManifests(ctx, t, to, m); err != nil {
		return err
	}
	out.State = Copied
	return c.verify(ctx, to, out.Digest)
}

// describe fills in what the manifests say.
func (r *Result) describe(t *tree) {
	r.Digest, r.Platforms, r.Size = t.root().Digest.String(), t.platforms, t.size()
}

// isThere compares the target with the digest of the result. It returns true where nothing is to be copied: the target
// has the image, or its tag has another one that stays.
func (c *copier) isThere(ctx context.Context, to target, out *Result) (bool, error) {
	has, err := to.digest(ctx)
	switch {
	case err != nil:
		return false, err
	case has == out.Digest:
		out.State = Unchanged
		return true, nil
	case has != "":
		out.Was = has
	}
	if has != "" && !c.Overwrite && c.Archive == nil {
		out.State = Different
		return true, nil
	}
	return false, nil
}

// verify asks the target for what it has now.
func (c *copier) verify(ctx context.Context, to target, digest string) error {
	has, err := to.digest(ctx)
	if err == nil && has != digest {
		err = model.Problems{digestChanged(digest, has)}
	}
	return err
}

// open returns where an image is read and where it is written.
func (c *copier) open(ctx context.Context, image Image) (from source, to target, err error) {
	if c.Read != nil {
		from, err = c.Read.source(image)
	} else {
		from, err = newRegistrySource(ctx, c.network, image.Source, c.From)
	}
	if err != nil {
		return nil, nil, err
	}
	if c.Archive != nil {
		return from, c.Archive.target(image), nil
	}
	to, err = newRegistryTarget(ctx, c.network, image.Target, c.To)
	return from, to, err
}
