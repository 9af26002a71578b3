package session_test

import (
	"reflect"
	"strings"
	"testing"

	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// Lines that look like the signs of a difference count as what they are: values files often begin with ---.
func TestChanges(t *testing.T) {
	f := session.File{File: plan.File{Name: "values.yaml", Data: []byte("++a: 1\nb: 2\n")}, Old: []byte("---\nb: 2\n")}
	want := []session.Change{{Line: "---"}, {Adds: true, Line: "++a: 1"}}
	if got := f.Changes(); !reflect.DeepEqual(got, want) || f.ChangedLines() != "1 line" {
		t.Errorf("%v, %s", got, f.ChangedLines())
	}
}

func TestWhatIsWritten(t *testing.T) {
	text := []byte("a: 1\n")
	for name, c := range map[string]struct {
		file session.File
		want bool
	}{
		"new":                {session.File{}, true},
		"there, the same":    {session.File{Old: text, Overwrite: true}, false},
		"there, and differs": {session.File{Old: []byte("mine\n")}, false},
		"empty, and differs": {session.File{Old: []byte{}}, false},
		"to be overwritten":  {session.File{Old: []byte("mine\n"), Overwrite: true}, true},
		"unreadable":         {session.File{Err: unreadableError{}}, false},
	} {
		c.file.Data = text
		if got := c.file.Writes(); got != c.want {
			t.Errorf("%s: writes %v", name, got)
		}
	}
}

type unreadableError struct{}

func (unreadableError) Error() string { return "can't read it" }

// The answers file names its schema to editors where the schema is published.
func TestTheAnswersFileNamesItsSchema(t *testing.T) {
	for url, want := range map[string]string{"": "# Answers given",
		"https://example.com/answers.schema.json": "# yaml-language-server: $schema=https://example.com/answers.schema.json\n"} {
		d := begin(t, "registry.provider", "quay", "registry.namespace", "myorg")
		d.Catalog.SchemaURL = url
		files := session.Look(d, emptyFolder{}, false).Files
		last := files[len(files)-1]
		if last.Name != "answers.yaml" || !strings.HasPrefix(string(last.Data), want) {
			t.Errorf("%s: %s", last.Name, last.Data)
		}
	}
}

type emptyFolder struct{}

func (emptyFolder) Read(string) ([]byte, error) { return nil, nil }
func (emptyFolder) Write([]plan.File) error     { return nil }
func (emptyFolder) Folder() string              { return "." }
