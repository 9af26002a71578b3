package ui_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

// details starts the wizard and goes to the details of a provider.
func details(t *testing.T, provider string) *driver {
	return start(t, nil).press("enter").write(provider).press("enter")
}

// acr answers the guide's Azure example, from the first key to the review.
func acr(d *driver) *driver {
	return d.press("enter").write("acr").press("enter").write("myacr").press("enter"). // chart, registry, name
												press("enter").                                                                     // pattern
												write("conductor/server").press("enter").write("conductor/workers").press("enter"). // images
												write("latest").press("enter", "enter").                                            // tag, policy
												press("enter", "enter", "enter")                                                    // method, name, namespace
}

func TestFastPath(t *testing.T) {
	d := acr(start(t, nil))
	d.sees("Ready to write", "new        values.yaml", "› Write 3 files")
	d.press("enter")
	if !d.hasWritten() {
		t.Fatal("not written")
	}
	if d.keys > 15 {
		t.Errorf("%d keys beside the typed text, at most 15", d.keys)
	}
	if got := strings.Join(d.shelf.wrote, " "); got != "values.yaml pull-secret.sh answers.yaml" {
		t.Errorf("wrote %s", got)
	}
}

func TestErrorsShowUnderTheFieldAfterItWasLeft(t *testing.T) {
	d := details(t, "ecr").write("1234567")
	d.misses("✗ ")
	d.press("enter")
	d.sees("✗", "123456789012", "AWS account")
	d.write("89012")
	d.misses("    ✗")
}

func TestEscGoesBackDespiteAnInvalidAnswer(t *testing.T) {
	d := details(t, "ecr").write("12").press("esc")
	d.sees("Where are the images?")
	d.press("enter")
	d.sees("12")
}

func TestAnswersSurviveAnotherProvider(t *testing.T) {
	d := details(t, "acr").write("myacr").press("esc", "down", "enter") // to ECR's details
	d.misses("myacr")
	d.write("123456789012").press("esc", "up", "enter")
	d.sees("myacr.azurecr.io")
	d.press("esc", "down", "enter")
	d.sees("123456789012.dkr.ecr")
}

func TestPastedAddressIsCorrectedWithNotes(t *testing.T) {
	d := details(t, "acr").paste("https://MyACR.azurecr.io/ ")
	d.sees("removed https://", "lower case", "myacr.azurecr.io/")
	if got := d.model.Draft().Get("registry.name"); got != "myacr" {
		t.Errorf("name %q", got)
	}
}

func TestCorrectionIsShownOnTheNextPageToo(t *testing.T) {
	d := details(t, "ghcr").write("MyOrg").press("enter")
	d.sees("lower case", "ghcr.io/myorg")
}

func TestFilter(t *testing.T) {
	d := start(t, nil).press("enter").write("art")
	d.sees("3 of 19", "› Google Artifact Registry")
	d.write("zzz")
	d.sees("no match")
	d.press("enter")
	d.sees("no match; esc clears the filter", "Where are the images?")
	d.press("esc")
	d.sees("19 of 19")
	if got := d.model.Draft().Get("registry.provider"); got != "gar" {
		t.Errorf("provider %q: clearing the filter changed the selection", got)
	}
}

func TestPreviewFollowsEachKey(t *testing.T) {
	d := details(t, "acr")
	for i, want := range []string{"m.azurecr.io/", "my.azurecr.io/", "mya.azurecr.io/"} {
		d.write("mya"[i : i+1])
		d.sees(want)
	}
}

func TestPreviewMarksWhatTheLastKeyChanged(t *testing.T) {
	d := details(t, "acr").write("myacr").press("enter") // pattern: the preview shows values
	d.press("down")
	d.sees(`+     registry: "myacr.azurecr.io"`, `      tag: "5.2.42"`)
}

func TestRightInsertsTheDefaultToEditIt(t *testing.T) {
	d := details(t, "acr").write("myacr").press("enter", "enter").press("right").write("-x")
	d.sees("orkes-conductor-server-x:5.2.42")
}

