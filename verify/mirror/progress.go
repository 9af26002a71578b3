package mirror

import (
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// Progress reports how much of one image is copied.
type Progress struct {
	State      State
	Size, Done int64 // in bytes; Size is 0 until it is known
}

// board reports the progress of all images.
type board struct {
	meters []*meter
	report func([]Progress)
	mu     sync.Mutex // held while report runs
	ticker *time.Ticker
	ended  chan struct{}
}

// frame is the time between two reports while data is copied.
const frame = 100 * time.Millisecond

func newBoard(images int, report func([]Progress)) *board {
	b := &board{report: report, ticker: time.NewTicker(frame), ended: make(chan struct{})}
	for range images {
		m := &meter{board: b}
		m.state.Store(Waiting)
		b.meters = append(b.meters, m)
	}
	go func() {
		for {
			select {
			case <-b.ticker.C:
				b.show()
			case <-b.ended:
				return
			}
		}
	}()
	return b
}

// stop ends the reports. None runs when it returns.
func (b *board) stop() {
	b.ticker.Stop()
	close(b.ended)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.report = nil
}

func (b *board) show() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.report == nil {
		return
	}
	all := make([]Progress, len(b.meters))
	for i, m := range b.meters {
		state, _ := m.state.Load().(State)
		all[i] = Progress{state, m.size.Load(), m.done.Load()}
	}
	b.report(all)
}

// meter counts the bytes of one image.
type meter struct {
	board            *board
	state            atomic.Value // State
	size, done, sent atomic.Int64
}

func (m *meter) start(size int64) {
	m.size.Store(size)
	m.set(Copying)
}

func (m *meter) set(s State) {
	m.state.Store(s)
	m.board.show()
}

// blobCount counts one try to copy a blob.
type blobCount struct {
	meter *meter
	size  int64
	read  int64 // of this try, counted as done
	alive func()
}

// reader returns the data, counted. Where it is read again from the start, the count begins again.
func (c *blobCount) reader(data io.ReadCloser) io.ReadCloser {
	c.meter.done.Add(-c.read)
	c.read = 0
	return &countedReader{data, c}
}

// end counts what was not read, since the target has it; after a failure it takes back what was counted.
func (c *blobCount) end(err error) {
	if err != nil {
		c.meter.done.Add(-c.read)
		return
	}
	c.meter.done.Add(c.size - c.read)
}

type countedReader struct {
	io.ReadCloser
	count *blobCount
}

// Read counts what it reads.
func (r *countedReader) Read(into []byte) (int, error) {
	n, err := r.ReadCloser.Read(into)
	r.count.read += int64(n)
	r.count.meter.done.Add(int64(n))
	r.count.meter.sent.Add(int64(n))
	r.count.alive()
	return n, err
}
