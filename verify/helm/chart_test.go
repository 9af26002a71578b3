//go:build unix

package helm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const chartYAML = "apiVersion: v2\nname: orkes-conductor\nversion: 3.0.2\nappVersion: 5.2.78\n"

// archive packs files into a .tgz; names and contents take turns.
func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	packed := tar.NewWriter(zipped)
	for i := 0; i < len(files); i += 2 {
		err := packed.WriteHeader(&tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1])), Typeflag: tar.TypeReg})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := packed.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A folder and an archive of a chart are read alike; charts that it depends on do not count.
func TestFolderAndArchiveAreReadAlike(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, "Chart.yaml", chartYAML)
	put(t, folder, "values.yaml", "image: {tag: 5.10}\n")
	packed := filepath.Join(t.TempDir(), "orkes-conductor-3.0.2.tgz")
	data := archive(t, "orkes-conductor/charts/redis/Chart.yaml", "name: redis\nversion: 1.0.0\n", "orkes-conductor/values.yaml",
		"image: {tag: 5.10}\n", "./orkes-conductor/Chart.yaml", chartYAML)
	if err := os.WriteFile(packed, data, 0o600); err != nil {
		t.Fatal(err)
	}
	const want = "orkes-conductor 3.0.2 5.2.78 map[image:map[tag:5.1]]"
	for _, path := range []string{folder, packed} {
		c, err := ReadChart(path, func([]byte) {})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(c.Name, " ", c.Version, " ", c.AppVersion, " ", c.Values); got != want || c.Path != path {
			t.Errorf("%s: %s", path, got)
		}
	}
}

func put(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A file that is not a chart is refused in bounded time and memory, with the reason.
func TestNotAChart(t *testing.T) {
	whole := archive(t, "a/Chart.yaml", chartYAML)
	many := make([]string, 0, 2*(maxEntries+1))
	for i := range maxEntries + 1 {
		many = append(many, fmt.Sprintf("a/%d", i), "")
	}
	for name, test := range map[string]struct {
		data []byte
		says string
	}{
		"empty":      {nil, "neither a folder nor a .tgz"},
		"text":       {[]byte("global: {}\n"), "neither a folder nor a .tgz"},
		"cut":        {whole[:len(whole)-20], "cannot unpack"},
		"no tar":     {zip(t, strings.Repeat("x", 1024)), "cannot unpack"},
		"no chart":   {archive(t, "a/values.yaml", "x: 1\n"), "it has no Chart.yaml in a folder at its top"},
		"at the top": {archive(t, "Chart.yaml", chartYAML), "it has no Chart.yaml in a folder at its top"},
		"outside":    {archive(t, "../Chart.yaml", chartYAML), "it has no Chart.yaml in a folder at its top"},
		"deep":       {archive(t, "a/b/Chart.yaml", chartYAML), "it has no Chart.yaml in a folder at its top"},
		"no YAML":    {archive(t, "a/Chart.yaml", "name: [\n"), "Chart.yaml is not YAML: line 1"},
		"no name":    {archive(t, "a/Chart.yaml", "version: 1.0.0\n"), "has no name or no version"},
		"values":     {archive(t, "a/Chart.yaml", chartYAML, "a/values.yaml", "- 1\n"), "values.yaml is not a YAML mapping"},
		"too large":  {archive(t, "a/Chart.yaml", strings.Repeat("#", maxFile+1)), "larger than the 5 MiB"},
		"a bomb":     {archive(t, "a/zeros", string(make([]byte, maxUnpacked)), "a/Chart.yaml", chartYAML), "larger than 100 MiB"},
		"too many":   {archive(t, many...), "more than 10000 entries"},
	} {
		path := filepath.Join(t.TempDir(), "chart.tgz")
		if err := os.WriteFile(path, test.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadChart(path, func([]byte) {}); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A pipe is refused: reading it could wait without end.
func TestPipe(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "Chart.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, folder} {
		if _, err := ReadChart(path, func([]byte) {}); err == nil || !strings.Contains(err.Error(), "not a regular file") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// FuzzReadArchive checks that no archive makes ReadChart panic, or keep more than its limits.
func FuzzReadArchive(f *testing.F) {
	f.Add(archive(f, "a/Chart.yaml", chartYAML, "a/values.yaml", "image: {tag: 5.10}\n"))
	f.Add(archive(f, "a/Chart.yaml", "name: &a [*a]\nversion: {<<: *a}\n"))
	f.Add(archive(f, "a/Chart.yaml", chartYAML, "a/values.yaml", "a: &a {b: *a}\n"))
	f.Add([]byte("\x1f\x8b\x08"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "chart.tgz")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := ReadChart(path, func([]byte) {})
		if err == nil && (c.Name == "" || c.Version == "" || c.Path != path) {
			t.Errorf("%+v", c)
		}
	})
}

func zip(t *testing.T, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	if _, err := zipped.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
