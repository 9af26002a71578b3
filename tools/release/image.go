package main

import (
	"archive/tar"
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// user is the one that runs the program in the container: no name that another image gives to a person or root.
const user = 65532

// images are the container images by platform, for one index.
type images struct{ all []mutate.IndexAddendum }

// add adds the image of a Linux platform. It contains the program, the CA certificates of Mozilla that the Go team
// publishes as golang.org/x/crypto/x509roots, a user without rights and its home: no shell, and no helm or kubectl.
func (i *images) add(arch string, data []byte, r *release) error {
	content, err := imageFiles(data, time.Unix(r.time, 0).UTC())
	if err != nil {
		return err
	}
	layer, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}, tarball.WithMediaType(types.OCILayer))
	if err != nil {
		return err
	}
	platform := v1.Platform{OS: "linux", Architecture: arch}
	base := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	created := v1.Time{Time: time.Unix(r.time, 0).UTC()}
	img, err := mutate.Append(base, mutate.Addendum{Layer: layer, History: v1.History{Created: created, CreatedBy: program}})
	if err != nil {
		return err
	}
	file, err := img.ConfigFile()
	if err != nil {
		return err
	}
	file = file.DeepCopy()
	file.OS, file.Architecture, file.Created = platform.OS, platform.Architecture, created
	file.Config = v1.Config{User: fmt.Sprintf("%d:%d", user, user), WorkingDir: "/work",
		Entrypoint: []string{"/usr/bin/" + program}, Env: []string{"PATH=/usr/bin", "HOME=/home/nonroot"}, Labels: r.labels()}
	if img, err = mutate.ConfigFile(img, file); err != nil {
		return err
	}
	i.all = append(i.all, mutate.IndexAddendum{Add: img, Descriptor: v1.Descriptor{Platform: &platform}})
	return nil
}

// labels returns what an image says about itself.
func (r *release) labels() map[string]string {
	out := map[string]string{"org.opencontainers.image.title": program, "org.opencontainers.image.version": r.version,
		"org.opencontainers.image.description": summary, "org.opencontainers.image.licenses": "Apache-2.0"}
	if r.project.URL != "" {
		out["org.opencontainers.image.source"] = r.project.URL
	}
	return out
}

// imageFiles returns the files of an image as a tar archive.
func imageFiles(data []byte, modified time.Time) ([]byte, error) {
	var certificates bytes.Buffer
	for root := range bundle.Roots() {
		if err := pem.Encode(&certificates, &pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate}); err != nil {
			return nil, err
		}
	}
	passwd := fmt.Sprintf("nonroot:x:%d:%d:nonroot:/home/nonroot:/sbin/nologin\n", user, user)
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, entry := range []struct {
		name  string
		mode  int64
		data  []byte // nil for a folder
		owner int
	}{
		{"etc/", 0o755, nil, 0}, {"etc/passwd", 0o644, []byte(passwd), 0}, {"etc/ssl/", 0o755, nil, 0},
		{"etc/ssl/certs/", 0o755, nil, 0}, {"etc/ssl/certs/ca-certificates.crt", 0o644, certificates.Bytes(), 0},
		{"home/", 0o755, nil, 0}, {"home/nonroot/", 0o700, nil, user}, {"tmp/", 0o1777, nil, 0},
		{"usr/", 0o755, nil, 0}, {"usr/bin/", 0o755, nil, 0}, {"usr/bin/" + program, 0o755, data, 0},
		{"work/", 0o755, nil, user},
	} {
		header := &tar.Header{Typeflag: tar.TypeReg, Name: entry.name, Mode: entry.mode, Size: int64(len(entry.data)),
			Uid: entry.owner, Gid: entry.owner, ModTime: modified, Format: tar.FormatUSTAR}
		if entry.data == nil {
			header.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := w.Write(entry.data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// writeImage writes the images of all platforms as an OCI archive, which crane, skopeo, docker and podman load.
func (r *release) writeImage() error {
	if len(r.images.all) == 0 {
		return nil
	}
	folder, err := os.MkdirTemp("", "image")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	index := mutate.AppendManifests(mutate.IndexMediaType(empty.Index, types.OCIImageIndex), r.images.all...)
	to, err := layout.Write(folder, empty.Index)
	if err != nil {
		return err
	}
	name := map[string]string{"org.opencontainers.image.ref.name": r.version}
	if err := to.AppendIndex(index, layout.WithAnnotations(name)); err != nil {
		return err
	}
	files, err := treeFiles(folder)
	if err != nil {
		return err
	}
	return writeTar(filepath.Join(r.out, program+"-"+r.version+"-image.tar"), "", files)
}
