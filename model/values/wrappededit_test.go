package values_test

import (
	"strings"
	"testing"

	"conductor-registry/model/values"
)

// TestWrappedEdits: an edit of values inside an object is the same edit as of the values alone, and every byte around
// them stays.
func TestWrappedEdits(t *testing.T) {
	const argo = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: x}\nspec:\n  source:\n    helm:\n"
	made := 0
	for seed := range uint64(400) {
		f := newFile(seed)
		inner := f.data("\n", true)
		changes := f.changes()
		want, refused := values.Apply(values.Source{Name: "f.yaml", Data: inner}, changes...)
		if refused != nil || strings.HasPrefix(string(inner), "%") || strings.Contains(string(inner), "---") {
			continue
		}
		for _, head := range []string{
			argo + "      values: |\n", argo + "      valuesObject:\n",
			"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  more: 1\n  values:\n",
		} {
			const tail = "# end\nstatus: {}\n"
			source := values.Source{Name: "f.yaml", Data: []byte(head + indent(string(inner)) + tail)}
			got, problems := values.Apply(source, changes...)
			if problems != nil {
				continue // some places can be edited only at the top
			}
			made++
			if !strings.HasPrefix(string(got), head) || !strings.HasSuffix(string(got), tail) {
				t.Errorf("seed %d: bytes around the values changed:\n%s", seed, got)
			}
			if strings.Contains(head, "values: |") && string(got) != head+indent(string(want))+tail {
				t.Errorf("seed %d: got\n%s\nwant\n%s\n%+v", seed, got, indent(string(want)), changes)
			}
		}
	}
	if made < 400 {
		t.Errorf("only %d edits were made", made)
	}
}

func indent(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if line != "\n" {
			out.WriteString("        ")
		}
		out.WriteString(line)
	}
	return out.String()
}
