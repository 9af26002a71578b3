package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// file is one file of an archive.
type file struct {
	name string // with slashes
	data []byte
	mode int64
}

// treeFiles returns all files below a folder, in the order of their names.
func treeFiles(folder string) (out []file, err error) {
	err = filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(folder, name)
		out = append(out, file{filepath.ToSlash(relative), data, 0o644})
		return err
	})
	return out, err
}

// writeTar writes a .tar, .tar.gz or .tgz with all files below a folder, without times and owners.
func writeTar(name, folder string, files []file) (err error) {
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, out.Close()) }()
	if strings.HasSuffix(name, ".tar") {
		return addToTar(out, folder, files)
	}
	compressed := gzip.NewWriter(out)
	return firstError(addToTar(compressed, folder, files), compressed.Close())
}

func addToTar(w io.Writer, folder string, files []file) error {
	archive := tar.NewWriter(w)
	for _, f := range files {
		header := &tar.Header{Typeflag: tar.TypeReg, Name: path.Join(folder, f.name), Size: int64(len(f.data)), Mode: f.mode,
			Format: tar.FormatUSTAR}
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		if _, err := archive.Write(f.data); err != nil {
			return err
		}
	}
	return archive.Close()
}

// writeZip writes a .zip with all files below a folder, without times.
func writeZip(name, folder string, files []file) (err error) {
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, out.Close()) }()
	archive := zip.NewWriter(out)
	for _, f := range files {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: path.Join(folder, f.name), Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := w.Write(f.data); err != nil {
			return err
		}
	}
	return archive.Close()
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
