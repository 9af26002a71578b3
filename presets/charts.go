package presets

import (
	"cmp"
	"embed"
	"errors"
	"slices"
	"strings"
	"sync"

	"conductor-registry/model/chart"
)

//go:embed charts/*.yaml
var charts embed.FS

// defaultChart is the version that holds when none is named: the one that the registry guide documents.
const defaultChart = "2.8"

// Charts returns the built-in chart profiles, the default first, then the newest. It decodes them at the same time: one
// after the other they would delay the wizard's first frame by several milliseconds.
func Charts() ([]*chart.Profile, error) {
	ids := ChartIDs()
	profiles, errs := make([]*chart.Profile, len(ids)), make([]error, len(ids))
	var decoding sync.WaitGroup
	for i, id := range ids {
		decoding.Go(func() { profiles[i], errs[i] = Chart(id) })
	}
	decoding.Wait()
	return profiles, errors.Join(errs...)
}

// Chart returns the built-in profile with that id, such as 2.8. The error names the file and line of a mistake in it.
func Chart(id string) (*chart.Profile, error) {
	path := "charts/" + id + ".yaml"
	data, err := charts.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return chart.DecodeProfile("presets/"+path, data)
}

// ChartFile returns the text of the built-in profile with that id, and false when there is none.
func ChartFile(id string) ([]byte, bool) {
	data, err := charts.ReadFile("charts/" + id + ".yaml")
	return data, err == nil
}

// ChartIDs returns the ids of the built-in profiles, in the order of Charts. A file is named after its id.
func ChartIDs() []string {
	files, err := charts.ReadDir("charts")
	if err != nil {
		return nil
	}
	var ids []string
	for _, file := range files {
		ids = append(ids, strings.TrimSuffix(file.Name(), ".yaml"))
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(last(a != defaultChart, b != defaultChart), cmp.Compare(b, a))
	})
	return ids
}

// last orders false before true.
func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
