package convert

import (
	"maps"
	"slices"

	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// Guess is the chart that a file seems to be written for: the one that reads, and has documented, most of its keys.
// Keys are those of images and secrets that it reads there, in the profile's order. Without any, or when two charts are
// as likely, there is no guess: nil. The error says that the file is no YAML; it is a *values.ParseError.
func Guess(source values.Source, profiles []*chart.Profile) (guess *chart.Profile, keys []string, err error) {
	values, err := values.Load(source)
	if err != nil {
		return nil, nil, err
	}
	best, tie := 0, false
	for _, p := range profiles {
		score, found := likelihood(p, values)
		switch {
		case len(found) == 0 || score < best:
		case score == best && guess != nil:
			tie = true
		case guess == nil || score > best:
			guess, keys, best, tie = p, found, score, false
		}
	}
	if tie {
		return nil, nil, nil
	}
	return guess, keys, nil
}

// likelihood counts the keys that a chart reads, that are documented for it, and that its top has.
func likelihood(p *chart.Profile, values *values.Values) (score int, found []string) {
	set := func(path string) bool { _, ok := values.Lookup(path); return ok }
	for _, path := range slices.Concat(p.ReadKeys(), p.SetKeys()) {
		if set(path) {
			score++
			if !slices.Contains(found, path) {
				found = append(found, path)
			}
		}
	}
	for key := range maps.Keys(values.Map()) {
		if slices.Contains(p.Keys, key) {
			score++
		}
	}
	return score, found
}
