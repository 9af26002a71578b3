package helm

import (
	"archive/tar"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"

	"conductor-registry/model/values"
	"conductor-registry/verify/program"
)

// Dependency is a subchart that a Chart.yaml names.
type Dependency struct {
	Name      string   `yaml:"name"`
	Alias     string   `yaml:"alias"`
	Condition string   `yaml:"condition"` // value paths, separated by commas
	Tags      []string `yaml:"tags"`
}

// Key returns the key of the subchart's values in those of the parent.
func (d Dependency) Key() string { return cmp.Or(d.Alias, d.Name) }

// IsRendered reports whether helm renders the subchart with these values of the parent chart: as the first path of its
// condition that has a boolean says, else by its tags (helm.sh/helm/v3/pkg/chartutil, ProcessDependencies). Why names
// the key that switches it off.
func (d Dependency) IsRendered(parent map[string]any) (rendered bool, why string) {
	for at := range strings.SplitSeq(d.Condition, ",") {
		value, _ := values.Find(parent, strings.TrimSpace(at))
		if on, isBool := value.(bool); isBool {
			return on, strings.TrimSpace(at)
		}
	}
	off := ""
	for _, tag := range d.Tags {
		value, _ := values.Find(parent, "tags."+tag)
		if on, isBool := value.(bool); isBool && on {
			return true, ""
		} else if isBool {
			off = cmp.Or(off, "tags."+tag)
		}
	}
	return off == "", off
}

// Subchart returns a chart that the chart depends on: in a folder or an archive of its charts folder. It runs nothing. Hide
// is given every file before an error can repeat its text.
func (c *Chart) Subchart(d Dependency, hide func([]byte)) (*Chart, error) {
	info, err := os.Stat(c.Path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the chart %q: %w", c.Path, program.Reason(err))
	}
	found := map[string]map[string][]byte{} // the files of each chart, by its folder or archive
	if info.IsDir() {
		err = chartsInFolder(filepath.Join(c.Path, "charts"), found)
	} else {
		err = chartsInArchive(c.Path, found)
	}
	if err != nil {
		return nil, err
	}
	for at, files := range found {
		var facts struct {
			Name yamlv3.Node `yaml:"name"`
		}
		if yamlv3.Unmarshal(files[metadataFile], &facts) == nil && facts.Name.Value == d.Name {
			return newChart(filepath.Join(c.Path, "charts", at), files, hide)
		}
	}
	return nil, fmt.Errorf("the chart %q depends on %s, and its charts folder does not have it\nhint: helm dependency build %s",
		c.Path, d.Name, c.Path)
}

func chartsInFolder(folder string, found map[string]map[string][]byte) error {
	entries, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("cannot read %s: %w", folder, program.Reason(err))
	}
	for _, entry := range entries {
		name := filepath.Join(folder, entry.Name())
		read := readFolder
		if strings.HasSuffix(name, ".tgz") {
			read = readArchive
		}
		if files, err := read(name); err == nil { // others are no charts
			found[entry.Name()] = files
		}
	}
	return nil
}

// chartsInArchive reads the charts folder of a packed chart: charts in folders, and packed ones.
func chartsInArchive(name string, found map[string]map[string][]byte) error {
	file, err := openRegular(name)
	if err != nil {
		return fmt.Errorf("cannot read the chart %s: %w", name, program.Reason(err))
	}
	defer func() { _ = file.Close() }()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%s is not a chart: neither a folder nor a .tgz archive", name)
	}
	archive := tar.NewReader(&io.LimitedReader{R: unzipped, N: maxUnpacked})
	for range maxEntries {
		entry, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("cannot unpack %s: %w", name, err)
		}
		parts := strings.Split(path.Clean(entry.Name), "/")
		if entry.Typeflag != tar.TypeReg || len(parts) < 3 || parts[1] != "charts" {
			continue
		}
		if err := readPart(archive, parts[2:], found); err != nil {
			return fmt.Errorf("%s: %w", entry.Name, err)
		}
	}
	return fmt.Errorf("cannot unpack %s: it has more than %d entries", name, maxEntries)
}

// readPart reads one file of the charts folder: of a chart, or a packed chart.
func readPart(archive *tar.Reader, parts []string, found map[string]map[string][]byte) error {
	isPacked := len(parts) == 1 && strings.HasSuffix(parts[0], ".tgz")
	isOwn := len(parts) == 2 && (parts[1] == metadataFile || parts[1] == valuesFile || parts[1] == schemaFile)
	if !isPacked && !isOwn {
		return nil
	}
	data, err := readLimited(archive)
	if err != nil {
		return err
	}
	if isOwn {
		if found[parts[0]] == nil {
			found[parts[0]] = map[string][]byte{}
		}
		found[parts[0]][parts[1]] = data
		return nil
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	found[parts[0]], err = unpack(tar.NewReader(&io.LimitedReader{R: unzipped, N: maxUnpacked}))
	return err
}
