package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"conductor-registry/model/answers"
)

func TestTableMoves(t *testing.T) {
	k := newKeys()
	for name, c := range map[string]struct {
		from int
		key  tea.KeyPressMsg
		to   int
	}{
		"right":                 {0, tea.KeyPressMsg{Code: tea.KeyRight}, 1},
		"not beyond the last":   {2, tea.KeyPressMsg{Code: tea.KeyRight}, 2},
		"left":                  {1, tea.KeyPressMsg{Code: tea.KeyLeft}, 0},
		"not before the first":  {0, tea.KeyPressMsg{Code: tea.KeyLeft}, 0},
		"to an environment":     {0, tea.KeyPressMsg{Code: 'e', Mod: tea.ModAlt}, 1},
		"to the next":           {1, tea.KeyPressMsg{Code: 'e', Mod: tea.ModAlt}, 2},
		"from the last, around": {2, tea.KeyPressMsg{Code: 'e', Mod: tea.ModAlt}, 1},
	} {
		tab := table{column: c.from}
		if !tab.isCellMove(k, c.key) {
			t.Errorf("%s: not a move", name)
		}
		if tab.press(k, c.key, 3); tab.column != c.to {
			t.Errorf("%s: to column %d, want %d", name, tab.column, c.to)
		}
	}
	inText := table{inText: true}
	if inText.isCellMove(k, tea.KeyPressMsg{Code: tea.KeyLeft}) {
		t.Error("left leaves the text that is edited")
	}
}

func TestTableFitsItsColumns(t *testing.T) {
	for name, c := range map[string]struct {
		column, columns, room, wide int
		shown, widths               []int
	}{
		"all in full":            {0, 3, 80, 20, []int{0, 1, 2}, []int{20, 20, 20}},
		"narrower":               {0, 3, 52, 20, []int{0, 1, 2}, []int{16, 16, 16}},
		"one environment":        {0, 4, 30, 20, []int{0, 1}, []int{14, 14}},
		"that with the focus":    {3, 4, 30, 20, []int{0, 3}, []int{14, 14}},
		"a very narrow screen":   {1, 2, 16, 20, []int{0, 1}, []int{7, 7}},
		"many, around the focus": {900, 1000, 60, 12, []int{0, 898, 899, 900}, []int{12, 12, 12, 12}},
	} {
		tab := table{column: c.column}
		shown, widths := tab.fit(c.columns, c.room, func(int) int { return c.wide })
		if !slices.Equal(shown, c.shown) || !slices.Equal(widths, c.widths) {
			t.Errorf("%s: columns %v with widths %v", name, shown, widths)
		}
	}
}

// openTable returns the form at the table of dev and prod.
func openTable(t *testing.T, pairs ...string) (*work, *form) {
	t.Helper()
	w := newWork(t, append([]string{"environments", "dev, prod", "registry.provider", "acr", "registry.name", "myacr"}, pairs...)...)
	return w, openForm(w, answers.Images)
}

// Every answer that may stand below an environment has a row.
func TestTableHasARowForEachQuestion(t *testing.T) {
	w, _ := openTable(t, "environments.dev.registry.provider", "jfrog", "environments.dev.chart", "3.0")
	var rows []string
	for _, r := range w.rows {
		rows = append(rows, r.path.String())
	}
	for _, want := range []string{"chart", "pattern", "registry.provider", "registry.name", "registry.company",
		"components.server.repository", "components.workers.repository", "components.server.registry.provider", "tag",
		"components.workers.tag", "pullPolicy", "pullSecret.method", "pullSecret.name", "pullSecret.namespace"} {
		if !slices.Contains(rows, want) {
			t.Errorf("no row for %s in %v", want, rows)
		}
	}
	labels := map[string]bool{}
	for _, r := range w.rows {
		if labels[r.all.Label] {
			t.Errorf("two rows are called %s", r.all.Label)
		}
		labels[r.all.Label] = true
	}
}

func TestTableShowsWhatIsInherited(t *testing.T) {
	w, p := openTable(t, "environments.dev.tag", "5.3.0", "environments.dev.registry.provider", "jfrog")
	view := text(p.view(newScene(w, answers.Images), 76, 30))
	for _, want := range []string{"  all  ", "  dev  ", "  prod", "Tag ", "5.3.0", "- jfrog", "x needed"} {
		if !strings.Contains(view, want) {
			t.Errorf("no %q in\n%s", want, view)
		}
	}
	for line := range strings.Lines(view) {
		if strings.Contains(line, "Registry name") && !strings.Contains(line, "n/a") {
			t.Errorf("a field that dev's registry does not have: %s", line)
		}
	}
}

