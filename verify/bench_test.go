package verify

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
	"conductor-registry/verify/helm"
)

// BenchmarkResolveAgainstHelm reads, resolves and, for comparison, renders the values of one scenario. It fails when
// resolve takes 2 ms or is less than 100 times as fast as helm template.
func BenchmarkResolveAgainstHelm(b *testing.B) {
	program, err := helm.Find(os.Getenv("HELM3"))
	if err != nil {
		b.Skip(err)
	}
	charts := presetstest.Catalog(b).Charts.All()
	file := "../golden/scenarios/acr-global/values.yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	resolve := func() {
		values, err := values.Load(values.Source{Name: file, Data: data})
		if err != nil {
			b.Fatal(err)
		}
		if r := charts[0].Resolve(values); r.Error != nil {
			b.Fatal(r.Error)
		}
	}
	resolve() // decodes the chart's rules, once
	folder := filepath.Join("..", "golden", "charts", charts[0].ID)
	ours := each(b.N*50, resolve)
	theirs := each(5, func() {
		if _, err := program.Template(context.Background(), helm.Request{Chart: folder, Values: [][]byte{data}}); err != nil {
			b.Fatal(err)
		}
	})
	b.ReportMetric(float64(ours)/1e6, "resolve-ms")
	b.ReportMetric(float64(theirs)/1e6, "helm-ms")
	b.ReportMetric(float64(theirs)/float64(ours), "times-faster")
	if ours >= 2*time.Millisecond || theirs < 100*ours {
		b.Errorf("resolve takes %v, helm template %v", ours, theirs)
	}
}

// each is how long one of n runs takes.
func each(n int, run func()) time.Duration {
	start := time.Now()
	for range n {
		run()
	}
	return time.Since(start) / time.Duration(n)
}
