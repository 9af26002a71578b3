package mirror

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"conductor-registry/verify/images"
)

// source reads one image from a registry or an archive.
type source interface {
	digest(ctx context.Context) (string, error)
	manifest(ctx context.Context, digest string) (manifest, error) // "" for that of the image
	blob(ctx context.Context, d v1.Descriptor) (io.ReadCloser, error)
}

// target writes one image to a registry or an archive.
type target interface {
	place() string                              // the repository or folder
	digest(ctx context.Context) (string, error) // "" when there is no image
	writeBlob(ctx context.Context, d v1.Descriptor, open func() (io.ReadCloser, error)) error
	writeManifest(ctx context.Context, m manifest) error
	finish(ctx context.Context, t *tree) error // writes the manifest of the image
}

// writeBlobs copies the layers and configurations, several at once, the largest first.
func (c *copier) writeBlobs(ctx context.Context, t *tree, from source, to target, m *meter) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	for _, d := range t.blobs {
		select {
		case c.slots <- struct{}{}:
		case <-ctx.Done(): // cancelled, or one failed: the others would be in vain
			all.Wait()
			return context.Cause(ctx)
		}
		all.Go(func() {
			defer func() { <-c.slots }()
			if err := c.writeBlob(ctx, d, from, to, m); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

// writeBlob copies a blob unless the target has it. Of images that share it, one sends it and the others find it.
func (c *copier) writeBlob(ctx context.Context, d v1.Descriptor, from source, to target, m *meter) error {
	lock, _ := c.locks.LoadOrStore(to.place()+"@"+d.Digest.String(), &sync.Mutex{})
	if mutex, ok := lock.(*sync.Mutex); ok {
		mutex.Lock()
		defer mutex.Unlock()
	}
	return c.retry(ctx, func(ctx context.Context, alive func()) error {
		count := &blobCount{meter: m, size: d.Size, alive: alive}
		err := to.writeBlob(ctx, d, func() (io.ReadCloser, error) {
			data, err := from.blob(ctx, d)
			if err != nil {
				return nil, err
			}
			return count.reader(data), nil
		})
		count.end(err)
		return err
	})
}

// writeManifests writes those that others name first. That of the image comes last: until then its tag stays as it is.
func (c *copier) writeManifests(ctx context.Context, t *tree, to target, m *meter) error {
	for _, child := range t.manifests[:len(t.manifests)-1] {
		err := c.retry(ctx, func(ctx context.Context, _ func()) error { return to.writeManifest(ctx, child) })
		if err != nil {
			return err
		}
		m.done.Add(child.Size)
	}
	return c.retry(ctx, func(ctx context.Context, _ func()) error { return to.finish(ctx, t) })
}

const (
	tries    = 4
	patience = 2 * time.Minute // without a byte; a registry can take long to store a layer
)

// retry calls do until it succeeds, fails for good, or has failed too often. Do calls alive whenever it makes progress.
func (c *copier) retry(ctx context.Context, do func(ctx context.Context, alive func()) error) error {
	for attempt := 1; ; attempt++ {
		err := watched(ctx, do)
		if err == nil || ctx.Err() != nil || attempt == tries || !images.IsTransient(err) {
			return err
		}
		if stopped := c.pause(ctx, attempt); stopped != nil {
			return stopped
		}
	}
}

// pause waits for a second, then three, then nine.
func pause(ctx context.Context, attempt int) error {
	wait := time.Second
	for range attempt - 1 {
		wait *= 3
	}
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// watched calls do with a context that ends when alive is not called for a while.
func watched(ctx context.Context, do func(ctx context.Context, alive func()) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(patience, func() { cancel(stalledError{}) })
	defer timer.Stop()
	err := do(ctx, func() { timer.Reset(patience) })
	if stalled, ok := errors.AsType[stalledError](context.Cause(ctx)); ok && err != nil {
		return errors.Join(stalled, err)
	}
	return err
}

// stalledError is a connection on which nothing arrives.
type stalledError struct{}

// Error returns that.
func (stalledError) Error() string { return "no data for " + patience.String() }

// Timeout returns true: it is a net.Error.
func (stalledError) Timeout() bool { return true }

// Temporary returns true: it is a net.Error.
func (stalledError) Temporary() bool { return true }
