package ui_test

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

// TestScenariosByHand enters each scenario in the wizard, as a person would, and wants the same answers and files as
// follow from its answers file. ui/plain and cmd do the same line by line and with flags.
func TestScenariosByHand(t *testing.T) {
	paths, err := filepath.Glob("../golden/scenarios/*/answers.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no scenarios", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			wanted, problems := answers.Decode(path, data)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			d := start(t, nil)
			typed := wanted.Clone()
			if !typed.Has("pullPolicy") { // the wizard would preselect Always for the tag latest
				typed.Set("pullPolicy", "IfNotPresent")
			}
			enter(d, typed)
			p, problems := plan.Build(presetstest.Catalog(t), wanted, "")
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			for _, f := range append(p.Files(), plan.File{Name: "answers.yaml", Data: p.Answers.Encode()}) {
				if got := d.shelf.files[f.Name]; !bytes.Equal(got, f.Data) {
					t.Errorf("%s entered by hand:\n%s\nmade by generate:\n%s", f.Name, got, f.Data)
				}
			}
		})
	}
}

// enter answers every question that wanted has an answer to, page by page, with keys alone.
func enter(d *driver, wanted *answers.Answers) {
	d.t.Helper()
	c := presetstest.Catalog(d.t)
	for page := answers.Chart; page <= answers.PullSecret; page++ {
		answered := map[string]bool{}
		for {
			f, ok := nextField(c, d.model.Draft(), wanted, page, answered)
			if !ok {
				break
			}
			answered[f.Path] = true
			d.focusOn(f.Path)
			d.give(f, want(wanted, f.Path))
		}
		if onPage(c, d.model.Draft(), page) {
			d.leavePage()
		}
	}
	d.sees("Ready to write")
	d.press("enter")
	if !d.hasWritten() {
		d.t.Fatalf("not written:\n%s", d.frame())
	}
}

func want(a *answers.Answers, path string) string {
	if path == "environments" {
		return strings.Join(a.Environments(), ", ")
	}
	return a.Get(path)
}

// nextField is the first question of a page, as it stands now, that wanted answers otherwise than the draft.
func nextField(c *answers.Catalog, draft, wanted *answers.Answers, page answers.Page, done map[string]bool) (answers.Field, bool) {
	for _, f := range c.Fields(draft) {
		if value := want(wanted, f.Path); pageOf(draft, f) == page && !done[f.Path] && value != "" && value != want(draft, f.Path) {
			return f, true
		}
	}
	return answers.Field{}, false
}

func onPage(c *answers.Catalog, draft *answers.Answers, page answers.Page) bool {
	return slices.ContainsFunc(c.Fields(draft), func(f answers.Field) bool { return pageOf(draft, f) == page })
}

// pageOf is the page that the wizard asks a question on: with environments a table asks all that can differ.
func pageOf(draft *answers.Answers, f answers.Field) answers.Page {
	own := answers.ParsePath(f.Path).Environment != ""
	if own || len(draft.Environments()) > 0 && f.Page > answers.Registry {
		return answers.Images
	}
	return f.Page
}

// focusOn moves to the column of the question's environment, and presses tab until the question has the focus.
func (d *driver) focusOn(path string) {
	d.t.Helper()
	column := func(path string) int {
		return slices.Index(d.model.Draft().Environments(), answers.ParsePath(path).Environment)
	}
	by := column(path) - column(d.model.Focus())
	if by != 0 { // right moves in the text that is edited: leave it
		d.press("tab")
	}
	for ; by != 0; by -= sign(by) {
		d.press(map[int]string{1: "right", -1: "left"}[sign(by)])
	}
	for range 120 {
		if d.model.Focus() == path {
			return
		}
		d.press("tab")
	}
	d.t.Fatalf("tab never comes to %s:\n%s", path, d.frame())
}

func sign(n int) int { return cmp.Compare(n, 0) }

// give types a text, or goes through a list to the entry.
func (d *driver) give(f answers.Field, value string) {
	d.t.Helper()
	if len(f.Choices) == 0 {
		d.press("ctrl+u").write(value)
		return
	}
	if len(d.model.Draft().Environments()) > 0 && f.Page > answers.Registry {
		d.press("delete", "space")
		defer d.press("enter")
	}
	for range 2 * len(f.Choices) {
		at := slices.IndexFunc(f.Choices, func(c answers.Choice) bool { return c.Value == value })
		now := slices.IndexFunc(f.Choices, func(c answers.Choice) bool { return c.Value == d.holds(f) })
		switch {
		case at == now:
			return
		case at > now:
			d.press("down")
		default:
			d.press("up")
		}
	}
	d.t.Fatalf("no way to %s in the list of %s:\n%s", value, f.Path, d.frame())
}

func (d *driver) holds(f answers.Field) string {
	if value := d.model.Draft().Get(f.Path); value != "" {
		return value
	}
	return f.Default
}

// leavePage presses enter until the next page comes.
func (d *driver) leavePage() {
	d.t.Helper()
	page := d.model.Page()
	for range 20 {
		d.press("enter")
		if d.model.Page() != page {
			return
		}
	}
	d.t.Fatalf("enter does not leave the page:\n%s", d.frame())
}
