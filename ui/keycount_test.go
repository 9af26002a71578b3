package ui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"conductor-registry/golden"
	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui"
)

// mostKeys is how many keys beside typed text the wizard may take for a registry with the defaults for the rest.
const mostKeys = 4

// TestKeyCounts keeps docs/keys.md what the wizard takes now, and each registry's own way short.
func TestKeyCounts(t *testing.T) {
	t.Parallel()
	var doc strings.Builder
	doc.WriteString(`# Keys

The wizard works with the keyboard alone. Its footer shows the keys that are useful now, and f1 shows all.

`)
	for _, g := range ui.KeyGroups() {
		doc.WriteString("| " + g[0] + " | |\n|---|---|\n")
		for _, line := range g[1:] {
			doc.WriteString(line + "\n")
		}
		doc.WriteString("\n")
	}
	doc.WriteString(`Typing enters text, and filters a long list; on the first page it filters the registries. In an empty field, right edits
the suggestion. A list is also answered with a click: the first chooses, the second accepts.

# How many keys it takes

From the first frame to the files, beside the text that is typed: enter, tab and arrows. Measured by going through it
(ui/keycount_test.go); ` + "`make golden`" + ` measures again.

## The examples of the registry guide

Each is answered in full, with all that its answers file says otherwise than the defaults.

| example | keys | typed characters |
|---|--:|--:|
`)
	examples, _ := filepath.Glob("../golden/scenarios/guide-*/answers.yaml")
	if len(examples) < 15 {
		t.Fatalf("only %d examples", len(examples))
	}
	for _, path := range examples {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		a, problems := answers.Decode(path, data)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		name := filepath.Base(filepath.Dir(path))
		var c taken
		if len(a.Environments()) > 0 {
			d := devAndProd(t)
			c = taken{d.keys, d.typed}
		} else {
			c = count(t, name, a, answers.PullSecret)
		}
		c.row(&doc, fmt.Sprintf("[%s](../golden/scenarios/%s/answers.yaml)", strings.TrimPrefix(name, "guide-"), name))
	}
	fmt.Fprintf(&doc, `
## Every registry

With what must be typed, and ctrl+s for the defaults for the rest: at most %d keys, and one more for each further field
that must be typed. After a paste of an image name it is enter alone.

| registry | keys | typed characters |
|---|--:|--:|
`, mostKeys)
	all, err := presetstest.Catalog(t).Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		a := answers.New()
		a.Set("registry.provider", p.ID)
		for _, f := range p.Visible(nil) {
			if f.Required {
				a.Set("registry."+f.ID, f.Example)
			}
		}
		c := count(t, p.ID, a, answers.Details)
		c.row(&doc, p.Title)
		if most := mostKeys + max(0, len(a.Paths())-2); c.keys > most {
			t.Errorf("%s takes %d keys beside the typed text, at most %d", p.ID, c.keys, most)
		}
	}
	fmt.Fprintf(&doc, `
## Environments

dev-and-prod above has a registry path, a tag, a pull policy and a secret of its own for each environment: at most %d
keys. The image name typed into the column of an environment answers for that environment.
`, mostForTwo)
	golden.File(t, "../docs/keys.md", []byte(doc.String()))
}

// taken is what a way through the wizard takes.
type taken struct{ keys, typed int }

func (c taken) row(doc *strings.Builder, name string) {
	fmt.Fprintf(doc, "| %s | %d | %d |\n", name, c.keys, c.typed)
}

// count gives the answers as a person in a hurry does: it types over what stands there, filters long lists by typing,
// and passes by what is right already. After the page last it takes the defaults.
func count(t *testing.T, name string, wanted *answers.Answers, last answers.Page) taken {
	t.Helper()
	d, c, typed := start(t, nil), presetstest.Catalog(t), 0
	for page := answers.Chart; page <= last; page++ {
		done := map[string]bool{}
		for {
			f, ok := nextField(c, c.Complete(d.model.Draft()), wanted, page, done)
			if !ok {
				break
			}
			done[f.Path] = true
			d.reach(f)
			value := want(wanted, f.Path)
			d.write(value)
			if want(d.model.Draft(), f.Path) == value {
				typed += utf8.RuneCountInString(value)
				continue
			}
			d.give(f, value) // a short list takes no typing
		}
		switch {
		case page == answers.Details && last == page:
			d.press("ctrl+s")
		case page == answers.Chart && len(done) == 0: // the letters of a registry open its page
		case onPage(c, d.model.Draft(), page):
			d.leavePage()
		}
	}
	d.sees("Ready to write")
	d.press("enter")
	if !d.hasWritten() {
		t.Fatalf("%s is not written:\n%s", name, d.frame())
	}
	for _, path := range wanted.Paths() {
		if got, want := c.Complete(d.model.Draft()).Get(path), wanted.Get(path); got != want {
			t.Errorf("%s: %s is %q, want %q", name, path, got, want)
		}
	}
	return taken{d.keys, typed}
}

// reach goes on to a question: with enter, which passes by what few need, or with tab to one of those.
func (d *driver) reach(f answers.Field) {
	d.t.Helper()
	page := d.model.Page()
	if f.Path == answers.ProviderLeaf && f.Page > answers.Chart && page == answers.Chart.Name() {
		return
	}
	for !f.Advanced && d.model.Focus() != f.Path && d.model.Page() == page {
		d.press("enter")
	}
	d.focusOn(f.Path)
}

// TestEnvironmentsTakeFewKeys: dev and prod of the guide take at most mostForTwo keys beside the typed text.
func TestEnvironmentsTakeFewKeys(t *testing.T) {
	t.Parallel()
	d := devAndProd(t)
	if !d.hasWritten() || d.keys > mostForTwo {
		t.Fatalf("%d keys, written %v:\n%s", d.keys, d.hasWritten(), d.frame())
	}
	data, err := os.ReadFile("../golden/scenarios/guide-dev-and-prod/answers.yaml")
	if err != nil {
		t.Fatal(err)
	}
	a, _ := answers.Decode("answers.yaml", data)
	guide := presetstest.Plan(t, presetstest.Catalog(t), a)
	for i, env := range d.model.Written().Environments {
		for name, c := range env.Resolution.Components {
			want := guide.Environments[i].Resolution.Components[name]
			if c.Image != want.Image || c.PullPolicy != want.PullPolicy || !slices.Equal(c.PullSecrets, want.PullSecrets) {
				t.Errorf("%s in %s is %+v, in the guide %+v", name, env.Name, c, want)
			}
		}
	}
}

// mostForTwo is how many keys beside typed text the wizard may take for dev and prod of the guide.
const mostForTwo = 12

// devAndProd names both environments, types the image of each, and the names of their secrets.
func devAndProd(t testing.TB) *driver {
	d := start(t, nil).press("tab").write("dev, prod").press("enter")
	d.write("myregistry.example.com/prod/orkesio/orkes-conductor-server:5.2.42").press("enter")
	d.write("myregistry.example.com/dev/orkesio/orkes-conductor-server:latest")
	d.press("alt+6", "left").write("my-registry-secret").press("right", "right").write("prod-registry-secret")
	return d.press("ctrl+s", "enter")
}
