package cli

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"conductor-registry/model/registry"
	"conductor-registry/presets"
	"conductor-registry/presets/presetstest"
)

// A misspelled key in a preset is a failure of every command that reads presets, with file and line.
func TestAMistakeInAPresetNamesItsLine(t *testing.T) {
	data, err := os.ReadFile("../../../presets/registries/acr.yaml")
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.Replace(data, []byte("\nfields:"), []byte("\nfeelds:"), 1)
	_, mistake := presets.DecodePreset("presets/registries/acr.yaml", data)
	catalog := presetstest.Catalog(t)
	catalog.Registries = registry.NewCatalog(catalog.Registries.Entries(),
		func(string) (*registry.Preset, error) { return nil, mistake })
	for _, args := range [][]string{
		{"presets"},
		{"presets", "acr"},
		{"presets", "acr", "-o", "json"},
		{"generate", "--registry-provider", "acr", "--registry-name", "myacr", "--dry-run"},
		{"lint", "--set", "global.image.registry=myacr.azurecr.io"},
		{"secret", "--answers", scenarios + "/guide-acr/answers.yaml"},
		{"schema", "answers"},
		{"wizard", "--accessible"},
	} {
		var out, said strings.Builder
		s := Streams{In: strings.NewReader(""), Out: &out, Err: &said, Size: func() (int, int) { return 0, 0 }}
		root, err := newRoot(catalog, nil, s, args)
		if err == nil {
			root.SetArgs(args)
			err = root.Execute()
		}
		const want = `error: presets/registries/acr.yaml:9: unknown key "feelds"; did you mean "fields"?` + "\n"
		if code := printError(&said, err); code != exitFailure || said.String() != want || out.String() != "" {
			t.Errorf("%s: exit code %d\n got %swant %s", args, code, said.String(), want)
		}
	}
}
