package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// repository is the root of the repository.
const repository = "../../../"

// ciFiles returns the files that CI services, pre-commit and GitHub read, each with its schema in testdata/ci. Those that
// a page shows are PAGE#FILE.
func ciFiles(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{
		"action.yml":                                    "action",
		".pre-commit-hooks.yaml":                        "hooks",
		".gitlab-ci.yml":                                "gitlab",
		integrations + "#.pre-commit-config.yaml":       "hooks-config",
		integrations + "#.github/workflows/values.yaml": "workflow",
		integrations + "#.gitlab-ci.yml":                "gitlab",
	}
	for pattern, schema := range map[string]string{
		".github/workflows/*": "workflow", ".github/ISSUE_TEMPLATE/*": "issue-form", "templates/*": "gitlab"} {
		names, err := filepath.Glob(repository + pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			out[strings.TrimPrefix(name, repository)] = schema
		}
	}
	return out
}

const integrations = "docs/integrations.md"

// ciFile returns the text of a file, or of the block of a page that begins with the file's name.
func ciFile(t *testing.T, name string) string {
	t.Helper()
	page, file, inPage := strings.Cut(name, "#")
	text := read(t, repository, page)
	if !inPage {
		return text
	}
	found, err := blocks(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range found {
		if strings.HasPrefix(b.text, "# "+file+"\n") {
			return b.text
		}
	}
	t.Fatalf("%s shows no %s", page, file)
	return ""
}

// Every file that another service reads has the keys that the service knows, each once. A misspelled one is refused: each
// file is also read with one of its keys changed.
func TestCIFilesHoldToTheirSchemas(t *testing.T) {
	files := ciFiles(t)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		schema, text := ciSchema(t, files[name]), ciFile(t, name)
		if err := validateCI(schema, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, key := range []string{"description:", "uses:", "script:", "id:", "blank_issues_enabled:", "inputs:"} {
			if misspelled := strings.Replace(text, key, "x-"+key, 1); misspelled != text && validateCI(schema, misspelled) == nil {
				t.Errorf("%s: x-%s is accepted", name, key)
			}
		}
	}
}

func ciSchema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(read(t, "testdata/ci", name+".schema.json")))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// validateCI validates each document of a YAML file.
func validateCI(schema *jsonschema.Schema, text string) error {
	documents, err := yamlDocuments[any](text)
	for _, document := range documents {
		data, encodeErr := json.Marshal(document)
		value, decodeErr := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		err = errors.Join(err, encodeErr, decodeErr, schema.Validate(value))
	}
	return err
}

// yamlDocuments decodes each document of a YAML file; a key that stands twice is an error.
func yamlDocuments[T any](text string) (out []T, err error) {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var document T
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return out, err
		}
		out = append(out, document)
	}
}

// What CI services run is a script of the repository that can be executed.
func TestCIRunsTheScriptOfDevelopers(t *testing.T) {
	for _, name := range []string{".github/workflows/ci.yml", ".gitlab-ci.yml"} {
		if !strings.Contains(ciFile(t, name), " .ci/run\n") {
			t.Errorf("%s does not run .ci/run", name)
		}
	}
	info, err := os.Stat(repository + ".ci/run")
	if err != nil || info.Mode()&0o111 == 0 {
		t.Errorf("%v, mode %v", err, info.Mode())
	}
}