// Text copied from web pages can contain invisible characters.
func TestPastedInvisibleCharactersAreRemoved(t *testing.T) {
	for name, text := range map[string]string{"zero width space": "my\u200bacr", "byte order mark": "\ufeffmyacr",
		"soft hyphen": "my\u00adacr", "right to left": "\u202emyacr", "line": "my\u2028acr", "escape": "my\x1bacr"} {
		d := details(t, "acr").paste(text)
		if got := d.model.Draft().Get("registry.name"); got != "myacr" {
			t.Errorf("%s: %q", name, got)
		}
		d.sees("removed invisible characters")
	}
}

// Only our keys change in a values file that exists; to lose the rest of it takes two keys.
func TestAnExistingValuesFileIsMerged(t *testing.T) {
	d := start(t, nil)
	d.shelf.files["values.yaml"] = []byte("mine: true\n")
	acr(d).sees("merge      values.yaml", "values.yaml.bak", "Write 3 files").misses("-mine: true")
	d.press("up", "up", "up").sees(`+    registry: "myacr.azurecr.io"`, "space keeps it", "o overwrite")
	d.press("o").sees("overwrite?", "o again replaces the whole file: 1 line")
	d.press("esc").sees("merge      values.yaml")
	d.press("o", "o").sees("overwrite  values.yaml", "-mine: true").press("space").sees("keep       values.yaml", "Write 2 files")
	d.press("space").sees("merge      values.yaml").press("down", "down", "down", "enter")
	if got := string(d.shelf.files["values.yaml"]); !strings.HasPrefix(got, "mine: true\nglobal:\n") {
		t.Errorf("values.yaml is\n%s", got)
	}
}

func TestAValuesFileThatCannotBeMergedIsKept(t *testing.T) {
	d := start(t, nil)
	d.shelf.files["values.yaml"] = []byte("a: [\n")
	acr(d).sees("keep       values.yaml", "cannot be merged: values.yaml:2:", "Write 2 files").press("space").
		sees("keep       values.yaml").press("o", "o").sees("overwrite  values.yaml", "Write 3 files")
}

// Scripts of this program hold nothing else, so they are replaced; other scripts are kept.
func TestOwnScriptsAreReplaced(t *testing.T) {
	d := acr(start(t, nil)).press("enter")
	d = startWith(t, ui.Options{Start: session.Session{Answers: d.model.Draft()}})
	d.shelf.files["pull-secret.sh"] = []byte("#!/usr/bin/env bash\n# old\n#\n#   bash pull-secret.sh\n")
	d.press("ctrl+s").sees("overwrite  pull-secret.sh")
	d = startWith(t, ui.Options{Start: session.Session{Answers: d.model.Draft()}})
	d.shelf.files["pull-secret.sh"] = []byte("#!/bin/sh\nkubectl create secret\n")
	d.press("ctrl+s").sees("keep       pull-secret.sh")
}

func TestAFailedWriteLosesNothing(t *testing.T) {
	d := start(t, nil)
	d.shelf.fail = errors.New("can't write values.yaml: no space left on device; nothing was written")
	acr(d).press("enter")
	d.sees("no space left")
	if d.quit || d.model.Written() != nil {
		t.Fatal("ended as if it had written")
	}
	d.shelf.fail = nil
	d.press("enter")
	if !d.hasWritten() {
		t.Error("a second try does not write")
	}
}

func TestNothingIsWrittenBeforeTheReviewIsConfirmed(t *testing.T) {
	d := acr(start(t, nil))
	d.press("ctrl+c")
	if !d.broken || len(d.shelf.wrote) > 0 || d.model.Written() != nil {
		t.Errorf("interrupted %v, wrote %v", d.broken, d.shelf.wrote)
	}
}

func TestReviewOpensTheInvalidAnswer(t *testing.T) {
	long := strings.Repeat("a", 150) // right in each field, too long as one name
	d := details(t, "jfrog").write("c").press("enter", "enter").write(long).press("enter", "enter").write(long)
	d.to("Review").press("enter")
	if len(d.shelf.wrote) > 0 || d.quit {
		t.Fatal("written with an image that no kubelet takes")
	}
	d.sees("fix this first", "Which images?", "› Server image")
}