func TestTableCells(t *testing.T) {
	w, p := openTable(t)
	pressKey(p, w, tea.KeyRight)
	typeText(p, w, "mydev")
	if got := w.draft.Answers.Get("environments.dev.registry.name"); got != "mydev" {
		t.Errorf("typed %q", got)
	}
	pressKey(p, w, tea.KeyRight)
	pressKey(p, w, tea.KeyLeft)
	typeText(p, w, "x") // replaces, as in a spreadsheet
	if got := w.draft.Answers.Get("environments.dev.registry.name"); got != "x" {
		t.Errorf("typed over %q", got)
	}
	if o := pressKey(p, w, tea.KeyEscape); o.turn != 0 || w.draft.Answers.Get("environments.dev.registry.name") != "mydev" {
		t.Errorf("esc turns %d and leaves %q", o.turn, w.draft.Answers.Get("environments.dev.registry.name"))
	}
	if pressKey(p, w, tea.KeyDelete); w.draft.Answers.Has("environments.dev.registry.name") {
		t.Error("delete does not inherit again")
	}
	if o := pressKey(p, w, tea.KeyEscape); o.turn != -1 {
		t.Error("esc in a cell that is not edited does not go back")
	}
}

func TestTableListsChoices(t *testing.T) {
	w, p := openTable(t)
	p.focusAt(w, "environments.prod.pullPolicy")
	p.press(w, newKeys(), tea.KeyPressMsg{Code: ' ', Text: " "})
	if view := text(p.view(newScene(w, answers.Images), 70, 20)); !strings.Contains(view, "Pull policy in prod") ||
		!strings.Contains(view, "use only images") {
		t.Errorf("no list:\n%s", view)
	}
	pressKey(p, w, tea.KeyDown)
	pressKey(p, w, tea.KeyEnter)
	if got := w.draft.Answers.Get("environments.prod.pullPolicy"); got != "Always" {
		t.Errorf("chose %q", got)
	}
	typeText(p, w, "nev")
	pressKey(p, w, tea.KeyUp)
	if got := w.draft.Answers.Get("environments.prod.pullPolicy"); got != "Never" {
		t.Errorf("typed a choice: %q", got)
	}
}

// A text that matches no choice leaves the answer as it was, also where its first letters matched one.
func TestTableKeepsAChoice(t *testing.T) {
	w, p := openTable(t)
	p.focusAt(w, "environments.dev.registry.provider")
	typeText(p, w, "gx")
	pressKey(p, w, tea.KeyDown)
	if w.draft.Answers.Has("environments.dev.registry.provider") {
		t.Errorf("chose %s", w.draft.Answers.Get("environments.dev.registry.provider"))
	}
}

// An image name in the column of an environment answers only what differs there.
func TestTableUnderstandsImageNames(t *testing.T) {
	w, p := openTable(t, "components.server.repository", "orkes/server", "tag", "5.2.42")
	p.focusAt(w, "environments.dev.registry.provider")
	typeText(p, w, "myacr.azurecr.io/orkes/server:latest")
	pressKey(p, w, tea.KeyDown)
	var own []string
	for _, path := range w.draft.Answers.Paths() {
		if answers.ParsePath(path).Environment != "" {
			own = append(own, path+"="+w.draft.Answers.Get(path))
		}
	}
	want := []string{"environments.dev.components.workers.repository=orkes/workers", "environments.dev.pullPolicy=Always",
		"environments.dev.tag=latest"}
	if !slices.Equal(own, want) {
		t.Errorf("dev's own answers are %v", own)
	}
}

// Tab goes to the next question, as on every page; the arrows move by column.
func TestTabStaysInItsColumn(t *testing.T) {
	w, p := openTable(t)
	pressKey(p, w, tea.KeyRight)
	row, column := p.focus, p.table.column
	pressKey(p, w, tea.KeyTab)
	if p.focus != row+1 || p.table.column != column {
		t.Errorf("tab moves to row %d, column %d from %d, %d", p.focus, p.table.column, row, column)
	}
}

// What each environment answers by itself is not needed for all of them.
func TestAnAnswerOfEachEnvironmentIsEnough(t *testing.T) {
	w := newWork(t, "environments", "dev, prod", "registry.provider", "ecr", "registry.region", "eu-central-1",
		"environments.dev.registry.account", "111111111111", "environments.prod.registry.account", "222222222222")
	if f, missing := w.missing(answers.Review); missing {
		t.Errorf("%s is asked for all", f.Path)
	}
	w.draft.Answers.Unset("environments.prod.registry.account")
	w.update()
	if f, _ := w.missing(answers.Review); f.Path != "registry.account" {
		t.Errorf("prod has no account, and %q is missing", f.Path)
	}
}
