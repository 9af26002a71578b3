package presets

import (
	"slices"
	"testing"
)

func TestTheDocumentedChartIsTheDefault(t *testing.T) {
	profiles, err := Charts()
	if err != nil {
		t.Fatal(err)
	}
	if profiles[0].ID != "2.8" {
		t.Errorf("the default is %s, want 2.8", profiles[0].ID)
	}
	for i, p := range profiles[1:] {
		if i > 0 && p.ID > profiles[i].ID {
			t.Errorf("%s comes after the older %s", p.ID, profiles[i].ID)
		}
	}
}

// The ids, which lists show without decoding any file, are those of the profiles, in their order.
func TestChartIDs(t *testing.T) {
	profiles, err := Charts()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, p := range profiles {
		ids = append(ids, p.ID)
	}
	if got := ChartIDs(); !slices.Equal(got, ids) {
		t.Errorf("got %q, want %q", got, ids)
	}
}

func BenchmarkCharts(b *testing.B) {
	for b.Loop() {
		if _, err := Charts(); err != nil {
			b.Fatal(err)
		}
	}
}