func TestTooSmallKeepsTheAnswers(t *testing.T) {
	d := details(t, "acr").write("myacr")
	d.resize(59, 19)
	d.sees("59x19", "60x20", "Your answers")
	d.write("typed blindly").press("enter", "esc")
	d.resize(120, 40)
	d.sees("myacr.azurecr.io")
	if got := d.model.Draft().Get("registry.name"); got != "myacr" {
		t.Errorf("name %q: keys count while nothing is to be seen", got)
	}
}

func TestPreviewOpensOnNarrowScreens(t *testing.T) {
	d := details(t, "acr").write("myacr")
	d.resize(80, 24)
	d.misses("registry: ")
	d.sees("server   myacr.azurecr.io/orkes-conductor-server:5.2.42")
	d.press("ctrl+p")
	d.sees("values.yaml", `registry: "myacr.azurecr.io"`)
	d.press("ctrl+p")
	d.sees("pull-secret.sh", "kubectl create secret")
	d.press("ctrl+p", "ctrl+p")
	d.sees("Registry name")
	d.press("ctrl+p", "esc")
	d.sees("Registry name")
}

func TestEnvironments(t *testing.T) {
	d := start(t, nil).press("tab").write("dev, prod").press("enter").write("acr").press("enter")
	d.write("myacr").press("right").write("mydevacr").sees("all", "dev", "prod", "mydevacr")
	d.press("alt+5", "down", "down").write("latest")
	d.sees("server dev    mydevacr.azurecr.io/orkes-conductor-server:latest", "Always",
		"server prod   myacr.azurecr.io/orkes-conductor-server:5.2.42")
	if got := d.model.Draft().Get("environments.dev.tag"); got != "latest" {
		t.Errorf("dev tag %q", got)
	}
	d.press("delete").sees("server dev    mydevacr.azurecr.io/orkes-conductor-server:5.2.42").misses("Always")
}

func TestHelp(t *testing.T) {
	d := details(t, "ecr").press("f1")
	d.sees("keys · Amazon ECR", "ctrl+p", "undo the last answer")
	d.press("tab").sees("12 hours", "aws ecr get-login-password --region REGION")
	d.press("shift+tab").sees("undo the last answer")
	d.press("esc").sees("AWS account")
}

// Each registry has a help page: its credentials, their lifetime, and how to check that an image exists.
func TestEveryRegistryHasAHelpPage(t *testing.T) {
	for _, preset := range presetstest.Catalog(t).Registries.Entries() {
		d := details(t, preset.ID).press("f1", "tab")
		d.resize(160, 60)
		d.sees("Credentials", "Check that an image exists", preset.Title)
		if frame := d.frame(); !strings.Contains(frame, "not needed") {
			d.sees("user name", "password ", "lifetime ", "Create credentials")
		}
	}
}

func TestHelpOfTwoRegistries(t *testing.T) {
	a := myacr()
	a.Set("pattern", "per-component")
	a.Set("components.workers.registry.provider", "quay")
	a.Set("components.workers.registry.namespace", "myorg")
	start(t, a).press("f1", "tab", "tab").sees("keys · Azure Container Registry · Quay", "robot")
}

func TestAnAddressFindsItsRegistry(t *testing.T) {
	for address, want := range map[string]string{
		"https://myacr.azurecr.io/":                           "myacr.azurecr.io",
		"123456789012.dkr.ecr.eu-west-1.amazonaws.com":        "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
		"https://mycompany.jfrog.io/docker-prod":              "mycompany.jfrog.io/docker-prod",
		"quay.io/myorg":                                       "quay.io/myorg",
		"us-central1-docker.pkg.dev/my-project/docker":        "us-central1-docker.pkg.dev/my-project/docker",
		"https://art.example.com:8443/artifactory/docker-dev": "art.example.com:8443/artifactory/docker-dev",
		"registry.example.com:5000/team":                      "registry.example.com:5000/team",
	} {
		pasted := start(t, nil).press("enter").paste(address)
		pasted.sees("its details are filled in")
		typed := start(t, nil).press("enter").write(address).press("enter")
		for how, d := range map[string]*driver{"pasted": pasted, "typed": typed} {
			d.resize(160, 40)
			if frame := d.press("ctrl+p", "enter").frame(); !strings.Contains(frame, want+"/") {
				t.Errorf("%s %s gives no %s:\n%s", address, how, want, frame)
			}
		}
	}
}

