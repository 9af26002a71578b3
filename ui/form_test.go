package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui/session"
)

// newWork returns work on answers: path, value, path, value …
func newWork(t *testing.T, pairs ...string) *work {
	t.Helper()
	a := answers.New()
	for i := 0; i < len(pairs); i += 2 {
		a.Set(pairs[i], pairs[i+1])
	}
	w := &work{catalog: presetstest.Catalog(t)}
	w.start(a, session.Sources{})
	return w
}

// newScene returns what a frame of 80x24 shows on a page, after all pages were seen.
func newScene(w *work, page answers.Page) scene {
	return scene{look: look{styles{}, ASCII()}, work: w, screen: screen{80, 24}, page: page, reached: answers.Review,
		problems: w.plan.Problems(), first: w.plan.Environments[0], helm: &helmCheck{}, probe: &probeCheck{}}
}

// openForm returns the form at a page.
func openForm(w *work, page answers.Page) *form {
	p := &form{rows: map[string]*row{}, seen: map[string]bool{}}
	p.open(w, page)
	return p
}

// typeText types text key by key.
func typeText(p *form, w *work, text string) {
	for _, r := range text {
		p.press(w, newKeys(), tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func pressKey(p *form, w *work, code rune) outcome {
	return p.press(w, newKeys(), tea.KeyPressMsg{Code: code})
}

func text(b block) string { return strings.Join(b.lines, "\n") }

func TestFormRecordsEachKey(t *testing.T) {
	w := newWork(t, "registry.provider", "acr")
	p := openForm(w, answers.Details)
	typeText(p, w, "my")
	pressKey(p, w, tea.KeyBackspace)
	if got := w.draft.Answers.Get("registry.name"); got != "m" {
		t.Errorf("registry.name is %q", got)
	}
}

func TestFormFiltersALongList(t *testing.T) {
	w := newWork(t)
	p := openForm(w, answers.Registry)
	typeText(p, w, "quay")
	if got := w.draft.Answers.Get("registry.provider"); got != "quay" {
		t.Errorf("filtered to %q", got)
	}
	if o := pressKey(p, w, tea.KeyEscape); o.turn != 0 {
		t.Error("esc leaves the page instead of clearing the filter")
	}
	if o := pressKey(p, w, tea.KeyEscape); o.turn != -1 {
		t.Error("the second esc does not leave the page")
	}
}

func TestFormMovesInAListAndSkipsUnavailableEntries(t *testing.T) {
	w := newWork(t, "chart", "2.7", "registry.provider", "acr", "registry.name", "myacr")
	p := openForm(w, answers.Pattern)
	f, _ := p.current(w)
	for range f.Choices {
		pressKey(p, w, tea.KeyDown)
		for _, c := range f.Choices {
			if c.Value == w.draft.Answers.Get("pattern") && c.Missing != "" {
				t.Errorf("chose %s: %s", c.Label, c.Missing)
			}
		}
	}
}

func TestFormAccepts(t *testing.T) {
	for name, c := range map[string]struct {
		typed      string
		turn       int
		focus      string
		shows      string
		page       answers.Page
		registry   string
		wantNotice string
	}{
		"a valid answer":           {typed: "myacr", turn: 1, focus: "registry.name", page: answers.Details, registry: "acr"},
		"the next question":        {typed: "123456789012", focus: "registry.region", page: answers.Details, registry: "ecr"},
		"not an invalid answer":    {typed: "1234", focus: "registry.account", shows: "123456789012", page: answers.Details, registry: "ecr"},
		"not a filter that misses": {typed: "zzz", focus: "registry.provider", page: answers.Registry, wantNotice: "no match"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWork(t, "registry.provider", c.registry)
			if c.registry == "" {
				w = newWork(t)
			}
			p := openForm(w, c.page)
			typeText(p, w, c.typed)
			o := pressKey(p, w, tea.KeyEnter)
			f, _ := p.current(w)
			if o.turn != c.turn || f.Path != c.focus || !strings.HasPrefix(o.notice, c.wantNotice) {
				t.Errorf("turn %d, focus %s, notice %q", o.turn, f.Path, o.notice)
			}
			if view := text(p.view(newScene(w, c.page), 70, 20)); !strings.Contains(view, c.shows) {
				t.Errorf("no %q in\n%s", c.shows, view)
			}
		})
	}
}

func TestFormShowsAnErrorOnlyAfterTheQuestionWasLeft(t *testing.T) {
	w := newWork(t, "registry.provider", "ecr")
	p := openForm(w, answers.Details)
	typeText(p, w, "12")
	if view := text(p.view(newScene(w, answers.Details), 70, 20)); strings.Contains(view, "    x ") {
		t.Errorf("error while typing:\n%s", view)
	}
	pressKey(p, w, tea.KeyTab)
	if view := text(p.view(newScene(w, answers.Details), 70, 20)); !strings.Contains(view, "    x ") {
		t.Errorf("no error:\n%s", view)
	}
}

func TestFormCorrectsAPaste(t *testing.T) {
	for pasted, want := range map[string]struct{ value, note string }{
		" myacr\n":                  {"myacr", "removed spaces around the value"},
		"my\u200bacr":               {"myacr", "removed invisible characters"},
		"https://myacr.azurecr.io/": {"myacr", "removed https://"},
	} {
		w := newWork(t, "registry.provider", "acr")
		p := openForm(w, answers.Details)
		p.paste(w, pasted)
		f, _ := p.current(w)
		notes := strings.Join(p.row(w, f).notes, "; ")
		if got := w.draft.Answers.Get("registry.name"); got != want.value || !strings.Contains(notes, want.note) {
			t.Errorf("%q: %q, notes %q", pasted, got, notes)
		}
	}
}

func TestFormClickSelectsThenAccepts(t *testing.T) {
	w := newWork(t)
	p := openForm(w, answers.Registry)
	f, _ := p.current(w)
	if o := p.choose(w, choiceMsg{f, f.Choices[2], false}); o.turn != 0 || w.draft.Answers.Get(f.Path) != f.Choices[2].Value {
		t.Errorf("the first click turns %d, answer %q", o.turn, w.draft.Answers.Get(f.Path))
	}
	if o := p.choose(w, choiceMsg{f, f.Choices[2], true}); o.turn != 1 {
		t.Errorf("the second click turns %d", o.turn)
	}
}
