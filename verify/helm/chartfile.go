// Package chartfile reads what a chart says of itself, from a folder or an archive, without Helm. It runs nothing,
// unpacks nothing to disk, and reads no more than a chart may have.
package helm

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

// Chart is a chart's own facts.
type Chart struct {
	Path, Name, Version, AppVersion string
	Values                          map[string]any // values.yaml as Helm reads it; empty when there is none
}

// The two files of a chart that are read.
const (
	metadata = "Chart.yaml"
	defaults = "values.yaml"
)

// maxFile is the most bytes of one of them: Helm's own limit is 5 MiB (helm.sh/helm/v3/pkg/chart/loader).
const maxFile = 5 << 20

// ReadChart reads the chart at a path, a folder or a .tgz. Errors name the path, what is wrong and how to mend it.
func ReadChart(path string) (*Chart, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("can't read the chart %s: %w", shown(path), cause(err))
	}
	read := readArchive
	if info.IsDir() {
		read = readFolder
	}
	files, err := read(path)
	if err != nil {
		return nil, err
	}
	return decode(path, files)
}

// decode makes a chart of its files, by name.
func decode(path string, files map[string][]byte) (*Chart, error) {
	var facts struct {
		Name       yamlv3.Node `yaml:"name"`
		Version    yamlv3.Node `yaml:"version"`
		AppVersion yamlv3.Node `yaml:"appVersion"`
	}
	at := filepath.Join(path, metadata)
	if err := yamlv3.Unmarshal(files[metadata], &facts); err != nil {
		return nil, fmt.Errorf("%s is no YAML: %s", at, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	c := &Chart{Path: path, Name: facts.Name.Value, Version: facts.Version.Value, AppVersion: facts.AppVersion.Value,
		Values: map[string]any{}}
	if c.Name == "" || c.Version == "" {
		return nil, fmt.Errorf("%s has no name or no version: is it the file of a Helm chart?", at)
	}
	if err := yaml.Unmarshal(files[defaults], &c.Values); err != nil {
		return nil, fmt.Errorf("%s is no YAML of keys and values: %w", filepath.Join(path, defaults), err)
	}
	return c, nil
}

func readFolder(path string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, name := range []string{metadata, defaults} {
		data, err := readFile(filepath.Join(path, name))
		switch {
		case os.IsNotExist(err) && name == metadata:
			return nil, fmt.Errorf("%s is no chart: it has no %s%s", shown(path), metadata, nearby(path))
		case os.IsNotExist(err):
		case err != nil:
			return nil, fmt.Errorf("can't read %s: %w", filepath.Join(path, name), cause(err))
		default:
			files[name] = data
		}
	}
	return files, nil
}

func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, tooLarge()
	}
	return os.ReadFile(name)
}

func tooLarge() error { return fmt.Errorf("it is larger than the %d MiB that Helm takes", maxFile>>20) }

// nearby names a chart in a folder below, such as that of a checkout.
func nearby(path string) string {
	for _, pattern := range []string{"*", "charts/*", "*/*"} {
		found, _ := filepath.Glob(filepath.Join(path, pattern, metadata))
		if len(found) > 0 {
			return "; did you mean " + filepath.Dir(found[0]) + "?"
		}
	}
	return ""
}

func shown(path string) string {
	if path == "" {
		return `"" (an empty path)`
	}
	return path
}
