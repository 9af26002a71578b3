package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

func azureWork(t *testing.T) *work {
	return newWork(t, "registry.provider", "acr", "registry.name", "myacr", "tag", "latest")
}

func TestPreviewShowsItsParts(t *testing.T) {
	s := newScene(azureWork(t), answers.Images)
	var p preview
	for part, shows := range []string{"values.yaml", "pull-secret.sh", "the tag latest is mutable"} {
		if view := text(p.view(s, nil, 70, 20)); int(p.tab) != part || !strings.Contains(view, shows) {
			t.Errorf("part %d: no %q in\n%s", p.tab, shows, view)
		}
		p.next()
	}
	if p.tab != valuesTab {
		t.Errorf("part %d after the last", p.tab)
	}
}

func TestPreviewScrollsToItsEnd(t *testing.T) {
	s := newScene(azureWork(t), answers.Images)
	p := preview{tab: secretTab}
	if view := text(p.view(s, nil, 70, 10)); !strings.Contains(view, "more lines, pgdn") {
		t.Errorf("no count of hidden lines:\n%s", view)
	}
	p.scroll(10000)
	p.view(s, nil, 70, 10)
	end := p.offset
	if p.scroll(1); end == 0 || text(p.view(s, nil, 70, 10)) == "" || p.offset != end {
		t.Errorf("offset %d after the end at %d", p.offset, end)
	}
	if p.scroll(-10000); p.offset != 0 {
		t.Errorf("offset %d before the start", p.offset)
	}
	if p.offset = 5; p.tab == secretTab {
		p.show(valuesTab)
	}
	if p.offset != 0 {
		t.Error("another part is scrolled")
	}
}

// newReview returns a review of a new file and two that differ.
func newReview() *review {
	file := func(name, old string) session.File {
		f := session.File{File: plan.File{Name: name, Data: []byte("a: 1\n")}}
		if old != "" {
			f.Old = []byte(old)
		}
		return f
	}
	r := &review{visit: 1}
	r.onExisting(existingMsg{1, session.Delivery{Plan: &plan.Plan{Environments: make([]*plan.Environment, 1)},
		Files: []session.File{file("new.yaml", ""), file("b.yaml", "b\n"), file("c.yaml", "c\n")}}}, &session.Draft{})
	return r
}

