package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"os"
	"path"
)

// file is one file of an archive.
type file struct {
	name string // with slashes
	data []byte
	mode int64
}

// writeTar writes a .tar.gz with all files below a folder, without times and owners.
func writeTar(name, folder string, files []file) (err error) {
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, out.Close()) }()
	compressed := gzip.NewWriter(out)
	archive := tar.NewWriter(compressed)
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
	return firstError(archive.Close(), compressed.Close())
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
