package inspect

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"conductor-registry/verify/helm"
)

// renderer renders the chart with settings on top of the user's values, as many at once as there are processors, and
// the same settings only once.
type renderer struct {
	program *helm.Helm
	path    string
	base    map[string]any // the user's values and the placeholders for required files
	markers []string

	processors chan struct{}
	lock       sync.Mutex
	known      map[string]func() (*rendering, error)
	report     func(done, all int, what string)
	progress   func() // reports the current step; nil when nobody listens
}

func newRenderer(o Options, markers []string) *renderer {
	return &renderer{program: o.Helm, path: o.Chart.Path, base: o.Values, markers: markers, report: o.Progress,
		processors: make(chan struct{}, runtime.NumCPU()), known: map[string]func() (*rendering, error){}}
}

// begin reports a step, now and with each rendering from now on.
func (r *renderer) begin(done, all int, what string) {
	if r.report == nil {
		return
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	r.progress = func() { r.report(done, all, fmt.Sprintf("%s (%d renderings)", what, len(r.known))) }
	r.progress()
}

// render returns what the chart renders with the settings, or helm's refusal. The error says that helm cannot be run.
func (r *renderer) render(ctx context.Context, s settings) (*rendering, error) {
	values, err := json.Marshal(s.over(r.base))
	if err != nil {
		return nil, fmt.Errorf("cannot pass these values to helm: %w", err)
	}
	r.lock.Lock()
	get, ok := r.known[string(values)]
	if !ok {
		get = sync.OnceValues(func() (*rendering, error) { return r.run(ctx, values) })
		r.known[string(values)] = get
		if r.progress != nil {
			r.progress()
		}
	}
	r.lock.Unlock()
	return get()
}

func (r *renderer) run(ctx context.Context, values []byte) (*rendering, error) {
	select {
	case r.processors <- struct{}{}:
		defer func() { <-r.processors }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	stream, err := r.program.Template(ctx, helm.Request{Chart: r.path, Values: [][]byte{values}})
	if refused, ok := errors.AsType[*helm.RefusedError](err); ok {
		return &rendering{refused: refused.Error()}, nil
	}
	if err != nil {
		return nil, err
	}
	return parseRendering(stream, r.markers)
}

// together calls do for all items at once and returns the first error in their order.
func together[T any](items []T, do func(i int, item T) error) error {
	failed := make([]error, len(items))
	var running sync.WaitGroup
	for i, item := range items {
		running.Go(func() { failed[i] = do(i, item) })
	}
	running.Wait()
	return cmp.Or(failed...)
}
