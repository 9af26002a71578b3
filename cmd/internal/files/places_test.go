package files

import (
	"errors"
	"os"
	"testing"

	"conductor-registry/model/plan"
)

// No two files of a set, no backup and no input may meet at one place: one would overwrite the other.
func TestFilesThatMeetAreRefused(t *testing.T) {
	tests := []struct {
		name   string
		given  func(t *testing.T, root string)
		write  []string
		inputs []string
		want   string
	}{
		{"two links to one file", func(t *testing.T, root string) {
			link(t, "real.yaml", root+"/dev.yaml")
			link(t, "real.yaml", root+"/prod.yaml")
		}, []string{"dev.yaml", "prod.yaml"}, nil, "cannot write prod.yaml: it is the same file as dev.yaml"},
		{"a link to another file of the set", func(t *testing.T, root string) {
			link(t, "real.yaml", root+"/values.yaml")
		}, []string{"values.yaml", "real.yaml"}, nil, "cannot write real.yaml: it is the same file as values.yaml"},
		{"links to a file that does not exist", func(t *testing.T, root string) {
			link(t, "gone.yaml", root+"/dev.yaml")
			link(t, "gone.yaml", root+"/prod.yaml")
		}, []string{"dev.yaml", "prod.yaml"}, nil, "cannot write prod.yaml: it is the same file as dev.yaml"},
		{"hard links", func(t *testing.T, root string) {
			if err := os.Link(root+"/real.yaml", root+"/dev.yaml"); err != nil {
				t.Skip(err)
			}
		}, []string{"real.yaml", "dev.yaml"}, nil, "cannot write dev.yaml: it is the same file as real.yaml"},
		{"a link in the folder", func(t *testing.T, root string) {
			link(t, ".", root+"/same")
		}, []string{"real.yaml", "same/real.yaml"}, nil, "cannot write same/real.yaml: it is the same file as real.yaml"},
		{"one name twice", func(*testing.T, string) {}, []string{"real.yaml", "real.yaml"}, nil,
			"cannot write real.yaml: it is named twice"},
		{"a backup that is a file of the set", func(t *testing.T, root string) {
			put(t, root+"/real.yaml.bak", "b: 1\n", 0o644)
		}, []string{"real.yaml", "real.yaml.bak"}, nil, "cannot write real.yaml: its backup would replace real.yaml.bak"},
		{"and in the other order", func(t *testing.T, root string) {
			put(t, root+"/real.yaml.bak", "b: 1\n", 0o644)
		}, []string{"real.yaml.bak", "real.yaml"}, nil, "cannot write real.yaml: its backup would replace real.yaml.bak"},
		{"a backup that is an input", func(t *testing.T, root string) {
			put(t, root+"/real.yaml.bak", "b: 1\n", 0o644)
		}, []string{"real.yaml"}, []string{"real.yaml.bak"},
			"cannot write real.yaml: its backup would replace real.yaml.bak, which this command reads"},
		{"a link to its own backup", func(t *testing.T, root string) {
			put(t, root+"/values.yaml.bak", "b: 1\n", 0o644)
			link(t, "values.yaml.bak", root+"/values.yaml")
		}, []string{"values.yaml"}, nil, "cannot write values.yaml: it is a link to its own backup"},
		{"an input", func(*testing.T, string) {}, []string{"real.yaml"}, []string{"real.yaml"},
			"cannot write real.yaml: this command reads it"},
		{"a link to an input", func(t *testing.T, root string) {
			link(t, "real.yaml", root+"/values.yaml")
		}, []string{"values.yaml"}, []string{"real.yaml"},
			"cannot write values.yaml: it is the same file as real.yaml, which this command reads"},
		{"an input that is a link", func(t *testing.T, root string) {
			link(t, "real.yaml", root+"/answers.yaml")
		}, []string{"real.yaml"}, []string{"answers.yaml"},
			"cannot write real.yaml: it is the same file as answers.yaml, which this command reads"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			t.Chdir(root)
			put(t, root+"/real.yaml", "a: 1\n", 0o644)
			test.given(t, root)
			before := content(t, root)
			var files []plan.File
			for _, name := range test.write {
				old, _ := Folder("").Read(name)
				files = append(files, plan.File{Name: name, Data: []byte("new: 1\n"), Mode: 0o644, Replaces: old})
			}
			err := Replace(files, test.inputs...)
			if _, ok := errors.AsType[SharedError](err); !ok || err.Error() != test.want+"; nothing was written" {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			wantContent(t, root, before)
		})
	}
}

// Files that have nothing in common but a folder, and a backup that is a hard link of its own file, are written.
func TestFilesThatDoNotMeetAreWritten(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	put(t, root+"/values.yaml", "a: 1\n", 0o644)
	put(t, root+"/answers.yaml", "b: 1\n", 0o644)
	if err := os.Link("values.yaml", "values.yaml.bak"); err != nil {
		t.Skip(err)
	}
	files := []plan.File{{Name: "values.yaml", Data: []byte("a: 2\n"), Mode: 0o644, Replaces: []byte("a: 1\n")}}
	if err := Replace(files, "answers.yaml", "gone.yaml"); err != nil {
		t.Fatal(err)
	}
	wantContent(t, root, map[string]string{"values.yaml": "rw-r--r-- a: 2\n", "values.yaml.bak": "rw-r--r-- a: 1\n",
		"answers.yaml": "rw-r--r-- b: 1\n"})
}
