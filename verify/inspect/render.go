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
// the same settings only once. It keeps the first error and renders nothing after it: run checks it after each step.
type renderer struct {
	template func(values []byte) ([]byte, error)
	base     map[string]any // the user's values and the placeholders for required files
	markers  []string

	processors chan struct{}
	lock       sync.Mutex // of what follows
	known      map[string]func() *rendering
	err        error
	progress   func() // reports the current step
}

func newRenderer(ctx context.Context, o Options, markers []string) *renderer {
	return &renderer{base: o.Values, markers: markers, processors: make(chan struct{}, runtime.NumCPU()),
		known: map[string]func() *rendering{}, progress: func() {},
		template: func(values []byte) ([]byte, error) {
			return o.Helm.Template(ctx, helm.Request{Chart: o.Chart.Path, Values: [][]byte{values}})
		}}
}

// begin reports a step, now and with each rendering from now on.
func (r *renderer) begin(report func(what string), what string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.progress = func() { report(fmt.Sprintf("%s (%d renderings)", what, len(r.known))) }
	r.progress()
}

// render returns what the chart renders with the settings, or helm's refusal; after an error always a refusal.
func (r *renderer) render(s settings) *rendering {
	values, err := json.Marshal(s.over(r.base))
	if err != nil {
		return r.fail(fmt.Errorf("cannot pass these values to helm: %w", err))
	}
	r.lock.Lock()
	get, ok := r.known[string(values)]
	if !ok {
		get = sync.OnceValue(func() *rendering { return r.run(values) })
		r.known[string(values)] = get
		r.progress()
	}
	r.lock.Unlock()
	return get()
}

func (r *renderer) run(values []byte) *rendering {
	r.processors <- struct{}{}
	defer func() { <-r.processors }()
	if err := r.failure(); err != nil {
		return r.fail(err)
	}
	stream, err := r.template(values)
	if refused, ok := errors.AsType[*helm.RefusedError](err); ok {
		return &rendering{refused: refused.Error()}
	}
	if err != nil {
		return r.fail(err)
	}
	out, err := parseRendering(stream, r.markers)
	if err != nil {
		return r.fail(err)
	}
	return out
}

// renderings returns how many there have been.
func (r *renderer) renderings() int {
	r.lock.Lock()
	defer r.lock.Unlock()
	return len(r.known)
}

// fail keeps the error, unless there is one already.
func (r *renderer) fail(err error) *rendering {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.err = cmp.Or(r.err, err)
	return &rendering{refused: err.Error()}
}

func (r *renderer) failure() error {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.err
}

// inParallel calls do for all items at once.
func inParallel[T any](items []T, do func(i int, item T)) {
	var running sync.WaitGroup
	for i, item := range items {
		running.Go(func() { do(i, item) })
	}
	running.Wait()
}
