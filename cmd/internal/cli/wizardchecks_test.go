package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
)

// TestTheWizardRendersTheParentChart asks helm about values below the key of a subchart, of charts with and without files
// that an installation adds.
func TestTheWizardRendersTheParentChart(t *testing.T) {
	program := realHelm(t, "HELM3")
	for _, id := range []string{"2.8", "3.0"} {
		for _, alias := range []string{"", "platform"} {
			parent := t.TempDir()
			metadata := "apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies: [{name: orkes-conductor, version: '*', alias: '" + alias + "'}]\n"
			if err := os.WriteFile(filepath.Join(parent, "Chart.yaml"), []byte(metadata), 0o600); err != nil {
				t.Fatal(err)
			}
			subchart := filepath.Join(parent, "charts", "orkes-conductor")
			if err := os.CopyFS(subchart, os.DirFS("../../../golden/charts/"+id)); err != nil {
				t.Fatal(err)
			}
			catalog := presetstest.Catalog(t)
			c := &command{Command: &cobra.Command{}, catalog: catalog,
				streams: Streams{In: strings.NewReader(""), Err: new(bytes.Buffer)}}
			w := wizardFlags{helm: program}
			w.chart.add(c)
			if err := c.Flags().Set("chart", parent); err != nil {
				t.Fatal(err)
			}
			given, problems := answers.Decode("answers.yaml", []byte("version: 1\nregistry: {provider: acr, name: myacr}\ntag: 5.2.42-x\n"))
			check, err := w.helmCheck(context.Background(), c, given)
			if err != nil || len(problems) > 0 {
				t.Fatal(err, problems)
			}
			built, problems := plan.Build(catalog, given, "answers.yaml")
			if len(problems.Errors()) > 0 {
				t.Fatal(problems)
			}
			if v := check(built.Environments[0].Values); v.Failed != "" || len(v.Differs) > 0 {
				t.Errorf("chart %s, alias %q: %+v", id, alias, v)
			}
		}
	}
}
