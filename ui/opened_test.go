package ui_test

import (
	"strings"
	"testing"

	"conductor-registry/model/convert"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

const messy = `# ours since 2021
global:
  image: {registry: quay.io/myorg, tag: '5.2.41'}   # in step with the database
server:
  replicas: 3
  image: {repository: conductor-server, pullPolicy: Always}
workers:
  image: {repository: conductor-workers, pullPolicy: Always}
existingImagePullSecret: quay-credentials
postgres:
  host: db.example.com
`

// opened is a wizard on a values file that is there already.
func opened(t *testing.T, text string) *driver {
	t.Helper()
	file, err := values.Parse(values.Source{Name: "values-eu.yaml", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	r := convert.Adopt(presetstest.Catalog(t), file, nil)
	d := startWith(t, ui.Options{Start: session.Session{Answers: r.Answers}, Sources: session.Sources{Problems: r.Problems, Unread: r.Unread, OpenedAs: "values-eu.yaml",
		Opened: plan.Base{Name: "values-eu.yaml", Data: []byte(text), Into: "values-eu.yaml"}}})
	d.shelf.files["values-eu.yaml"] = []byte(text)
	return d
}

// A file that others change while the review is open is not overwritten: the review reads it again, and the next enter
// writes both their change and ours.
func TestAnEditWhileTheReviewIsOpenIsKept(t *testing.T) {
	text := strings.Replace(messy, "tag: '5.2.41'", "tag: '5.2.41', pullPolicy: Always", 1)
	d := opened(t, text)
	d.press("alt+5", "tab", "tab", "ctrl+u").write("5.3.0").press("alt+7")
	now := text + "edited: x\n"
	d.shelf.files["values-eu.yaml"] = []byte(now)
	d.focusLine("Write").press("enter").sees("cannot write values-eu.yaml: it changed", "1 line changed; backup:")
	if got := string(d.shelf.files["values-eu.yaml"]); got != now {
		t.Fatalf("overwritten with\n%s", got)
	}
	d.focusLine("Write").press("enter")
	if got, want := string(d.shelf.files["values-eu.yaml"]), strings.Replace(now, "'5.2.41'", `"5.3.0"`, 1); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What can be fixed stands above what is only worth knowing: a small window shows the first lines.
func TestTheWorstProblemIsFirst(t *testing.T) {
	shown := opened(t, "server: {image: {registry: foo.io}}\nimagePullSecret: x\n").press("alt+7").frame()
	warning, info := strings.Index(shown, "enter fixes it: rename"), strings.Index(shown, "Docker Hub allows")
	if warning < 0 || info < warning {
		t.Errorf("the warning is not above the notes:\n%s", shown)
	}
}

func TestAnOpenedFileIsChangedInPlaceAndNoOtherByteOfIt(t *testing.T) {
	text := strings.Replace(messy, "tag: '5.2.41'", "tag: '5.2.41', pullPolicy: Always", 1)
	d := opened(t, text)
	d.sees("quay.io/myorg/conductor-server:5.2.41")
	d.press("alt+5", "tab", "tab", "ctrl+u").write("5.3.0").sees("+  image: {registry: quay.io/myorg, tag: \"5.3")
	d.press("alt+7").sees("merge      values-eu.yaml", "1 line changed; backup:")
	d.focusLine("Write").press("enter")
	want := strings.Replace(text, "'5.2.41'", `"5.3.0"`, 1)
	if got := string(d.shelf.files["values-eu.yaml"]); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(d.shelf.files) > 1 { // it holds the answers itself, and names a secret that is there
		t.Errorf("beside it are written %v", d.shelf.wrote)
	}
}

func TestAnOpenedFileThatStaysIsSaidToStay(t *testing.T) {
	d := opened(t, messy)
	d.press("alt+5", "tab", "tab", "ctrl+u").write("5.3.0").press("alt+7", "up", "up", "space").sees("keep       values-eu.yaml", "space merges it")
	d.focusLine("Finish (nothing to write)").press("enter")
	if got := string(d.shelf.files["values-eu.yaml"]); got != messy {
		t.Errorf("it was changed to\n%s", got)
	}
	if !strings.Contains(d.model.Done(), "from the values-eu.yaml that was kept") {
		t.Error(d.model.Done())
	}
}

func TestNothingToChangeIsSaid(t *testing.T) {
	text := strings.Replace(messy, "tag: '5.2.41'", "tag: '5.2.41', pullPolicy: Always", 1)
	opened(t, text).sees("no change to")
}

func TestEveryStepOfAnOpenedFileIsAKeyAway(t *testing.T) {
	if page := opened(t, messy).press("alt+6").model.Page(); page != "Pull secret" {
		t.Errorf("at %s", page)
	}
}

// What can't be edited surely goes into a file beside it, and both are named in the commands.
func TestWhatCanNotBeEditedIsWrittenBesideIt(t *testing.T) {
	text := strings.NewReplacer("# ours since 2021\n", "x-image: &image {registry: quay.io/myorg, tag: '5.2.41'}\n",
		"{registry: quay.io/myorg, tag: '5.2.41'}   # in step with the database", "*image").Replace(messy)
	d := opened(t, text).press("alt+5", "tab", "tab", "ctrl+u").write("5.3.0").press("alt+7")
	d.sees("new        values-eu-images.yaml", "values-eu.yaml:3: global.image.tag", "conductor-server:5.3.0")
	d.focusLine("Write").press("enter")
	if got := string(d.shelf.files["values-eu.yaml"]); got != text {
		t.Errorf("it was changed to\n%s", got)
	}
	beside, _ := values.Load(values.Source{Name: "values-eu.yaml", Data: []byte(text)},
		values.Source{Name: "beside", Data: d.shelf.files["values-eu-images.yaml"]})
	profile, _ := presetstest.Catalog(t).Chart("2.8")
	if got := profile.Resolve(beside).Components["server"].Image; got != "quay.io/myorg/conductor-server:5.3.0" {
		t.Errorf("both files give %s", got)
	}
	if done := d.model.Done(); !strings.Contains(done, "-f values-eu.yaml -f values-eu-images.yaml") {
		t.Error(done)
	}
}

func TestWithEnvironmentsEachGetsACopy(t *testing.T) {
	d := opened(t, messy).press("tab").write("dev, prod").press("alt+7")
	d.sees("new        values-dev.yaml", "new        values-prod.yaml")
	d.focusLine("Write").press("enter")
	if answers := string(d.shelf.files["answers.yaml"]); !strings.Contains(answers, "\nbase: \"values-eu.yaml\"\n") {
		t.Errorf("the answers do not lead to these files again:\n%s", answers)
	}
	if got := string(d.shelf.files["values-dev.yaml"]); !strings.Contains(got, "db.example.com") {
		t.Errorf("dev has not the rest of the file:\n%s", got)
	}
	if got := string(d.shelf.files["values-eu.yaml"]); got != messy {
		t.Errorf("the opened file was changed to\n%s", got)
	}
}

func TestABaseThatTheAnswersNameIsKept(t *testing.T) {
	a := myacr()
	a.Set("base", "base.yaml")
	d := startWith(t, ui.Options{Start: session.Session{Answers: a}, Sources: session.Sources{Named: map[string]plan.Base{
		"base.yaml": {Name: "base.yaml", Data: []byte("postgres: {host: db}\n")}}}})
	d.press("alt+7").focusLine("Write").press("enter")
	if got := string(d.shelf.files["values.yaml"]); !strings.HasPrefix(got, "postgres: {host: db}\n") {
		t.Errorf("values.yaml is\n%s", got)
	}
}

func TestTheSecretOfAnOpenedFileIsOfferedAndNotMade(t *testing.T) {
	text := strings.Replace(messy, "tag: '5.2.41'", "tag: '5.2.41', pullSecrets: [{name: quay-credentials}]", 1)
	d := opened(t, text).press("alt+5", "tab", "tab", "ctrl+u").write("5.3.0").press("alt+7")
	d.sees("skip       pull-secret.sh")
	d.focusLine("pull-secret.sh").sees("space writes it")
	d.focusLine("Write 1 file").press("enter")
	if _, ok := d.shelf.files["pull-secret.sh"]; ok || strings.Contains(d.model.Done(), "bash pull-secret.sh") {
		t.Error(d.model.Done())
	}
	d = opened(t, text).press("alt+5", "tab", "tab", "ctrl+u").write("5.3.0").press("alt+7").focusLine("pull-secret.sh")
	d.press("space").focusLine("Write 2 files").press("enter")
	if _, ok := d.shelf.files["pull-secret.sh"]; !ok || !strings.Contains(d.model.Done(), "bash pull-secret.sh") {
		t.Error(d.model.Done())
	}
}

const mistaken = `global:
  image:
    registry: https://quay.io/myorg   # ours
    tag: 5.2
server:
  image: {repository: conductor-server}
workers:
  image: {repositry: conductor-workers}
existingImagePullSecret: quay-credentials
imageCredentials:
  enabled: true
`

// One key fixes each problem of an opened file, in the bytes that are written and in the answers that follow from it.
func TestAProblemOfAnOpenedFileIsOneKeyFromItsFix(t *testing.T) {
	d := opened(t, mistaken).press("alt+7")
	d.sees("tag 5.2 is not quoted", `✓ values-eu.yaml:3: global.image.registry: corrected:`, "ctrl+n fix",
		"imageCredentials.enabled: chart", "enter fixes it: remove the key", "enter fixes it: rename it")
	for range 5 {
		if !strings.Contains(d.frame(), "enter fixes it") {
			break
		}
		d.press("ctrl+n").sees("fixed: ")
	}
	d.sees("workers  quay.io/myorg/conductor-workers:5.2", "-  enabled: true")
	d.press("alt+z", "alt+z").sees("enter fixes it: remove the key", "enter fixes it: rename it")
	d.focusLine("workers.image.repositry").press("enter").sees("fixed: rename it").focusLine("imageCredentials.enabled").press("ctrl+n")
	d.focusLine("Write").press("enter")
	got := string(d.shelf.files["values-eu.yaml"])
	for _, want := range []string{"registry: \"quay.io/myorg\"   # ours\n", "{repository: conductor-workers", "tag: \"5.2\"\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "enabled") || strings.Contains(got, "repositry") {
		t.Errorf("what was fixed is in\n%s", got)
	}
}

// A problem that no edit fixes leads to the question that its key is written for.
func TestAProblemWithoutAnEditLeadsToItsQuestion(t *testing.T) {
	d := opened(t, "global: {image: {registry: quay.io/myorg, tag: latest, pullPolicy: IfNotPresent}}\n"+
		"server: {image: {repository: conductor-server}}\nworkers: {image: {repository: '{{ .Values.w }}'}}\n"+
		"existingImagePullSecret: quay-credentials\n").press("alt+7")
	d.sees("workers  quay.io/myorg/{{ .Values.w }}:latest", "ctrl+n fix")
	d.press("ctrl+n")
	if at := d.model.Focus(); at != "tag" {
		t.Errorf("at %q\n%s", at, d.frame())
	}
}
