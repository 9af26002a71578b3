package convert

import (
	"fmt"
	"slices"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/values"
)

// Guess returns the chart that a file seems to be written for: the one that reads, and has documented, most of its
// keys. Keys are the image and secret keys that it reads there, in the profile's order. Without such keys, or when two
// charts are equally likely, it returns nil.
func Guess(file *values.File, profiles []*chart.Profile) (guess *chart.Profile, keys []string) {
	return guessChart(values.Merge(file), profiles)
}

func guessChart(file *values.Values, profiles []*chart.Profile) (guess *chart.Profile, keys []string) {
	best, isTie := 0, false
	for _, p := range profiles {
		score, found := likelihood(p, file)
		switch {
		case len(found) == 0 || score < best:
		case score == best && guess != nil:
			isTie = true
		case guess == nil || score > best:
			guess, keys, best, isTie = p, found, score, false
		}
	}
	if isTie {
		return nil, nil
	}
	return guess, keys
}

// likelihood counts the keys of the file that a chart reads, that are documented for it, and that it has at the top.
func likelihood(p *chart.Profile, file *values.Values) (score int, found []string) {
	keys := setKeys(file, slices.Concat(p.ReadKeys(), p.SetKeys()))
	score = len(keys)
	for key := range file.Tree() {
		if slices.Contains(p.Keys, key) {
			score++
		}
	}
	return score, model.AddNew(nil, keys...)
}

// setKeys returns those of the paths that the file sets.
func setKeys(file *values.Values, paths []string) []string {
	return slices.DeleteFunc(paths, func(path string) bool {
		_, ok := file.Lookup(path)
		return !ok
	})
}

// guessOrAssume returns the chart that the file seems to be for, or else of those that read most of its keys the first,
// with a problem.
func guessOrAssume(file *values.File, profiles []*chart.Profile) (*chart.Profile, model.Problems) {
	loaded := values.Merge(file)
	guess, _ := guessChart(loaded, profiles)
	if guess != nil {
		return guess, nil
	}
	best, others := -1, ""
	for _, p := range profiles {
		switch read := len(setKeys(loaded, p.ReadKeys())); {
		case read > best:
			guess, best, others = p, read, ""
		case read == best:
			others += " or " + p.ID
		}
	}
	p := model.Problem{Rule: "chart-assumed", Severity: model.Warning, File: file.Name,
		Summary: fmt.Sprintf("the keys do not tell which chart the file is for: chart %s is assumed", guess.ID),
		Fix:     "choose the chart version"}
	if best > 0 && others != "" {
		p.Summary = fmt.Sprintf("the keys fit chart %s%s: chart %[1]s is assumed", guess.ID, others)
	}
	return guess, model.Problems{p}
}
