//go:build unix

package main

import (
	"slices"

	"conductor-registry/model/answers"
)

// byHand are the keys that answer as wanted, from the first page to the review.
func byHand(c *answers.Catalog, wanted *answers.Answers) []string {
	var keys []string
	draft := answers.New()
	for page := range answers.Review {
		fields := on(page, c.Fields(draft))
		at := max(0, slices.IndexFunc(fields, func(f answers.Field) bool { return !f.Advanced })) // where the focus is
		for done := map[string]bool{}; ; {
			to := slices.IndexFunc(fields, func(f answers.Field) bool {
				value := wanted.Get(f.Path)
				return !done[f.Path] && value != "" && value != draft.Get(f.Path)
			})
			if to < 0 {
				break
			}
			keys = append(keys, slices.Repeat([]string{tab}, (to-at+len(fields))%len(fields))...)
			f := fields[to]
			value := wanted.Get(f.Path)
			keys = append(keys, give(f, draft.Get(f.Path), value)...)
			draft.Set(f.Path, value)
			done[f.Path] = true
			fields = on(page, c.Fields(draft)) // an answer may bring up others
			at = slices.IndexFunc(fields, func(other answers.Field) bool { return other.Path == f.Path })
		}
		for i, f := range fields { // enter takes the one in focus, and each that most people answer below it
			if i == at || i > at && !f.Advanced {
				keys = append(keys, enter)
			}
		}
	}
	return keys
}

func on(page answers.Page, fields []answers.Field) []answers.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f answers.Field) bool { return f.Page != page })
}

// give are the keys that change an answer: a text anew, or the way through a list from the entry that holds.
func give(f answers.Field, from, to string) []string {
	if len(f.Choices) == 0 {
		return []string{ctrlU, to}
	}
	if from == "" {
		from = f.Default
	}
	index := func(value string) int {
		return slices.IndexFunc(f.Choices, func(c answers.Choice) bool { return c.Value == value })
	}
	now, then := max(0, index(from)), index(to) // without a default the first is lit
	key := down
	if then < now {
		now, then, key = then, now, up
	}
	var keys []string
	for _, c := range f.Choices[now:then] {
		if c.Missing == "" {
			keys = append(keys, key)
		}
	}
	return keys
}
