package cli

import "testing"

// A terminal of CI keeps a log: bars that are drawn over themselves would fill it.
func TestBarsAreForTerminalsOfPeople(t *testing.T) {
	for variable, want := range map[string]bool{"": true, "CI=true": false, "CI=1": false, "CI=false": true, "ACCESSIBLE=1": false} {
		if b := newBars(Streams{ErrIsTerminal: true, Environment: []string{variable}}, nil); b.isTerminal != want {
			t.Errorf("%q: bars are drawn: %t", variable, b.isTerminal)
		}
	}
}
