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

// Charts gives the chart versions, the default first, then the newest.
func Charts() ([]*chart.Profile, error) {
	const folder = "charts"
	files, err := charts.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	profiles, wrong := make([]*chart.Profile, len(files)), make([]error, len(files))
	var reading sync.WaitGroup // a profile takes a millisecond, and every command waits for all
	for i, file := range files {
		reading.Go(func() { profiles[i], wrong[i] = readChart(folder + "/" + file.Name()) })
	}
	reading.Wait()
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	slices.SortFunc(profiles, func(a, b *chart.Profile) int { return inOrder(a.ID, b.ID) })
	return profiles, nil
}

// ChartIDs are the ids of all chart versions, in the order of Charts, without reading any: a file is named after its
// id.
func ChartIDs() []string {
	files, err := charts.ReadDir("charts")
	if err != nil {
		return nil
	}
	var ids []string
	for _, file := range files {
		ids = append(ids, strings.TrimSuffix(file.Name(), ".yaml"))
	}
	slices.SortFunc(ids, inOrder)
	return ids
}

// inOrder puts the default chart first, then the newest.
func inOrder(a, b string) int {
	return cmp.Or(last(a != defaultChart, b != defaultChart), cmp.Compare(b, a))
}

func readChart(path string) (*chart.Profile, error) {
	data, err := charts.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return DecodeChart(path, data)
}

// DecodeChart reads a chart version from the text of its file, as strictly as those that are built in. The path is for
// errors.
func DecodeChart(path string, data []byte) (*chart.Profile, error) {
	p := &chart.Profile{}
	return p, decode(path, data, p)
}

// last puts what is marked behind what is not.
func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
