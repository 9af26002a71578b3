package ui_test

import (
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

// BenchmarkKey is one key, from Update to the finished frame, at 120x40. The median is what a person feels; it has to
// stay under a millisecond.
func BenchmarkKey(b *testing.B) {
	for name, prepare := range map[string]func() *driver{
		"registry": func() *driver { return start(b, nil).press("enter") },
		"details":  func() *driver { return start(b, nil).press("enter").write("acr").press("enter") },
		"images": func() *driver {
			return start(b, nil).press("enter").write("acr").press("enter").write("myacr").press("enter", "enter")
		},
		"images of dev and prod": func() *driver {
			a := answers.New()
			a.Set("environments", "dev, prod")
			a.Set("registry.provider", "acr")
			a.Set("registry.name", "myacr")
			return start(b, a).press("enter", "enter", "enter", "enter", "enter", "enter")
		},
	} {
		b.Run(name, func(b *testing.B) {
			d := prepare()
			d.resize(120, 40)
			var times []time.Duration
			for i := 0; b.Loop(); i++ {
				key := tea.KeyPressMsg{Code: 'a', Text: "a"}
				if i%2 == 1 {
					key = tea.KeyPressMsg{Code: tea.KeyBackspace}
				}
				begin := time.Now()
				d.model.Update(key)
				d.model.View()
				times = append(times, time.Since(begin))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds()), "median-µs")
			b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
			if median := times[len(times)/2]; len(times) > 100 && median > time.Millisecond {
				b.Errorf("a key takes %v, a millisecond at most", median)
			}
		})
	}
}
