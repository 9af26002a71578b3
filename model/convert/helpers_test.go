package convert_test

import (
	"strings"
	"testing"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/values"
	"conductor-registry/presets/presetstest"
)

// profile returns the chart with that version.
func profile(t *testing.T, version string) *chart.Profile {
	t.Helper()
	p, err := presetstest.Catalog(t).Chart(version)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// parsed returns a file named values.yaml.
func parsed(t testing.TB, data []byte) *values.File {
	t.Helper()
	file, err := values.Parse(values.Source{Name: "values.yaml", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// converted returns the conversion of a file, which must succeed.
func converted(t *testing.T, data []byte, from, to string) *convert.Converted {
	t.Helper()
	r := convert.Convert(parsed(t, data), profile(t, from), profile(t, to))
	if r.Data == nil {
		t.Fatalf("nothing was converted: %v", r.Problems)
	}
	return r
}

// adopted returns the answers for a file.
func adopted(t testing.TB, c *answers.Catalog, data []byte) *convert.Adopted {
	t.Helper()
	return convert.Adopt(c, parsed(t, data), nil)
}

// problemText returns all problems with their reasons.
func problemText(problems model.Problems) string {
	var out strings.Builder
	for _, p := range problems {
		out.WriteString(string(p.Severity) + " " + p.Rule + ": " + p.String() + "\n")
		if p.Why != "" {
			out.WriteString("    " + p.Why + "\n")
		}
	}
	return out.String()
}

// wantOnce checks that one problem has the rule, severity and line of want, and its summary in its own.
func wantOnce(t *testing.T, problems model.Problems, want model.Problem) {
	t.Helper()
	var found model.Problems
	for _, p := range problems {
		if p.Rule == want.Rule && strings.Contains(p.Summary, want.Summary) {
			found = append(found, p)
		}
	}
	if len(found) != 1 || found[0].Severity != want.Severity || found[0].Line != want.Line || found[0].File != "values.yaml" {
		t.Errorf("want one %s %s with %q in line %d, got\n%s", want.Severity, want.Rule, want.Summary, want.Line,
			problemText(problems))
	}
}
