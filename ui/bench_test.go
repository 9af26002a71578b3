package ui_test

import (
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// benchmarked are the pages of a usual wizard, and one that has much to draw.
func benchmarked() []screen {
	out := []screen{{"chart", func(b starter) *driver { return b(nil).press("tab") }}}
	for _, s := range screens() {
		switch s.name {
		case "registry", "details-empty", "pattern", "images", "environments", "pull-secret", "review", "review-existing",
			"steps", "help", "very-long-values":
			out = append(out, s)
		}
	}
	return out
}

// key is the nth of keys that change something on every page: a letter that comes and goes, and a step down and up.
func key(n int) tea.KeyPressMsg {
	return []tea.KeyPressMsg{{Code: 'a', Text: "a"}, {Code: tea.KeyBackspace}, {Code: tea.KeyDown}, {Code: tea.KeyUp}}[n%4]
}

// BenchmarkKey is one key, from Update to the finished frame, at 120x40. The median is what a person feels: it stays under
// two milliseconds, and one key in a hundred may take a frame's eight.
func BenchmarkKey(b *testing.B) {
	for _, page := range benchmarked() {
		b.Run(page.name, func(b *testing.B) {
			d := page.make(func(from *answers.Answers) *driver { return start(b, from) })
			d.resize(120, 40)
			var times []time.Duration
			for i := 0; b.Loop(); i++ {
				begin := time.Now()
				d.model.Update(key(i))
				d.model.View()
				times = append(times, time.Since(begin))
			}
			slices.Sort(times)
			median, p99 := times[len(times)/2], times[len(times)*99/100]
			b.ReportMetric(float64(median.Microseconds()), "median-µs")
			b.ReportMetric(float64(p99.Microseconds()), "p99-µs")
			if len(times) > 100 && (median > 2*time.Millisecond || p99 > 8*time.Millisecond) {
				b.Errorf("a key takes %v, one in a hundred %v: two milliseconds and eight at most", median, p99)
			}
		})
	}
}

// TestKeysDoNotAddUp: a wizard that was used for long does as little for a key as a fresh one.
func TestKeysDoNotAddUp(t *testing.T) {
	for _, page := range benchmarked() {
		d := page.make(func(from *answers.Answers) *driver { return start(t, from) })
		n := 0
		each := func() {
			d.model.Update(key(n))
			d.model.View()
			n++
		}
		for range 40 { // caches are filled
			each()
		}
		fresh := testing.AllocsPerRun(40, each)
		for range 120 {
			each()
		}
		if used := testing.AllocsPerRun(40, each); used > fresh*1.02+5 {
			t.Errorf("%s: a key allocates %.0f times after many keys, and %.0f at first", page.name, used, fresh)
		}
	}
}
