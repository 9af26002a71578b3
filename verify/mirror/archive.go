package mirror

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"conductor-registry/model"
	"conductor-registry/verify/images"
)

// Archive is a folder with images: an OCI image layout (https://github.com/opencontainers/image-spec, image-layout.md)
// with a list of what it holds, mirror.json.
type Archive struct {
	folder string
	mu     sync.Mutex
	list   contents
}

// contents is mirror.json.
type contents struct {
	FormatVersion string     `json:"formatVersion"`
	Images        []Archived `json:"images"`
}

// Archived is one image in an archive.
type Archived struct {
	Source    string   `json:"source"` // where it was read
	Target    string   `json:"target"` // where it is meant to go
	Digest    string   `json:"digest"`
	Size      int64    `json:"size"` // of all that belongs to it, in bytes
	Platforms []string `json:"platforms,omitempty"`
}

const (
	listFile   = "mirror.json"
	indexFile  = "index.json"
	layoutFile = "oci-layout"
	layoutText = "{\n  \"imageLayoutVersion\": \"1.0.0\"\n}\n"
	refName    = "org.opencontainers.image.ref.name"
)

// CreateArchive opens a folder to write images to. Images that it holds already stay, those of other programs too.
func CreateArchive(folder string) (*Archive, error) {
	a, err := OpenArchive(folder)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return a, err
	}
	if err := os.MkdirAll(filepath.Join(folder, "blobs", "sha256"), 0o755); err != nil {
		return nil, err
	}
	a = &Archive{folder: folder}
	if _, err := os.Lstat(filepath.Join(folder, layoutFile)); err == nil { // of another program
		return a, nil
	}
	return a, a.write(layoutFile, []byte(layoutText))
}

// OpenArchive opens a folder that CreateArchive has made.
func OpenArchive(folder string) (*Archive, error) {
	a := &Archive{folder: folder}
	data, err := readSmall(filepath.Join(folder, listFile))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &a.list); err != nil {
		return nil, fmt.Errorf("%s is not valid: %w", filepath.Join(folder, listFile), err)
	}
	return a, nil
}

// Images returns what the archive holds.
func (a *Archive) Images() []Archived { return slices.Clone(a.list.Images) }

// write replaces a file as a whole.
func (a *Archive) write(name string, data []byte) error {
	partial := filepath.Join(a.folder, name+".partial")
	if err := os.WriteFile(partial, data, 0o644); err != nil {
		return err
	}
	return os.Rename(partial, filepath.Join(a.folder, name))
}

func (a *Archive) blobPath(h v1.Hash) string {
	return filepath.Join(a.folder, "blobs", h.Algorithm, h.Hex)
}

// archiveSource reads one image of an archive. Every digest is checked.
type archiveSource struct {
	*Archive
	image Archived
}

func (a *Archive) source(image Image) (*archiveSource, error) {
	for _, held := range a.list.Images {
		if held.Source == image.Source {
			return &archiveSource{a, held}, nil
		}
	}
	return nil, model.Problems{{Rule: "archive-without-image", Severity: model.Error, File: a.folder,
		Summary: "the archive does not hold " + image.Source,
		Fix:     "write it again: conductor-registry mirror --archive, with the same answers"}}
}

func (s *archiveSource) digest(context.Context) (string, error) { return s.image.Digest, nil }

func (s *archiveSource) manifest(ctx context.Context, digest string) (manifest, error) {
	h, err := v1.NewHash(digest)
	if digest == "" {
		h, err = v1.NewHash(s.image.Digest)
	}
	if err != nil {
		return manifest{}, s.damaged(digest, "it is not a digest")
	}
	data, err := s.blob(ctx, v1.Descriptor{Digest: h, Size: -1})
	if err != nil {
		return manifest{}, err
	}
	defer func() { _ = data.Close() }()
	raw, err := io.ReadAll(io.LimitReader(data, maxConfig))
	if err != nil {
		return manifest{}, err
	}
	return manifest{v1.Descriptor{Digest: h, Size: int64(len(raw)), MediaType: images.ManifestType("", raw)}, raw}, nil
}

func (s *archiveSource) blob(_ context.Context, d v1.Descriptor) (io.ReadCloser, error) {
	file, err := openRegular(s.blobPath(d.Digest))
	if err != nil {
		return nil, s.damaged(d.Digest.String(), "the file is missing, or is not a file")
	}
	return &checkedReader{file, sha256.New(), d.Digest, s.Archive}, nil
}

