package session_test

import (
	"strings"
	"testing"

	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

// oneFile is a folder with a values.yaml.
type oneFile struct{ text string }

func (o *oneFile) Folder() string { return "." }

func (o *oneFile) Read(name string) ([]byte, error) {
	if name == "values.yaml" {
		return []byte(o.text), nil
	}
	return nil, nil
}

func (o *oneFile) Write([]plan.File) error { return nil }

// What is written was made from the file as it is now, and says so: an edit after the file was opened stays, and a fix of
// what was there before is dropped.
func TestLookReadsTheOpenedFileAgain(t *testing.T) {
	const text = "global: {image: {registry: quay.io/o}}\nimageCredentials: {enabled: true}\n" + rest
	d, folder := edited(t, text), &oneFile{text}
	look := session.Look(d, folder, false)
	found, _ := d.Findings(look.Plan)
	if next := fixable(found); next == nil || !d.Fix(look.Plan, *next) {
		t.Fatalf("nothing is fixed: %v", found)
	}
	folder.text = strings.Replace(text, "server:", "edited: x\nserver:", 1)
	snapshot := d.Snapshot()
	look = session.Look(snapshot, folder, false)
	d.Reread(look)
	for _, draft := range []*session.Draft{snapshot, d} {
		file := session.Look(draft, folder, false).Files[0]
		if string(file.Replaces) != folder.text || !strings.Contains(string(file.Data), "edited: x\n") {
			t.Errorf("replaces\n%s\nby\n%s", file.Replaces, file.Data)
		}
	}
}
