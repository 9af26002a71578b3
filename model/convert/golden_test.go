package convert_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/values"
	"conductor-registry/presets"
)

func profiles(t *testing.T) []*chart.Profile {
	t.Helper()
	all, err := presets.Charts()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func profile(t *testing.T, id string) *chart.Profile {
	t.Helper()
	for _, p := range profiles(t) {
		if found, ok, err := p.Release(id); ok && err == nil {
			return found
		}
	}
	t.Fatalf("no chart %s", id)
	return nil
}

// made converts a file and wants a result.
func made(t *testing.T, data []byte, from, to string) *convert.Result {
	t.Helper()
	r, err := convert.Convert(values.Source{Name: "values.yaml", Data: data}, profile(t, from), profile(t, to))
	if err != nil {
		t.Fatal(err)
	}
	if r.Data == nil {
		t.Fatalf("nothing was made: %v", r.Problems)
	}
	return r
}

// Files as people have them, converted to each other chart and back. Each folder has one file, named by its chart.
func TestFiles(t *testing.T) {
	inputs, _ := filepath.Glob("testdata/convert/*/?.?.yaml")
	if len(inputs) < 6 {
		t.Fatalf("only %d files", len(inputs))
	}
	for _, path := range inputs {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			folder := golden.Open(t, filepath.Dir(path))
			old := folder.Input(filepath.Base(path))
			from := strings.TrimSuffix(filepath.Base(path), ".yaml")
			for _, p := range profiles(t) {
				if p.ID == from {
					continue
				}
				r := made(t, old, from, p.ID)
				folder.Check("to-"+p.ID+".yaml", r.Data)
				folder.Check("to-"+p.ID+".txt", told(r))
				guess, _, err := convert.Guess(values.Source{Data: r.Data}, profiles(t))
				if err != nil || guess != nil && guess.ID != p.ID {
					t.Errorf("the file for %s looks like one for %v (%v)", p.ID, guess, err)
				}
				back := made(t, r.Data, p.ID, from)
				folder.Check("back-from-"+p.ID+".yaml", back.Data)
				folder.Check("back-from-"+p.ID+".txt", told(back))
			}
		})
	}
}

// told is all that is said of a conversion, with the reasons.
func told(r *convert.Result) []byte {
	var out strings.Builder
	for _, p := range r.Problems {
		out.WriteString(string(p.Severity) + " " + p.Rule + ": " + p.String() + "\n")
		if p.Why != "" {
			out.WriteString("    " + p.Why + "\n")
		}
	}
	return []byte(out.String())
}

// No login of a file is in what is said of it.
func TestLoginsAreNotTold(t *testing.T) {
	old, err := os.ReadFile("testdata/convert/two-logins/2.8.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"2.7", "3.0"} {
		r := made(t, old, "2.8", to)
		for _, text := range []string{string(told(r)), string(r.Data)} {
			if strings.Contains(text, "s3cret") || strings.Contains(text, "robot") {
				t.Errorf("to %s a login shows:\n%s", to, text)
			}
		}
	}
}
