// Command release builds what a release consists of into a folder: for each platform an archive, a Helm plugin and a list
// of the linked modules (SBOM), Linux packages, a container image, manifests for package managers, and checksums. The same
// commit gives the same bytes: nothing contains a time but the commit's, an owner or a path of the machine. With -sign it
// signs what is in the folder, and builds nothing.
package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const program = "conductor-registry"

// platforms are those of a release, as GOOS/GOARCH.
const platforms = "linux/amd64,linux/arm64,darwin/amd64,darwin/arm64,windows/amd64,windows/arm64"

// summary says in package managers what the program is for.
const summary = "Pull secrets and images of Orkes Conductor from your own registry"

func main() {
	root := flag.String("root", "../..", "`folder` of the repository")
	out := flag.String("out", "dist", "`folder` for the files of the release, relative to the repository")
	version := flag.String("version", "0.0.0", "`version` of the release, as in 1.2.3")
	chosen := flag.String("platforms", platforms, "platforms, separated by commas")
	project := flag.String("project", "presets/project.yaml", "`file` with the project's addresses, relative to the repository")
	signOnly := flag.Bool("sign", false, "sign the folder with the key in SIGNING_KEY_FILE, and build nothing")
	goreleaser := flag.String("goreleaser", "", "only write goreleaser's configuration to this `file`")
	common := flag.String("common", "", "only write what all archives contain, besides the program, to this `folder`")
	flag.Parse()
	r := &release{root: *root, out: inFolder(*root, *out), version: *version}
	var err error
	if r.project, err = readProject(inFolder(*root, *project)); err == nil {
		switch {
		case *signOnly:
			err = sign(r.out)
		case *goreleaser != "":
			err = writeGoreleaser(inFolder(*root, *goreleaser), r.project)
		case *common != "":
			err = writeCommon(*root, inFolder(*root, *common))
		default:
			err = r.run(strings.Split(*chosen, ","))
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// inFolder returns a file name relative to the working directory.
func inFolder(folder, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(folder, name)
}

// release is what all files of a release share.
type release struct {
	root, out, version string
	project            project
	time               int64  // of the commit, in seconds
	common             []file // of every archive, without the program
	images             images
}

func (r *release) run(chosen []string) error {
	if err := r.prepare(); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	host := filepath.Join(work, "host")
	if err := buildHost(r.root, host); err != nil {
		return err
	}
	if r.common, err = commonFiles(r.root, host); err != nil {
		return err
	}
	for _, platform := range chosen {
		system, arch, _ := strings.Cut(platform, "/")
		if err := r.pack(filepath.Join(work, "bin"), system, arch); err != nil {
			return fmt.Errorf("%s: %w", platform, err)
		}
	}
	if err := r.writeImage(); err != nil {
		return err
	}
	if err := writeChecksums(r.out); err != nil {
		return err
	}
	return r.writeManifests(chosen)
}

// prepare empties the folder.
func (r *release) prepare() (err error) {
	if r.time, err = commitTime(r.root); err != nil {
		return err
	}
	if err := os.RemoveAll(r.out); err != nil {
		return err
	}
	return os.MkdirAll(filepath.Join(r.out, "helm"), 0o755)
}

// base returns the name of a platform's files, without the part that names the format.
func (r *release) base(system, arch string) string {
	return fmt.Sprintf("%s-%s-%s-%s", program, r.version, system, arch)
}

// pack writes the files of a platform.
func (r *release) pack(binary, system, arch string) error {
	if err := build(r.root, binary, system, arch); err != nil {
		return err
	}
	data, err := os.ReadFile(binary)
	if err != nil {
		return err
	}
	name := program
	if system == "windows" {
		name += ".exe"
	}
	base := r.base(system, arch)
	files := append([]file{{name, data, 0o755}}, r.common...)
	if system == "windows" {
		err = writeZip(filepath.Join(r.out, base+".zip"), base, files)
	} else {
		err = writeTar(filepath.Join(r.out, base+".tar.gz"), base, files)
	}
	if err != nil {
		return err
	}
	if err := r.writeSBOM(binary, base); err != nil {
		return err
	}
	if err := r.writePlugin(name, base, data); err != nil || system != "linux" {
		return err
	}
	if err := r.images.add(arch, data, r); err != nil {
		return err
	}
	return r.writePackages(arch, data)
}

// writePlugin writes a Helm plugin. Helm 4 takes the name of the folder in it from the file's name.
func (r *release) writePlugin(name, base string, data []byte) error {
	plugin, err := os.ReadFile(filepath.Join(r.root, "tools", "release", "plugin.yaml"))
	if err != nil {
		return err
	}
	text := strings.NewReplacer("VERSION", r.version, "PROGRAM", name).Replace(string(plugin))
	files := append([]file{{"plugin.yaml", []byte(text), 0o644}, {"bin/" + name, data, 0o755},
		{"plugin.complete", []byte(completeScript), 0o755}}, r.common...)
	return writeTar(filepath.Join(r.out, "helm", base+".tgz"), program, files)
}

// completeScript completes "helm conductor-registry …", as Helm asks its plugins to.
const completeScript = `#!/bin/sh
exec "$HELM_PLUGIN_DIR/bin/conductor-registry" __complete "$@"
`

// writeChecksums writes the SHA-256 of each file of the release, in the form of sha256sum.
func writeChecksums(out string) error {
	var text bytes.Buffer
	for _, pattern := range []string{"*.*", "helm/*"} {
		names, err := filepath.Glob(filepath.Join(out, filepath.FromSlash(pattern)))
		if err != nil {
			return err
		}
		for _, name := range names {
			sum, err := checksum(name)
			if err != nil {
				return err
			}
			relative, _ := filepath.Rel(out, name)
			fmt.Fprintf(&text, "%s  %s\n", sum, filepath.ToSlash(relative))
		}
	}
	return os.WriteFile(filepath.Join(out, "checksums.txt"), text.Bytes(), 0o644)
}

// checksum returns the SHA-256 of a file, in hexadecimal digits.
func checksum(name string) (string, error) {
	data, err := os.ReadFile(name)
	return fmt.Sprintf("%x", sha256.Sum256(data)), err
}
