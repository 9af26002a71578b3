package lint_test

import (
	"strings"
	"testing"

	"conductor-registry/model/lint"
)

// A password of digits is quoted as it is written, not as YAML reads it, and is not shown.
func TestFixKeepsWhatIsWritten(t *testing.T) {
	for _, written := range []string{"82736451", "0123456", "0x1F2ABC7", "1.50", "1e5", "12345678901234567890", "2026-11-29"} {
		in := input(t, "values.yaml", []byte("imageCredentials: {registry: r.io, username: u, password: "+written+"}\n"))
		for _, f := range find(t, in) {
			if strings.Contains(f.Fix, written) {
				t.Errorf("the fix shows %s: %s", written, f.Fix)
			}
		}
		fixed, err := lint.Fix(in)
		if err != nil {
			t.Fatal(err)
		}
		got := string(fixed.Sources[0].Data)
		if !strings.Contains(got, `password: "`+written+`"`) && !strings.Contains(got, "password: "+written) {
			t.Errorf("%s became %s", written, got)
		}
	}
}
