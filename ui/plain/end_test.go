package plain_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui/plain"
	"conductor-registry/ui/session"
)

// Wherever the input ends, the question is named and nothing is written: the end is no answer.
func TestTheInputMayEndAnywhere(t *testing.T) {
	all := strings.SplitAfter(azure(), "\n")
	for n := range all {
		c := talk(t, plain.Options{}, strings.Join(all[:n], "")).wrote()
		ended, ok := errors.AsType[plain.EndedError](c.err)
		if !ok || ended.Before == "" {
			t.Errorf("after %d lines: %v", n, c.err)
		}
	}
	c := talk(t, plain.Options{}, azure()).wrote()
	if c.err == nil || !strings.Contains(c.err.Error(), "Write values.yaml, pull-secret.sh and answers.yaml") {
		t.Errorf("before the go-ahead: %v", c.err)
	}
}

func TestTheLastLineNeedNotBeEnded(t *testing.T) {
	talk(t, plain.Options{}, azure()+"y").wrote("values.yaml", "pull-secret.sh", "answers.yaml")
}

func TestNoWritesNothing(t *testing.T) {
	if c := talk(t, plain.Options{}, azure("no")).wrote(); !errors.Is(c.err, plain.ErrCancelled) {
		t.Error(c.err)
	}
}

func TestAnotherWordThanYesOrNoIsAskedAgain(t *testing.T) {
	talk(t, plain.Options{}, azure("maybe", "?", "Y")).hears("error: answer y for yes or n for no").
		wrote("values.yaml", "pull-secret.sh", "answers.yaml")
}

func TestLinesThatCanBeNoAnswer(t *testing.T) {
	input := "\ufeff\nacr\n" + strings.Repeat("a", 10000) + "\n\x1b[A\n\xff\xfe\nmyacr\n"
	talk(t, plain.Options{}, input).hears("error: this line has 10001 bytes, and an answer at most 1024",
		"error: an answer cannot contain control characters", "error: this line is not UTF-8 text", "Image of server: myacr.azurecr.io/")
}

func TestOverwriting(t *testing.T) {
	mine := []string{"values.yaml", "---\nmine: true\n", "answers.yaml", "mine\n"}
	c := talk(t, plain.Options{}, azure("?", "y", "<", "<", "", "", "", "y"), mine...)
	c.hears("adds global:", "Namespace [conductor]:", "[y/N]", "[Y/n]").wrote("values.yaml", "pull-secret.sh")
	c = talk(t, plain.Options{}, azure("n", "?", "", "", "y"), mine...)
	c.hears("Overwrite the whole values.yaml? 2 lines of it would be only in values.yaml.bak. [y/N]", "removes mine: true")
	c.wrote("pull-secret.sh")
	talk(t, plain.Options{}, azure("n", "y", "", "y"), mine...).wrote("values.yaml", "pull-secret.sh")
	kept := talk(t, plain.Options{}, azure("y", "<", "", "y", ""), mine...)
	kept.wrote("values.yaml", "pull-secret.sh", "answers.yaml")
	again := talk(t, plain.Options{}, azure("y"), "values.yaml", kept.shelf.files["values.yaml"], "pull-secret.sh",
		kept.shelf.files["pull-secret.sh"], "answers.yaml", kept.shelf.files["answers.yaml"])
	again.hears("values.yaml: unchanged", "Nothing to write: finish?").wrote()
}

func TestAFailedWriteCanBeTriedAgain(t *testing.T) {
	full := errors.New("can't write values.yaml: no space left on device; nothing was written")
	c := &conversation{t: t, shelf: &shelf{files: map[string]string{}, fail: full}}
	c.run(plain.Options{}, strings.NewReader(azure("", ""))).wrote()
	if !errors.Is(c.err, full) || strings.Count(c.said, "error: "+full.Error()) != 2 {
		t.Errorf("%v\n%s", c.err, c.said)
	}
	once := &failsOnce{shelf{files: map[string]string{}}, full}
	_, err := plain.Run(plain.Options{Catalog: presetstest.Catalog(t), Store: once, In: strings.NewReader(azure("", "")), Talk: &strings.Builder{}})
	if err != nil || len(once.wrote) != 3 {
		t.Errorf("%v, wrote %q", err, once.wrote)
	}
}

// failsOnce is a folder that is full at first.
type failsOnce struct {
	shelf
	fail error
}

func (f *failsOnce) Write(files []plan.File) error {
	err := f.fail
	if f.fail = nil; err != nil {
		return err
	}
	return f.shelf.Write(files)
}

func TestTheReviewLeadsToWhatIsWrong(t *testing.T) {
	long := strings.Repeat("a", 150) // right in each field, too long as one name
	talk(t, plain.Options{}, lines("", "jfrog", "c", "", long, "", long, "", "", "", "", "", "")).wrote().
		hears("Fix this first: Server image.", "Server image ["+long+"]:")
}

