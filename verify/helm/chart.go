package helm

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"

	"conductor-registry/model"
	"conductor-registry/verify/program"
)

// Chart is what a chart's Chart.yaml and values.yaml say.
type Chart struct {
	Path, Name, Version, AppVersion string
	Values                          map[string]any // as helm reads values.yaml; empty when there is none
	Schema                          []byte         // its values.schema.json; nil when there is none
	Dependencies                    []Dependency
	ValuesFile                      []byte // its values.yaml
}

// The files that are read.
const (
	metadataFile = "Chart.yaml"
	valuesFile   = "values.yaml"
	schemaFile   = "values.schema.json"
)

// Limits of a chart and its archive: a small archive can unpack to anything.
const (
	maxFile     = 5 << 20 // bytes; helm's own limit (helm.sh/helm/v3/pkg/chart/loader)
	maxUnpacked = 100 << 20
	maxEntries  = 10000
)

// ReadChart reads the chart at a path, a folder or a .tgz. It runs nothing and unpacks nothing to disk. Errors name
// the path, what is wrong and what to do; they can repeat text of the chart's files, so hide is called with each before.
func ReadChart(source string, hide func(file []byte)) (*Chart, error) {
	info, err := os.Stat(source)
	if err != nil {
		return nil, fmt.Errorf("cannot read the chart %q: %w", source, program.Reason(err))
	}
	read := readArchive
	if info.IsDir() {
		read = readFolder
	}
	files, err := read(source)
	if err != nil {
		return nil, err
	}
	return newChart(source, files, hide)
}

// newChart returns the chart of some files.
func newChart(source string, files map[string][]byte, hide func([]byte)) (*Chart, error) {
	for _, data := range files {
		hide(data)
	}
	var facts struct {
		Name       yamlv3.Node `yaml:"name"` // nodes, so that 1.10 stays 1.10
		Version    yamlv3.Node `yaml:"version"`
		AppVersion yamlv3.Node `yaml:"appVersion"`

		Dependencies []Dependency `yaml:"dependencies"`
	}
	at := filepath.Join(source, metadataFile)
	if err := yamlv3.Unmarshal(files[metadataFile], &facts); err != nil {
		return nil, fmt.Errorf("%s is not YAML: %s", at, model.YAMLReason(err))
	}
	c := &Chart{Path: source, Name: facts.Name.Value, Version: facts.Version.Value, AppVersion: facts.AppVersion.Value,
		Values: map[string]any{}, Schema: files[schemaFile], Dependencies: facts.Dependencies, ValuesFile: files[valuesFile]}
	if c.Name == "" || c.Version == "" {
		return nil, fmt.Errorf("%s has no name or no version: it is not the file of a Helm chart", at)
	}
	if err := yaml.Unmarshal(files[valuesFile], &c.Values); err != nil {
		return nil, fmt.Errorf("%s is not a YAML mapping: %w", filepath.Join(source, valuesFile), err)
	}
	return c, nil
}

func readFolder(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, name := range []string{metadataFile, valuesFile, schemaFile} {
		data, err := readFile(filepath.Join(folder, name))
		switch {
		case os.IsNotExist(err) && name == metadataFile:
			return nil, fmt.Errorf("%s is not a chart: it has no %s%s", folder, metadataFile, chartBelow(folder))
		case os.IsNotExist(err):
		case err != nil:
			return nil, fmt.Errorf("cannot read %s: %w", filepath.Join(folder, name), program.Reason(err))
		default:
			files[name] = data
		}
	}
	return files, nil
}

func readFile(name string) ([]byte, error) {
	file, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return readLimited(file)
}

// openRegular opens a file. It refuses pipes and devices, which may never end.
func openRegular(name string) (*os.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a regular file")
	}
	return os.Open(name)
}

func readLimited(from io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(from, maxFile+1))
	if err == nil && len(data) > maxFile {
		return nil, fmt.Errorf("it is larger than the %d MiB that helm accepts", maxFile>>20)
	}
	return data, err
}

// chartBelow names a chart in a folder below, such as that of a checkout.
func chartBelow(folder string) string {
	for _, pattern := range []string{"*", "charts/*", "*/*"} {
		found, _ := filepath.Glob(filepath.Join(folder, pattern, metadataFile))
		if len(found) > 0 {
			return "\nhint: did you mean " + filepath.Dir(found[0]) + "?"
		}
	}
	return ""
}

// readArchive reads the files from the one folder at the top of a .tgz.
func readArchive(name string) (map[string][]byte, error) {
	file, err := openRegular(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the chart %s: %w", name, program.Reason(err))
	}
	defer func() { _ = file.Close() }()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s is not a chart: neither a folder nor a .tgz archive", name)
	}
	limited := &io.LimitedReader{R: unzipped, N: maxUnpacked}
	files, err := unpack(tar.NewReader(limited))
	switch {
	case err != nil && limited.N == 0:
		return nil, fmt.Errorf("cannot unpack %s: it is larger than %d MiB", name, maxUnpacked>>20)
	case err != nil:
		return nil, fmt.Errorf("cannot unpack %s: %w", name, err)
	case files[metadataFile] == nil:
		return nil, fmt.Errorf("%s is not a chart: it has no %s in a folder at its top", name, metadataFile)
	}
	return files, nil
}

// unpack returns the chart's own files: those of charts that it depends on lie deeper.
func unpack(archive *tar.Reader) (map[string][]byte, error) {
	files := map[string][]byte{}
	for range maxEntries {
		entry, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		folder, base := path.Split(path.Clean(entry.Name))
		if entry.Typeflag != tar.TypeReg || strings.Count(folder, "/") != 1 || folder == "/" || folder == "../" ||
			base != metadataFile && base != valuesFile && base != schemaFile {
			continue
		}
		if files[base], err = readLimited(archive); err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name, err)
		}
	}
	return nil, fmt.Errorf("it has more than %d entries", maxEntries)
}