func TestDoneShowsTheImagesOfKeptValues(t *testing.T) {
	d := start(t, nil)
	d.shelf.files["values.yaml"] = []byte("global: {image: {registry: old.example.com}}\n")
	done := acr(d).press("up", "up", "up", "space", "enter", "enter").model.Done()
	if !strings.Contains(done, "old.example.com/orkesio/orkes-conductor-server:5.2.42  (from the values.yaml that was kept)") {
		t.Error(done)
	}
}

func TestRemovedEnvironmentsStayRemoved(t *testing.T) {
	a := answers.New()
	a.Set("environments", "dev, prod")
	a.Set("registry.provider", "acr")
	a.Set("registry.name", "myacr")
	a.Set("environments.dev.registry.name", "myacrdev")
	d := start(t, a).press("enter", "down") // to ECR
	d.press("esc", "tab", "ctrl+u", "enter", "up", "enter")
	if got := d.model.Draft().Environments(); len(got) > 0 {
		t.Errorf("environments %q came back", got)
	}
}

func TestCommonProviderDoesNotChangeAnEnvironmentsOwn(t *testing.T) {
	a := answers.New()
	a.Set("registry.provider", "acr")
	a.Set("registry.name", "myacr")
	a.Set("environments.dev.registry.provider", "harbor")
	a.Set("environments.dev.registry.host", "h.example.com")
	a.Set("environments.dev.registry.project", "pp")
	d := start(t, a).press("enter", "down")
	if got := d.model.Draft().Get("environments.dev.registry.host"); got != "h.example.com" {
		t.Errorf("another common provider changed dev's host to %q", got)
	}
}

func TestEmptyingTheFilterKeepsTheChoice(t *testing.T) {
	d := start(t, nil).press("enter").write("quay").press("backspace", "backspace", "backspace", "backspace")
	if got := d.model.Draft().Get("registry.provider"); got != "quay" {
		t.Errorf("provider %q", got)
	}
}

func TestPastedSpacesAreRemoved(t *testing.T) {
	d := details(t, "acr").write("myacr").press("enter", "enter", "enter", "enter").paste("5.2.40\n")
	if got := d.model.Draft().Get("tag"); got != "5.2.40" {
		t.Errorf("tag %q", got)
	}
	d.sees("removed spaces")
}

func TestExistingFilesAreDrawnWithoutControlCharacters(t *testing.T) {
	d := start(t, nil)
	d.shelf.files["values.yaml"] = []byte("a: \x1b[2J\x07\rb\n")
	acr(d)
	for _, r := range d.model.View().Content {
		if r == '\a' || r == '\r' || r == '\x00' {
			t.Fatalf("%q reaches the terminal", r)
		}
	}
	d.sees("-a: \\x1b[2J")
}

func TestAddressInTheListKeepsItsPath(t *testing.T) {
	start(t, nil).press("enter").paste("quay.io/myorg/mirror").press("enter").sees("quay.io/myorg/mirror/orkes-conductor-server")
}

func TestSeveralEnvironmentsDoNotGoToStandardOutput(t *testing.T) {
	a := answers.New()
	a.Set("environments", "dev, prod")
	a.Set("registry.provider", "dockerhub")
	d := &driver{t: t, shelf: &shelf{files: map[string][]byte{}}}
	d.model = ui.New(ui.Options{Catalog: presetstest.Catalog(t), Start: session.Session{Answers: a}, Store: d.shelf, Glyphs: ui.Unicode(), ValuesToStdout: true})
	d.model.Init()
	d.resize(120, 40)
	d.to("Review").press("enter")
	if done := d.model.Done(); d.model.StdoutValues() != nil || !strings.Contains(done, "Nothing went to standard output") {
		t.Error(done)
	}
}