func (a *Archive) damaged(digest, why string) error {
	return model.Problems{{Rule: "archive-damaged", Severity: model.Error, File: a.folder,
		Summary: digest + ": " + why, Why: "the archive is not complete, or was changed on its way",
		Fix: "copy the folder again, or write it again with conductor-registry mirror --archive"}}
}

// checkedReader returns an error at the end of data with another digest.
type checkedReader struct {
	*os.File
	sum  hash.Hash
	want v1.Hash
	of   *Archive
}

// Read reads data.
func (r *checkedReader) Read(into []byte) (int, error) {
	n, err := r.File.Read(into)
	r.sum.Write(into[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(r.sum.Sum(nil)) != r.want.Hex {
		return n, r.of.damaged(r.want.String(), "the file has another content")
	}
	return n, err
}

// archiveTarget writes one image to an archive.
type archiveTarget struct {
	*Archive
	image Image
}

func (a *Archive) target(image Image) *archiveTarget { return &archiveTarget{a, image} }

func (t *archiveTarget) place() string { return t.folder }

func (t *archiveTarget) digest(context.Context) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, held := range t.list.Images {
		if held.Source == t.image.Source {
			return held.Digest, nil
		}
	}
	return "", nil
}

// writeBlob writes a file unless it is there with the right content.
func (t *archiveTarget) writeBlob(
	_ context.Context, d v1.Descriptor, open func() (io.ReadCloser, error),
) error {
	path := t.blobPath(d.Digest)
	if t.has(path, d.Digest) {
		return nil
	}
	data, err := open()
	if err != nil {
		return err
	}
	defer func() { _ = data.Close() }()
	file, err := os.Create(path + ".partial")
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(file, sum), data)
	if err == nil && (n != d.Size || hex.EncodeToString(sum.Sum(nil)) != d.Digest.Hex) {
		err = fmt.Errorf("%s: received something else: %w", d.Digest, io.ErrUnexpectedEOF)
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(path+".partial", path)
}

// has reports whether a file has the content of its digest.
func (t *archiveTarget) has(path string, h v1.Hash) bool {
	file, err := openRegular(path)
	if err != nil {
		return false
	}
	defer func() { _ = file.Close() }()
	found, _, err := v1.SHA256(file)
	return err == nil && found == h
}

func (t *archiveTarget) writeManifest(ctx context.Context, m manifest) error {
	t.mu.Lock() // two images can have the same manifest
	defer t.mu.Unlock()
	return t.writeBlob(ctx, m.Descriptor, func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(m.raw)), nil
	})
}

// finish writes the manifest of the image and adds the image to the lists.
func (t *archiveTarget) finish(ctx context.Context, tree *tree) error {
	root := tree.root()
	if err := t.writeManifest(ctx, root); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.list.FormatVersion = "1"
	t.list.Images = slices.DeleteFunc(t.list.Images, func(a Archived) bool { return a.Source == t.image.Source })
	t.list.Images = append(t.list.Images, Archived{Source: t.image.Source, Target: t.image.Target,
		Digest: root.Digest.String(), Size: tree.size(), Platforms: tree.platforms})
	slices.SortFunc(t.list.Images, func(a, b Archived) int { return strings.Compare(a.Source, b.Source) })
	return errors.Join(t.writeIndex(root.Descriptor), t.writeList())
}

// writeIndex adds the image to index.json, for other programs that read image layouts.
func (t *archiveTarget) writeIndex(root v1.Descriptor) error {
	index := &v1.IndexManifest{SchemaVersion: 2, MediaType: types.OCIImageIndex}
	if data, err := readSmall(filepath.Join(t.folder, indexFile)); err == nil {
		if index, err = v1.ParseIndexManifest(bytes.NewReader(data)); err != nil {
			return fmt.Errorf("%s is not valid: %w", filepath.Join(t.folder, indexFile), err)
		}
	}
	root.Annotations = map[string]string{refName: t.image.Source}
	index.Manifests = slices.DeleteFunc(index.Manifests, func(d v1.Descriptor) bool {
		return d.Annotations[refName] == t.image.Source
	})
	index.Manifests = append(index.Manifests, root)
	data, err := json.MarshalIndent(index, "", "  ")
	if err != nil {
		return err
	}
	return t.write(indexFile, append(data, '\n'))
}

// writeList writes what the archive holds.
func (t *archiveTarget) writeList() error {
	data, err := json.MarshalIndent(t.list, "", "  ")
	if err != nil {
		return err
	}
	return t.write(listFile, append(data, '\n'))
}
