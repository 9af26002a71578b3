package cluster

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"conductor-registry/model/diagnose"
)

// FuzzAnswer checks that no answer of kubectl makes a panic, or a name that kubectl could take for a flag.
func FuzzAnswer(f *testing.F) {
	states, err := filepath.Glob("../../golden/diagnose/*.json")
	if err != nil || len(states) == 0 {
		f.Fatal(states, err)
	}
	for _, file := range states[:min(10, len(states))] {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"items":[{"kind":"Pod","metadata":null,"spec":{"imagePullSecrets":[{"name":"--kubeconfig=x"},{}]}},null,1]}`))
	f.Add([]byte(`{"kind":"Secret","metadata":{"creationTimestamp":"9999-99-99","managedFields":[{"time":"x"}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		state, err := diagnose.Read(data)
		if err != nil {
			return
		}
		AgeOfFile(state)
		Age(state, time.Unix(0, 0))
		for _, name := range askable(state.Missing()) {
			if !strings.HasPrefix(name, "secret/") || strings.ContainsAny(name, " \n=") || strings.HasPrefix(name, "secret/-") {
				t.Errorf("asks for %q", name)
			}
		}
	})
}