func TestHelmIsAskedAtTheReview(t *testing.T) {
	says := session.Verdict{Program: "helm v9"}
	o := plain.Options{Helm: func(values []byte) session.Verdict {
		if !strings.Contains(string(values), "myacr.azurecr.io") {
			t.Errorf("asked about %s", values)
		}
		return says
	}}
	talk(t, o, azure("")).hears("Running helm with values.yaml.", "helm v9 agrees.")
	says.Differs = []string{"server image: other"}
	talk(t, o, azure("")).hears("warning: helm v9 renders values.yaml differently: server image: other [helm-differs]")
}

func TestValuesMayGoToStandardOutput(t *testing.T) {
	c := talk(t, plain.Options{ValuesToStdout: true}, azure("")).wrote("pull-secret.sh", "answers.yaml")
	c.hears("The values go to standard output.")
	if !strings.Contains(string(c.done.StdoutValues()), `registry: "myacr.azurecr.io"`) {
		t.Errorf("%s", c.done.StdoutValues())
	}
}

// Whatever files and answers hold, what is said is text and nothing else.
func TestOnlyTextIsSaid(t *testing.T) {
	from := saved("registry.provider", "harbor", "registry.host", "h.example.com", "registry.project", "\x1b[2Jprojekt-ü")
	for ascii, last := range map[bool]rune{true: unicode.MaxASCII, false: unicode.MaxRune} {
		c := talk(t, plain.Options{Answers: from, ASCII: ascii}, lines("", "", "", "", "pp", "", "", "", "", "", "", "", "", "", "?"),
			"values.yaml", "a: \x1b[31mü\x07\r\n")
		c.hears("removes a: \\x1b[31m")
		for _, r := range c.said {
			if r > last || r != '\n' && unicode.IsControl(r) {
				t.Fatalf("%q is said:\n%s", r, c.said)
			}
		}
		if ascii == strings.Contains(c.said, "ü") {
			t.Errorf("ASCII %v:\n%s", ascii, c.said)
		}
	}
}

// A values file that was opened answers what it can: the dialog begins at the review, and < goes back to the questions.
func TestAnOpenedFileBeginsAtTheReview(t *testing.T) {
	const file = "global:\n  image:\n    registry: ghcr.io/acme\n    tag: 5.2\n"
	a := answers.New()
	for path, value := range map[string]string{"registry.provider": "ghcr", "registry.owner": "acme", "tag": "5.2"} {
		a.Set(path, value)
	}
	o := plain.Options{Answers: a, Sources: session.Sources{OpenedAs: "values.yaml",
		Opened: plan.Base{Name: "values.yaml", Data: []byte(file), Into: "values.yaml"}}}
	c := talk(t, o, lines("", "", ""), "values.yaml", file).wrote("values.yaml")
	if strings.Contains(c.said, "Chart") {
		t.Errorf("a question is asked:\n%s", c.said)
	}
	talk(t, o, lines("<", "", "", "", ""), "values.yaml", file).wrote("values.yaml").hears("Namespace")
}

// What lint finds in the file is asked about one by one; what cannot be fixed is said.
func TestFindingsOfAnOpenedFileAreFixed(t *testing.T) {
	const file = "global: {image: {registry: myacr.azurecr.io, tag: \"5.2.42\"}}\nserver:\n  image:\n" +
		"    repository: conductor/server\n    pulPolicy: Always\nworkers:\n  image:\n    repositry: conductor/workers\n"
	a := saved("registry.provider", "acr", "registry.name", "myacr", "components.server.repository", "conductor/server")
	o := plain.Options{Answers: a, Sources: session.Sources{OpenedAs: "values.yaml",
		Opened: plan.Base{Name: "values.yaml", Data: []byte(file), Into: "values.yaml"}}}
	c := talk(t, o, lines("?", "n", "", "", "", ""), "values.yaml", file).wrote("values.yaml").hears("no key server.image.pulPolicy", "Fix it? [Y/n]", "Fixed: rename it to workers.image.repository.")
	if said := c.said; strings.Count(said, "rename it to server.image.pullPolicy") != 2 || strings.Contains(said, "Corrected") {
		t.Errorf("? does not say it again, or what was fixed is said twice:\n%s", said)
	}
}

// A file that others change before the answer to the last question is read again, and the questions about the files are
// asked again.
func TestAnEditBeforeTheLastAnswerIsKept(t *testing.T) {
	once := &editedOnce{shelf{files: map[string]string{"values.yaml": "mine: 1\n"}}}
	var said strings.Builder
	_, err := plain.Run(plain.Options{Catalog: presetstest.Catalog(t), Store: once, In: strings.NewReader(azure("y", "y", "y", "y")), Talk: &said})
	if err != nil || !strings.Contains(said.String(), "error: cannot write values.yaml: it changed") {
		t.Errorf("%v\n%s", err, said.String())
	}
	text := once.files["values.yaml"]
	if !strings.HasPrefix(text, "mine: 1\nedited: x\n") || !strings.Contains(text, "myacr.azurecr.io") {
		t.Errorf("values.yaml is\n%s", text)
	}
}

// editedOnce is a folder in which values.yaml is edited before the first write.
type editedOnce struct{ shelf }

func (e *editedOnce) Write(files []plan.File) error {
	if e.files["values.yaml"] == "mine: 1\n" {
		e.files["values.yaml"] += "edited: x\n"
	}
	return e.shelf.Write(files)
}