func TestReviewDecidesAboutEachFile(t *testing.T) {
	r, s, k := newReview(), newScene(azureWork(t), answers.Review), newKeys()
	if r.at != 1 {
		t.Fatalf("starts at item %d, want the first file that differs", r.at)
	}
	r.press(s, k, tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	r.press(s, k, tea.KeyPressMsg{Code: tea.KeyEnter})
	if !r.Files[1].Overwrite || r.Files[2].Overwrite || r.at != 2 {
		t.Errorf("overwrite %v and %v, at %d", r.Files[1].Overwrite, r.Files[2].Overwrite, r.at)
	}
	if r.press(s, k, tea.KeyPressMsg{Code: tea.KeyEnter}); r.focused(s).kind != buttonItem {
		t.Errorf("enter on the last file goes to item %d", r.at)
	}
	if open, _ := r.press(s, k, tea.KeyPressMsg{Code: tea.KeyEnter}); open.kind != buttonItem {
		t.Errorf("enter opens %v", open)
	}
	if got := r.buttonText(); got != "Write 2 files" {
		t.Errorf("the button reads %q", got)
	}
}

func TestReviewRemembersDecisionsOnTheNextVisit(t *testing.T) {
	r, s := newReview(), newScene(azureWork(t), answers.Review)
	r.toggle(r.focused(s))
	again := *newReview()
	again.decided = r.decided
	again.onExisting(existingMsg{1, newReview().Delivery}, &session.Draft{})
	if !again.Files[1].Overwrite || again.Files[2].Overwrite {
		t.Errorf("overwrite %v and %v", again.Files[1].Overwrite, again.Files[2].Overwrite)
	}
	again.onExisting(existingMsg{visit: 7}, &session.Draft{})
	if len(again.Files) != 3 {
		t.Error("took the files of another visit")
	}
}

func TestReviewClickFocusesThenToggles(t *testing.T) {
	r, s := newReview(), newScene(azureWork(t), answers.Review)
	if r.click(s, 2); r.at != 2 || r.Files[2].Overwrite {
		t.Errorf("the first click: at %d, overwrite %v", r.at, r.Files[2].Overwrite)
	}
	if r.click(s, 2); !r.Files[2].Overwrite {
		t.Error("the second click does not toggle")
	}
	if open, moved := r.click(s, 1000); open.kind != noItem || moved || r.at != 2 {
		t.Error("a click on an item that is gone does something")
	}
}

// A second enter before the first one has written must not write again: it would replace the .bak files.
func TestReviewOpensNothingWhileItWrites(t *testing.T) {
	r, s := newReview(), newScene(azureWork(t), answers.Review)
	r.at = len(r.Files) // the button
	enter := tea.KeyPressMsg{Code: tea.KeyEnter}
	if open, _ := r.press(s, newKeys(), enter); open.kind != buttonItem {
		t.Fatalf("enter opens %v", open)
	}
	r.writes = true
	if open, _ := r.press(s, newKeys(), enter); open.kind != noItem {
		t.Errorf("a second enter opens %v", open)
	}
	if open, _ := r.click(s, r.at); open.kind != noItem {
		t.Errorf("a click opens %v", open)
	}
}

func TestReviewNamesWhatHappensToAFile(t *testing.T) {
	s := newScene(azureWork(t), answers.Review)
	data, old := []byte("a: 1\n"), []byte("a: 2\n")
	for want, f := range map[string]session.File{
		"new ":        {},
		"unchanged ":  {Old: data},
		"keep ":       {Old: old},
		"overwrite ":  {Old: old, Overwrite: true},
		"merge ":      {Old: old, Overwrite: true, File: plan.File{Edit: true}},
		"skip ":       {Offered: true},
		"unreadable ": {Err: fmt.Errorf("is a directory")},
	} {
		f.Name, f.Data = "values.yaml", data
		if line := strings.Join(s.reviewLine(f, false, false, 70), "\n"); !strings.HasPrefix(strings.TrimSpace(line), want) {
			t.Errorf("%q, want %q", line, want)
		}
	}
}

func TestHelpTurnsThroughKeysAndRegistries(t *testing.T) {
	s, k := newScene(azureWork(t), answers.Details), newKeys()
	var h help
	for _, want := range []string{"ctrl+c", "Credentials", "ctrl+c"} {
		if view := text(h.view(s, k, "registry.name", 80, 60)); !strings.Contains(view, want) {
			t.Errorf("no %q in\n%s", want, view)
		}
		h.turn(s, "registry.name", 1)
	}
	h.offset = 10000
	if view := h.view(s, k, "registry.name", 80, 10); len(view.lines) != 10 || h.offset == 10000 {
		t.Errorf("%d lines at offset %d", len(view.lines), h.offset)
	}
}

func TestStepsChooseAStep(t *testing.T) {
	k, reached := newKeys(), answers.Images
	w := newWork(t, "registry.provider", "acr", "registry.name", "myacr")
	for name, c := range map[string]struct {
		press tea.KeyPressMsg
		at    answers.Page
		msg   tea.Msg
	}{
		"up":       {tea.KeyPressMsg{Code: tea.KeyUp}, answers.Pattern, nil},
		"down":     {tea.KeyPressMsg{Code: tea.KeyDown}, answers.PullSecret, nil},
		"end":      {tea.KeyPressMsg{Code: tea.KeyEnd}, answers.Review, nil},
		"enter":    {tea.KeyPressMsg{Code: tea.KeyEnter}, answers.Images, jumpMsg{answers.Images}},
		"a number": {tea.KeyPressMsg{Code: '2', Text: "2"}, answers.Images, jumpMsg{answers.Registry}},
		"a letter": {tea.KeyPressMsg{Code: 'x', Text: "x"}, answers.Images, nil},
	} {
		l := steps{at: reached}
		if msg := l.press(w, k, c.press); msg != c.msg || l.at != c.at {
			t.Errorf("%s: %v at %v", name, msg, l.at)
		}
	}
	w = newWork(t, "registry.provider", "acr") // the name is missing
	l := steps{at: answers.Chart}
	if l.press(w, k, tea.KeyPressMsg{Code: tea.KeyEnd}); l.at != answers.Details {
		t.Errorf("end leads beyond a missing answer, to %v", l.at)
	}
}

func TestHelmCheckRunsOnceAtATime(t *testing.T) {
	env := func(values string, overlay bool) *plan.Environment {
		e := &plan.Environment{Overlay: overlay}
		e.Values = []byte(values)
		return e
	}
	g := Unicode()
	h := helmCheck{ask: func(values []byte) session.Verdict { return session.Verdict{Program: "helm", Failed: string(values)} }}
	if h.next([]*plan.Environment{env("", false), env("half", true)}) != nil {
		t.Error("runs without values, or with half of them")
	}
	a, b := env("a", false), env("b", false)
	run := h.next([]*plan.Environment{a, b})
	if run == nil || h.next([]*plan.Environment{b}) != nil {
		t.Fatal("want one run, and no second one beside it")
	}
	h.onVerdict(run().(verdictMsg), []*plan.Environment{a, b})
	if h.word(g, a) != "! helm failed" || h.word(g, b) != "running helm…" || h.next([]*plan.Environment{a}) != nil {
		t.Errorf("verdicts %v", h.verdict)
	}
	h.onVerdict(verdictMsg{"b", session.Verdict{Program: "helm"}}, []*plan.Environment{b})
	if _, old := h.verdict["a"]; old || h.word(g, b) != "✓ helm agrees" {
		t.Errorf("verdicts %v, want only b's", h.verdict)
	}
}

func TestProbeCheckDropsResultsOfOtherAnswers(t *testing.T) {
	w := azureWork(t)
	images := session.Images(w.plan)
	c := probeCheck{ask: func(images []string) []session.Probed { return []session.Probed{{Image: images[0], Found: true}} }}
	run := c.start(images)
	if c.start(images) != nil {
		t.Error("two checks at a time")
	}
	c.onProbed(run().(probedMsg), w)
	if found := c.results(w); len(found) != 1 || !slices.Contains(images, found[0].Image) {
		t.Errorf("found %v", found)
	}
	w.update()
	if c.results(w) != nil {
		t.Error("results after another answer")
	}
	c.onProbed(probedMsg{[]string{"other:1"}, []session.Probed{{Image: "other:1"}}}, w)
	if c.results(w) != nil {
		t.Error("results for other images")
	}
}
