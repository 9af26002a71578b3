package plain_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui/plain"
)

// TestScenariosLineByLine answers each scenario line by line, and wants the same answers and files as follow from its
// answers file. Then the same lines come at once, as from a file.
func TestScenariosLineByLine(t *testing.T) {
	paths, err := filepath.Glob("../../golden/scenarios/*/answers.yaml")
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
			p, problems := plan.Build(presetstest.Catalog(t), wanted, "")
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			typed := wanted.Clone()
			if !typed.Has("pullPolicy") { // the prompts preselect Always for the tag latest
				typed.Set("pullPolicy", "IfNotPresent")
			}
			person := newPerson(t, typed)
			c := &conversation{t: t, shelf: &shelf{files: map[string]string{}}}
			c.run(plain.Options{Talk: person}, person)
			same(t, p, c)
			same(t, p, talk(t, plain.Options{}, person.typed.String()))
			same(t, p, talk(t, plain.Options{}, strings.ReplaceAll(person.typed.String(), "\n", "\r\n")))
		})
	}
}

// same wants the files of a plan, and its answers, to be written.
func same(t *testing.T, p *plan.Plan, c *conversation) {
	t.Helper()
	if c.err != nil {
		t.Fatalf("%v\n%s", c.err, c.said)
	}
	var names []string
	for _, f := range append(p.Files(), plan.File{Name: "answers.yaml", Data: p.Answers.Encode()}) {
		names = append(names, f.Name)
		if got := c.shelf.files[f.Name]; got != string(f.Data) {
			t.Errorf("%s answered line by line:\n%s\nmade from the file:\n%s", f.Name, got, f.Data)
		}
	}
	c.wrote(names...)
}

// person answers questions as wanted: it reads the prompt, which ends what was written last, finds the question by its
// label, and types the answer; where the wanted answers have none, an empty line. It asks for all questions of each page.
type person struct {
	t      *testing.T
	fields map[string]answers.Field // by label
	wanted *answers.Answers
	said   strings.Builder
	typed  strings.Builder
	pages  map[answers.Page]bool // asked in full
	turn   int
}

func newPerson(t *testing.T, wanted *answers.Answers) *person {
	p := &person{t: t, wanted: wanted, fields: map[string]answers.Field{}, pages: map[answers.Page]bool{}}
	for _, f := range presetstest.Catalog(t).Fields(wanted) {
		if _, twice := p.fields[f.Label]; twice {
			t.Fatalf("two questions are called %s", f.Label)
		}
		p.fields[f.Label] = f
	}
	return p
}

func (p *person) Write(data []byte) (int, error) { return p.said.Write(data) }

func (p *person) Read(data []byte) (int, error) {
	said := p.said.String()
	n := copy(data, p.answer(said[strings.LastIndex(said, "\n")+1:])+"\n")
	p.typed.Write(data[:n])
	return n, nil
}

// answer is what to type at a prompt: for a list the number and the name by turns.
func (p *person) answer(prompt string) string {
	if strings.HasPrefix(prompt, "Write ") {
		return "y"
	}
	label, _, _ := strings.Cut(strings.TrimSuffix(prompt, ": "), " [")
	label, _, _ = strings.Cut(label, " (")
	f, ok := p.fields[label]
	if !ok {
		p.t.Errorf("no question for the prompt %q", prompt)
		return "y"
	}
	if !p.pages[f.Page] {
		p.pages[f.Page] = true
		return "+"
	}
	value := p.wanted.Get(f.Path)
	if f.Path == "environments" {
		value = strings.Join(p.wanted.Environments(), ", ")
	}
	if at := slices.IndexFunc(f.Choices, func(c answers.Choice) bool { return c.Value == value }); value != "" && at >= 0 {
		p.turn++
		if p.turn%2 == 0 {
			return strconv.Itoa(at + 1)
		}
	}
	return value
}
