package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"debug/buildinfo"
	"encoding/binary"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/blakesmith/ar"
	"github.com/cavaliergopher/cpio"
)

// packed is one file as it was read back from an archive or package.
type packed struct {
	data []byte
	mode int64
}

// The archives for Linux and Windows have the same files: the program, man pages, completions and licences. The list of
// modules names each one that is linked, with the text of its licence.
func TestArchives(t *testing.T) {
	linux, windows := linuxArchive(t), zipFiles(t, read(t, released(t, "-windows-amd64.zip")))
	for name := range windows {
		if _, both := linux[strings.TrimSuffix(name, ".exe")]; !both {
			t.Errorf("%s is only in the archive for Windows", name)
		}
	}
	if len(linux) != len(windows) {
		t.Errorf("%d files for Linux, %d for Windows", len(linux), len(windows))
	}
	for name, f := range linux {
		if want := map[bool]int64{true: 0o755, false: 0o644}[name == program]; f.mode != want || len(f.data) == 0 {
			t.Errorf("%s has mode %o and %d bytes", name, f.mode, len(f.data))
		}
	}
	for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md", "licenses/Apache-2.0.txt", "man/" + program + ".1",
		"man/" + program + "-lint.1", "completions/" + program + ".bash", "completions/" + program + ".powershell"} {
		if _, there := linux[name]; !there {
			t.Errorf("the archive has no %s", name)
		}
	}
	info, err := buildinfo.Read(bytes.NewReader(linux[program].data))
	if err != nil {
		t.Fatal(err)
	}
	for _, module := range info.Deps {
		file := "licenses/" + strings.ReplaceAll(module.Path, "/", "_")
		if !bytes.Contains(linux["licenses/MODULES.txt"].data, []byte(module.Path+" "+module.Version)) {
			t.Errorf("MODULES.txt does not list %s %s", module.Path, module.Version)
		}
		hasText := false
		for name := range linux {
			hasText = hasText || strings.HasPrefix(name, file+"_LICENSE")
		}
		if !hasText {
			t.Errorf("there is no licence of %s", module.Path)
		}
	}
}

// Each package has the files of the archive where Linux looks for them, with the same bytes and modes, and no others.
func TestPackages(t *testing.T) {
	archive := linuxArchive(t)
	for format, readBack := range map[string]func(*testing.T, []byte) map[string]packed{
		"deb": debFiles, "rpm": rpmFiles, "apk": apkFiles} {
		found := readBack(t, read(t, released(t, "-linux-*."+format)))
		var want []string
		for name, f := range archive {
			if name == program {
				name = "bin/" + program
			}
			target := installed(format, name)
			if target == "" {
				continue
			}
			want = append(want, target)
			got := found[target]
			if strings.HasSuffix(target, ".gz") {
				got.data = gunzipped(t, got.data)
			}
			if !bytes.Equal(got.data, f.data) || got.mode != f.mode {
				t.Errorf("%s: %s has mode %o and %d bytes, want %o and %d", format, target, got.mode, len(got.data), f.mode, len(f.data))
			}
		}
		for name := range found {
			if !slices.Contains(want, name) {
				t.Errorf("%s: %s is not in the archive", format, name)
			}
		}
	}
}

// dpkg and rpm read their packages, where they are installed.
func TestPackagesWithTheirPrograms(t *testing.T) {
	for _, command := range [][]string{{"rpm", "--query", "--list", "--package", released(t, "-linux-*.rpm")},
		{"dpkg-deb", "--contents", released(t, "-linux-*.deb")}} {
		name, err := exec.LookPath(command[0])
		if err != nil {
			t.Logf("%s is not installed: it does not read its package", command[0])
			continue
		}
		out, err := exec.Command(name, command[1:]...).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "/usr/bin/"+program) {
			t.Errorf("%s: %v\n%s", command[0], err, out)
		}
	}
}

// linuxArchive returns the files of the archive for Linux, without the folder that they are in.
func linuxArchive(t *testing.T) map[string]packed {
	t.Helper()
	out := map[string]packed{}
	for name, f := range tarFiles(t, gunzipped(t, read(t, released(t, "-linux-*.tar.gz")))) {
		_, below, _ := strings.Cut(strings.TrimPrefix(name, "/"), "/")
		out[below] = f
	}
	return out
}

func zipFiles(t *testing.T, data []byte) map[string]packed {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]packed{}
	for _, f := range archive.File {
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		_, below, _ := strings.Cut(f.Name, "/")
		out[below] = packed{all(t, content), int64(f.Mode().Perm())}
	}
	return out
}

// tarFiles returns the regular files of a tar, named from the root. A tar without its end is one, too: an apk starts so.
func tarFiles(t *testing.T, data []byte) map[string]packed {
	t.Helper()
	out, archive := map[string]packed{}, tar.NewReader(bytes.NewReader(data))
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if header.Uid != 0 || header.Gid != 0 {
			t.Errorf("%s is owned by %d:%d", header.Name, header.Uid, header.Gid)
		}
		if header.Typeflag == tar.TypeReg {
			out[path.Join("/", header.Name)] = packed{all(t, archive), header.Mode & 0o777}
		}
	}
}

// debFiles returns the files that a deb installs.
func debFiles(t *testing.T, data []byte) map[string]packed {
	t.Helper()
	for archive := ar.NewReader(bytes.NewReader(data)); ; {
		header, err := archive.Next()
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(header.Name, "data.tar.gz") {
			return tarFiles(t, gunzipped(t, all(t, archive)))
		}
	}
}

// apkFiles returns the files that an apk installs: without its description, whose names begin with a dot.
func apkFiles(t *testing.T, data []byte) map[string]packed {
	t.Helper()
	out := tarFiles(t, gunzipped(t, data)) // its parts are one stream
	for name := range out {
		if strings.HasPrefix(name, "/.") {
			delete(out, name)
		}
	}
	return out
}

// rpmFiles returns the files that an rpm installs. Behind its lead of 96 bytes are two headers, the first one padded to 8
// bytes, and the files as cpio. A header has 16 bytes, which end with the number of entries (of 16 bytes) and the bytes
// of data.
func rpmFiles(t *testing.T, data []byte) map[string]packed {
	t.Helper()
	header := func(at int) int {
		if !bytes.HasPrefix(data[at:], []byte{0x8e, 0xad, 0xe8}) {
			t.Fatal("an rpm has no header where it must be")
		}
		return 16 + 16*int(binary.BigEndian.Uint32(data[at+8:])) + int(binary.BigEndian.Uint32(data[at+12:]))
	}
	at := 96 + (header(96)+7)/8*8
	at += header(at)
	out, archive := map[string]packed{}, cpio.NewReader(bytes.NewReader(gunzipped(t, data[at:])))
	for {
		f, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if f.Mode.IsRegular() {
			out[path.Join("/", f.Name)] = packed{all(t, archive), int64(f.Mode.Perm())}
		}
	}
}

func gunzipped(t *testing.T, data []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return all(t, r)
}

func all(t *testing.T, r io.Reader) []byte {
	t.Helper()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
