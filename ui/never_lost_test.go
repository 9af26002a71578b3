package ui_test

import (
	"errors"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

func wantAnswer(t *testing.T, d *driver, path, want string) {
	t.Helper()
	if got := d.model.Draft().Get(path); got != want {
		t.Errorf("%s is %q, want %q", path, got, want)
	}
}

func TestUndoTakesBackAWholeAnswerAndShowsItsQuestion(t *testing.T) {
	d := details(t, "acr").write("myacr").press("enter", "down", "down").to("Images").press("alt+z")
	wantAnswer(t, d, "pattern", "")
	d.sees("undone: Pattern", "Where should values.yaml put the registry?")
	d.press("alt+z")
	wantAnswer(t, d, "registry.name", "")
	d.sees("undone: Registry name")
	d.press("alt+z", "alt+z", "alt+z")
	d.sees("nothing to undo")
}

func TestUndoBringsBackWhatAnotherRegistryTookAway(t *testing.T) {
	d := details(t, "acr").write("myacr").press("esc", "down")
	wantAnswer(t, d, "registry.name", "")
	d.press("alt+z")
	wantAnswer(t, d, "registry.provider", "acr")
	wantAnswer(t, d, "registry.name", "myacr")
	d.press("enter").sees("myacr")
}

func TestUndoOfAPastedAddressIsOneStep(t *testing.T) {
	d := start(t, nil).press("enter").paste("https://mycompany.jfrog.io/docker-dev")
	wantAnswer(t, d, "registry.company", "mycompany")
	d.press("alt+z")
	for _, path := range d.model.Draft().Paths() {
		if strings.HasPrefix(path, "registry.") && path != "registry.provider" {
			t.Errorf("%s is left of it", path)
		}
	}
}

func TestStepsThatWereSeenAreAKeyAway(t *testing.T) {
	d := details(t, "acr").write("myacr").press("enter", "alt+1")
	if got := d.model.Page(); got != "Chart" {
		t.Errorf("alt+1 leads to %s", got)
	}
	d.press("alt+6").sees("How do pods log in").press("alt+7").sees("Ready to write").press("alt+1")
	d.press("ctrl+o").sees("Go to a step", "Azure Container Registry", "myacr")
	d.press("down", "down", "enter")
	if got := d.model.Page(); got != "Details" {
		t.Errorf("the list leads to %s", got)
	}
	d.press("ctrl+o").write("4")
	if got := d.model.Page(); got != "Pattern" {
		t.Errorf("4 in the list leads to %s", got)
	}
}

func TestAJumpIsNeverHeldByAWrongAnswer(t *testing.T) {
	d := details(t, "ecr").write("1234").press("alt+1")
	if got := d.model.Page(); got != "Chart" {
		t.Errorf("still on %s", got)
	}
	d.sees("! Details")
}

// focusLine moves down the review, from its first file, until a line with the words has the focus.
func (d *driver) focusLine(words string) *driver {
	d.t.Helper()
	d.press("up", "up", "up", "up")
	for range 40 {
		for line := range strings.Lines(d.frame()) {
			if at := strings.LastIndex(line, "› "); at >= 0 && !strings.HasPrefix(line[at:], "› Review ") && strings.Contains(line[at:], words) {
				return d
			}
		}
		d.press("down")
	}
	d.t.Fatalf("nothing focuses %q on\n%s", words, d.frame())
	return d
}

func TestTheReviewLeadsToEachAnswerAndBack(t *testing.T) {
	d := acr(start(t, nil))
	d.resize(80, 24)
	d.focusLine("Registry name").press("enter").sees("enter back to the review")
	if d.model.Focus() != "registry.name" {
		t.Fatalf("the focus is on %s", d.model.Focus())
	}
	d.write("2").press("enter").sees("Ready to write", "myacr2.azurecr.io/conductor/server")
}

func TestTheReviewIsReachedAgainOnlyOverWhatTheAnswerMadeWrong(t *testing.T) {
	d := acr(start(t, nil)).focusLine("Azure Container Registry").press("enter").write("ecr").press("enter")
	if d.model.Page() != "Details" {
		t.Fatalf("at %s, and an account is missing", d.model.Page())
	}
	d.write("123456789012").press("enter").write("us-east-1").press("enter")
	if d.model.Page() != "Review" {
		t.Errorf("at %s", d.model.Page())
	}
}

func TestReviewOpensTheQuestionThatFixesAProblem(t *testing.T) {
	a := answers.New()
	a.Set("pullPolicy", "IfNotPresent")
	d := acr(start(t, a)).focusLine("the tag latest is mutable").press("enter")
	if d.model.Focus() != "tag" {
		t.Errorf("the focus is on %s", d.model.Focus())
	}
}

func TestAKeyLeadsFromProblemToProblem(t *testing.T) {
	a := answers.New()
	a.Set("registry.provider", "ecr")
	a.Set("registry.account", "12")
	d := start(t, a).press("enter", "enter", "tab", "tab", "alt+1", "ctrl+n")
	first := d.model.Focus()
	d.press("ctrl+n")
	if second := d.model.Focus(); first != "registry.account" || second != "registry.region" {
		t.Errorf("at %q, then at %q", first, second)
	}
}

func TestWithoutProblemsNothingNeedsAFix(t *testing.T) {
	start(t, nil).press("ctrl+n").sees("no answer needs a fix")
}

// keeps starts a wizard that keeps its answers in last.
func keeps(t *testing.T, o ui.Options, last *[]byte) *driver {
	o.Keep = func(data []byte) error { *last = data; return nil }
	return startWith(t, o)
}

func TestEachKeyIsKept(t *testing.T) {
	var last []byte
	d := keeps(t, ui.Options{}, &last).press("enter").write("quay").press("enter")
	for i := range "myorg" {
		d.write("myorg"[i : i+1])
		got, problems := session.Decode("kept", last)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if namespace := got.Answers.Get("registry.namespace"); namespace != "myorg"[:i+1] {
			t.Errorf("kept is %q after %q", namespace, "myorg"[:i+1])
		}
	}
	d.press("enter", "enter").press("esc")
	resumed, _ := session.Decode("kept", last)
	again := startWith(t, ui.Options{Start: resumed})
	if again.frame() != strings.ReplaceAll(d.frame(), "│ +", "│  ") { // nothing has changed yet
		t.Errorf("resumed is\n%s\nand left was\n%s", again.frame(), d.frame())
	}
	again.press("alt+5").misses("comes later")
}

func TestAResumedReviewLooksAtTheFilesAgain(t *testing.T) {
	var last []byte
	acr(keeps(t, ui.Options{}, &last))
	resumed, _ := session.Decode("kept", last)
	d := startWith(t, ui.Options{Start: resumed})
	d.sees("Ready to write", "› Write 3 files")
}

func TestAFullDiskBehindTheKeptAnswersHoldsNobody(t *testing.T) {
	d := startWith(t, ui.Options{Keep: func([]byte) error { return errors.New("disk full") }})
	acr(d).press("enter")
	if !d.hasWritten() {
		t.Error("did not end")
	}
}

func TestWhatIsDoneIsNotKept(t *testing.T) {
	d := acr(start(t, nil))
	if d.model.Left() == nil {
		t.Error("nothing is left before the end")
	}
	if d.press("enter").model.Left() != nil {
		t.Error("answers are left over")
	}
}

func TestEarlierAnswersWaitUntilOthersAreGiven(t *testing.T) {
	a := answers.New()
	a.Set("registry.provider", "quay")
	a.Set("registry.namespace", "myorg")
	earlier := session.Session{Answers: a, Page: "Pattern", Reached: "Images"}
	var last []byte
	d := keeps(t, ui.Options{Earlier: &earlier, Offer: "left before; ctrl+r resumes it"}, &last)
	d.sees("ctrl+r resumes it", "ctrl+r resume")
	d.press("enter", "esc")
	if last != nil {
		t.Errorf("looking around kept\n%s", last)
	}
	if d.press("ctrl+r").model.Page() != "Pattern" {
		t.Errorf("at %s", d.model.Page())
	}
	d.sees("quay.io/myorg")

	other := keeps(t, ui.Options{Earlier: &earlier}, &last).press("enter", "down", "ctrl+r")
	other.misses("ctrl+r resume")
	if last == nil || other.model.Page() != "Registry" {
		t.Errorf("at %s with\n%s", other.model.Page(), last)
	}
}

func TestWhatWasSaidOfAFileHoldsAfterALookElsewhere(t *testing.T) {
	d := start(t, nil)
	d.shelf.files["values.yaml"] = []byte("mine: true\n")
	acr(d).press("up", "up", "up", "space").sees("keep       values.yaml")
	d.press("esc").to("Review").sees("keep       values.yaml")
	d.focusLine("Registry name").press("enter").press("enter").sees("keep       values.yaml")
}

func TestUndoneIsNoMistake(t *testing.T) {
	details(t, "acr").write("myacr").press("enter", "alt+z").sees("undone: Registry name").misses("missing")
}
