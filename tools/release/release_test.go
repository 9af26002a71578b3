package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/validate"
)

// released returns the first file with that ending of the release 1.2.3 that test.sh built.
func released(t *testing.T, suffix string) string {
	t.Helper()
	return releasedIn(t, "", suffix)
}

// releasedIn returns the first file with that ending in a folder of the release.
func releasedIn(t *testing.T, folder, suffix string) string {
	t.Helper()
	root := os.Getenv("RELEASE")
	if root == "" {
		t.Skip("RELEASE names no folder with a release: run make test-release")
	}
	names, err := filepath.Glob(filepath.Join(root, folder, program+"-1.2.3"+suffix))
	if err != nil || len(names) == 0 {
		t.Fatalf("no %s in %s: %v", suffix, filepath.Join(root, folder), err)
	}
	return names[0]
}

// unpack writes the files of a tar archive to a new folder.
func unpack(t *testing.T, r io.Reader) string {
	t.Helper()
	folder := t.TempDir()
	for archive := tar.NewReader(r); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return folder
		}
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(folder, filepath.FromSlash(header.Name))
		if header.Typeflag == tar.TypeDir {
			continue
		}
		data, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, os.FileMode(header.Mode).Perm()); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The image runs the program of the archive as a user without rights, with CA certificates for requests to registries.
func TestImage(t *testing.T) {
	index, err := layout.ImageIndexFromPath(unpack(t, bytes.NewReader(read(t, released(t, "-image.tar")))))
	if err != nil {
		t.Fatal(err)
	}
	if err := validate.Index(index); err != nil {
		t.Error(err)
	}
	outer, err := index.IndexManifest()
	if err != nil {
		t.Fatal(err)
	}
	inner, err := index.ImageIndex(outer.Manifests[0].Digest)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := inner.IndexManifest()
	if err != nil {
		t.Fatal(err)
	}
	img, err := inner.Image(manifest.Manifests[0].Digest)
	if err != nil {
		t.Fatal(err)
	}
	config, err := img.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	if config.Config.User != "65532:65532" || config.Config.Entrypoint[0] != "/usr/bin/"+program {
		t.Errorf("user %q, entrypoint %q", config.Config.User, config.Config.Entrypoint)
	}
	files := unpack(t, mutate.Extract(img))
	if text := read(t, files+"/etc/ssl/certs/ca-certificates.crt"); bytes.Count(text, []byte("BEGIN CERTIFICATE")) < 50 {
		t.Errorf("%d bytes of certificates", len(text))
	}
	archive, err := gzip.NewReader(bytes.NewReader(read(t, released(t, "-linux-"+manifest.Manifests[0].Platform.Architecture+".tar.gz"))))
	if err != nil {
		t.Fatal(err)
	}
	base := strings.TrimSuffix(filepath.Base(released(t, "-linux-*.tar.gz")), ".tar.gz")
	if !bytes.Equal(read(t, files+"/usr/bin/"+program), read(t, filepath.Join(unpack(t, archive), base, program))) {
		t.Error("the image and the archive contain different programs")
	}
}

// The list of modules has each module that is linked into the program.
func TestSBOM(t *testing.T) {
	var bom cdx.BOM
	decoder := json.NewDecoder(bytes.NewReader(read(t, released(t, "-linux-*.cdx.json"))))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&bom); err != nil {
		t.Fatal(err)
	}
	archive, err := gzip.NewReader(bytes.NewReader(read(t, released(t, "-linux-*.tar.gz"))))
	if err != nil {
		t.Fatal(err)
	}
	base := strings.TrimSuffix(filepath.Base(released(t, "-linux-*.tar.gz")), ".tar.gz")
	info, err := buildinfo.ReadFile(filepath.Join(unpack(t, archive), base, program))
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, c := range *bom.Components {
		listed[c.PackageURL] = true
	}
	for _, dependency := range info.Deps {
		if !listed["pkg:golang/"+dependency.Path+"@"+dependency.Version] {
			t.Errorf("%s is not listed", dependency.Path)
		}
	}
	if len(listed) != len(info.Deps)+1 {
		t.Errorf("%d components, want %d modules and std", len(listed), len(info.Deps))
	}
}

// Without a URL there are no manifests; with one they name it.
func TestManifests(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"linux-amd64.tar.gz", "windows-amd64.zip"} {
		if err := os.WriteFile(filepath.Join(folder, program+"-1.2.3-"+name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	chosen := []string{"linux/amd64", "windows/amd64"}
	r := &release{out: folder, version: "1.2.3"}
	if err := r.writeManifests(chosen); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "manifests")); err == nil {
		t.Error("there are manifests without a URL")
	}
	r.project.URL = "https://github.com/example/conductor-registry"
	if err := r.writeManifests(chosen); err != nil {
		t.Fatal(err)
	}
	for name, archive := range map[string]string{"conductor-registry.yaml": "linux-amd64.tar.gz", "conductor-registry.rb": "linux-amd64.tar.gz",
		"conductor-registry.json": "windows-amd64.zip"} {
		text := string(read(t, filepath.Join(folder, "manifests", name)))
		want := r.project.URL + "/releases/download/v1.2.3/" + program + "-1.2.3-" + archive
		if !strings.Contains(text, want) {
			t.Errorf("%s does not name %s:\n%s", name, want, text)
		}
	}
	var scoop map[string]any
	if err := json.Unmarshal(read(t, filepath.Join(folder, "manifests", "conductor-registry.json")), &scoop); err != nil {
		t.Error(err)
	}
}
