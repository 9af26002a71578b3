package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/goreleaser/nfpm/v2"
	_ "github.com/goreleaser/nfpm/v2/apk" // registers the format
	_ "github.com/goreleaser/nfpm/v2/deb"
	"github.com/goreleaser/nfpm/v2/files"
	_ "github.com/goreleaser/nfpm/v2/rpm"
)

// writePackages writes the program for Linux as deb, rpm and apk.
func (r *release) writePackages(arch string, data []byte) error {
	staged, err := os.MkdirTemp("", "packages")
	if err != nil {
		return err
	}
	defer os.RemoveAll(staged)
	for _, format := range []string{"deb", "rpm", "apk"} {
		contents, err := r.contents(format, filepath.Join(staged, format), data)
		if err != nil {
			return err
		}
		if err := r.writePackage(format, arch, contents); err != nil {
			return fmt.Errorf("%s: %w", format, err)
		}
	}
	return nil
}

func (r *release) writePackage(format, arch string, contents files.Contents) (err error) {
	info := nfpm.WithDefaults(&nfpm.Info{Name: program, Arch: arch, Platform: "linux", Version: r.version,
		Section: "utils", Priority: "optional", Maintainer: r.project.maintainer(), Description: summary,
		Homepage: r.project.URL, License: "Apache-2.0", MTime: time.Unix(r.time, 0).UTC(),
		Overridables: nfpm.Overridables{Contents: contents, Umask: 0o022,
			RPM: nfpm.RPM{BuildHost: "localhost", Summary: summary}}})
	if err := nfpm.PrepareForPackager(info, format); err != nil {
		return err
	}
	packager, err := nfpm.Get(format)
	if err != nil {
		return err
	}
	out, err := os.Create(filepath.Join(r.out, r.base("linux", arch)+"."+format))
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, out.Close()) }()
	return packager.Package(info, out)
}

// contents writes the files of a package to a folder, which nfpm reads, and returns where they are installed.
func (r *release) contents(format, folder string, data []byte) (files.Contents, error) {
	var out files.Contents
	for _, f := range append([]file{{"bin/" + program, data, 0o755}}, r.common...) {
		target := installed(format, f.name)
		if target == "" {
			continue
		}
		if strings.HasSuffix(target, ".gz") {
			packed, err := gzipped(f.data)
			if err != nil {
				return nil, err
			}
			f.data = packed
		}
		source := filepath.Join(folder, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(source), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(source, f.data, 0o644); err != nil {
			return nil, err
		}
		out = append(out, &files.Content{Source: source, Destination: target, FileInfo: &files.ContentFileInfo{
			Owner: "root", Group: "root", Mode: os.FileMode(f.mode), MTime: time.Unix(r.time, 0).UTC()}})
	}
	return out, nil
}

// installed returns where a package installs a file of the archive, or "" if it does not.
func installed(format, name string) string {
	zsh := "/usr/share/zsh/site-functions/_" + program
	if format == "deb" {
		zsh = "/usr/share/zsh/vendor-completions/_" + program
	}
	folder, base := path.Split(name)
	switch {
	case folder == "bin/":
		return "/usr/bin/" + base
	case folder == "man/":
		return "/usr/share/man/man1/" + base + ".gz"
	case name == "completions/"+program+".bash":
		return "/usr/share/bash-completion/completions/" + program
	case name == "completions/"+program+".zsh":
		return zsh
	case name == "completions/"+program+".fish":
		return "/usr/share/fish/vendor_completions.d/" + base
	case folder == "completions/":
		return ""
	}
	return "/usr/share/doc/" + program + "/" + name
}

// gzipped returns compressed data, without a time and a name in its head.
func gzipped(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