func TestAnAddressLeavesNoEmptyAnswers(t *testing.T) {
	d := details(t, "jfrog").paste("https://art.example.com:8443/artifactory/docker-dev")
	for _, path := range d.model.Draft().Paths() {
		if d.model.Draft().Get(path) == "" {
			t.Errorf("%s is answered with nothing", path)
		}
	}
	d.resize(160, 40)
	d.sees("art.example.com:8443/docker-dev/")
}

func TestListsScrollAndCountHiddenEntries(t *testing.T) {
	d := start(t, nil).press("enter")
	d.resize(60, 20)
	d.sees("15 more")
	d.press("end").sees("› Any other registry", "above").misses("more")
	d.press("home").sees("› Azure Container Registry", "15 more").misses("above")
}

func TestInvalidAnswersFromAFileAreProblemsAtOnce(t *testing.T) {
	a := answers.New()
	a.Set("registry.provider", "ecr")
	a.Set("registry.account", "1234567")
	a.Set("tag", "5.2.42+b")
	d := start(t, a)
	d.sees("problems 3") // both, and the life of the login
	d.press("enter", "enter")
	if got := d.press("ctrl+n").model.Focus(); got != "registry.account" { // the other pages are still to come
		t.Errorf("ctrl+n leads to %q", got)
	}
}

func TestFooterOffersAFixOnlyForProblems(t *testing.T) {
	details(t, "ecr").misses("ctrl+n fix")
	d := details(t, "ecr").write("12").press("enter", "tab").sees("ctrl+n fix").press("ctrl+n")
	if got := d.model.Focus(); got != "registry.account" {
		t.Errorf("it leads to %q", got)
	}
}

func TestKeptValuesHaveNoNextSteps(t *testing.T) {
	d := start(t, nil)
	d.shelf.files["values.yaml"] = []byte("global: {image: {registry: old.example.com}}\n")
	done := acr(d).press("up", "up", "up", "space", "enter", "enter").model.Done()
	if strings.Contains(done, "helm upgrade") || !strings.Contains(done, "does not match these answers") {
		t.Error(done)
	}
}

func TestDoneFitsTheTerminal(t *testing.T) {
	d := start(t, nil)
	d.resize(60, 20)
	for line := range strings.Lines(acr(d).press("enter").model.Done()) {
		prose := strings.HasPrefix(line, "       ") || strings.HasPrefix(line, "Wrote")
		if n := len([]rune(strings.TrimRight(line, "\n"))); prose && n > 60 {
			t.Errorf("%d cells: %s", n, line)
		}
	}
}

func TestAFailedCheckEndsTheWizard(t *testing.T) {
	d := startWith(t, ui.Options{Check: func() error { return errors.New("x.yaml:1: unknown key") }})
	if err := d.model.Err(); !d.quit || err == nil || err.Error() != "x.yaml:1: unknown key" {
		t.Errorf("quit %v, error %v", d.quit, err)
	}
	if d := startWith(t, ui.Options{Check: func() error { return nil }}); d.quit || d.model.Err() != nil {
		t.Errorf("quit %v, error %v", d.quit, d.model.Err())
	}
}

// The first page lists the registries: a letter begins to filter them, and a click chooses one.
func TestTheFirstPageLeadsToARegistry(t *testing.T) {
	d := start(t, nil).write("jf").sees("› JFrog Artifactory", "1 of 19")
	if d.model.Page() != "Registry" {
		t.Errorf("letters lead to %s", d.model.Page())
	}
	d = startWith(t, ui.Options{Mouse: true}).click("Google Artifact Registry")
	if got := d.model.Draft().Get(answers.ProviderLeaf); got != "gar" || d.model.Page() != "Registry" {
		t.Errorf("a click chooses %q on %s", got, d.model.Page())
	}
}

// Forty environments have eighty files: the end page counts them, and the review shows the images of the file in focus.
func TestManyEnvironments(t *testing.T) {
	var names []string
	for i := range 40 {
		names = append(names, fmt.Sprintf("e%d", i))
	}
	a := myacr()
	a.Set("environments", strings.Join(names, ", "))
	d := start(t, a).press("ctrl+s")
	d.sees("server e0 ", "values-e0.yaml").press("up", "up", "up").sees("server e39", "values-e39.yaml")
	d.press("ctrl+s", "enter").sees("✓ 81 files ", "Next, for e0")
}
