//go:build unix

package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/form"
	"conductor-registry/presets"
)

// Every registry there is, from the first key to the files: those of its scenario, and generate --check agrees. A new
// preset is among them by itself.
func TestEveryRegistry(t *testing.T) {
	c, err := presets.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	all, err := c.Registries.All()
	if err != nil || len(all) == 0 {
		t.Fatal("no registries", err)
	}
	for _, preset := range all {
		t.Run(preset.ID, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join("../../golden/scenarios", preset.ID+"-"+c.Charts[0].Patterns[0].ID)
			data, err := os.ReadFile(filepath.Join(folder, "answers.yaml"))
			if err != nil {
				t.Fatal("run make golden: ", err)
			}
			wanted, problems := answers.Decode("answers.yaml", data)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			s := open(t, program(t), 120, 40)
			s.see("Which chart")
			s.press(byHand(c, wanted)...)
			s.see("› Write ")
			s.wrote()
			s.press(enter)
			s.ends(0)
			s.isScenario(folder)
		})
	}
}

// isScenario wants the files of a scenario, and generate to make the same of the answers.
func (s *terminal) isScenario(folder string) {
	s.t.Helper()
	var names []string
	for _, name := range []string{"answers.yaml", "pull-secret.sh", "values.yaml"} {
		want, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			continue // not every registry needs a secret
		}
		names = append(names, name)
		if got := s.file(name); got != string(want) {
			s.t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
		}
	}
	s.wrote(names...)
	s.see("Wrote ")
	again := program(s.t, "generate", "--answers", "answers.yaml", "--check")
	again.Dir = s.program.Dir
	if out, err := again.CombinedOutput(); err != nil {
		s.t.Errorf("generate --check after the wizard: %v\n%s", err, out)
	}
}

// byHand are the keys that answer as wanted, from the first page to the review.
func byHand(c *form.Catalog, wanted *answers.Answers) []string {
	var keys []string
	draft := answers.New()
	for page := form.Chart; page < form.Review; page++ {
		fields := on(page, c.Fields(draft))
		at := max(0, slices.IndexFunc(fields, func(f form.Field) bool { return !f.Advanced })) // where the focus is
		for done := map[string]bool{}; ; {
			to := slices.IndexFunc(fields, func(f form.Field) bool {
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
			at = slices.IndexFunc(fields, func(other form.Field) bool { return other.Path == f.Path })
		}
		for i, f := range fields { // enter takes the one in focus, and each that most people answer below it
			if i == at || i > at && !f.Advanced {
				keys = append(keys, enter)
			}
		}
	}
	return keys
}

func on(page form.Page, fields []form.Field) []form.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f form.Field) bool { return f.Page != page })
}

// give are the keys that change an answer: a text anew, or the way through a list from the entry that holds.
func give(f form.Field, from, to string) []string {
	if len(f.Choices) == 0 {
		return []string{ctrlU, to}
	}
	if from == "" {
		from = f.Default
	}
	index := func(value string) int {
		return slices.IndexFunc(f.Choices, func(c form.Choice) bool { return c.Value == value })
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
