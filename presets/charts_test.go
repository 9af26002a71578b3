package presets

import "testing"

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

// TestChartsAreWhole decodes what a profile reads only when it is first used.
func TestChartsAreWhole(t *testing.T) {
	profiles, err := Charts()
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range profiles {
		if ids := ChartIDs(); len(ids) != len(profiles) || ids[i] != p.ID {
			t.Errorf("ChartIDs are %q, and chart %d is %s", ids, i, p.ID)
		}
	}
}

func BenchmarkCharts(b *testing.B) {
	for b.Loop() {
		if _, err := Charts(); err != nil {
			b.Fatal(err)
		}
	}
}
