// Command release builds the archives of a release into a folder: a binary for each platform with the licences,
// completions and a list of all linked modules, a Helm plugin for each platform, and checksums. The same commit gives the
// same bytes: archives contain no times, owners or paths of the machine.
package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

const program = "conductor-registry"

// platforms are those of a release, as GOOS/GOARCH.
const platforms = "linux/amd64,linux/arm64,darwin/amd64,darwin/arm64,windows/amd64,windows/arm64"

func main() {
	root := flag.String("root", "..", "folder of the repository")
	out := flag.String("out", "dist", "folder for the archives, relative to the repository")
	version := flag.String("version", "0.0.0", "version of the release, as in 1.2.3")
	chosen := flag.String("platforms", platforms, "platforms, separated by commas")
	flag.Parse()
	if err := release(*root, *out, *version, strings.Split(*chosen, ",")); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// release builds all archives and their checksums.
func release(root, out, version string, chosen []string) error {
	if !filepath.IsAbs(out) {
		out = filepath.Join(root, out)
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(out, "helm"), 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	host := filepath.Join(work, "host")
	if err := build(root, host, runtime.GOOS, runtime.GOARCH); err != nil {
		return err
	}
	common, err := commonFiles(root, host)
	if err != nil {
		return err
	}
	for _, platform := range chosen {
		system, arch, _ := strings.Cut(platform, "/")
		if err := pack(root, out, filepath.Join(work, "bin"), version, system, arch, common); err != nil {
			return fmt.Errorf("%s: %w", platform, err)
		}
	}
	return writeChecksums(out)
}

// build compiles the program for a platform.
func build(root, to, system, arch string) error {
	cmd := exec.Command("go", "build", "-C", root, "-trimpath", "-buildvcs=false",
		"-ldflags", "-s -w -buildid=", "-o", to, "./cmd/"+program)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+arch)
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// commonFiles returns the files that every archive contains. Host is the program for this machine.
func commonFiles(root, host string) ([]file, error) {
	var out []file
	for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return nil, err
		}
		out = append(out, file{name, data, 0o644})
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		data, err := exec.Command(host, "completion", shell).Output()
		if err != nil {
			return nil, fmt.Errorf("completion %s: %w", shell, err)
		}
		out = append(out, file{"completions/" + program + "." + shell, data, 0o644})
	}
	licenses, err := licenseFiles(root, host)
	return append(out, licenses...), err
}

// licenseFiles returns the list of the modules that are linked into a binary, and their licences.
func licenseFiles(root, binary string) ([]file, error) {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	var out []file
	var list bytes.Buffer
	fmt.Fprintf(&list, "Modules that are linked into %s. Their licences are in this folder.\n\n", program)
	for _, module := range info.Deps {
		fmt.Fprintf(&list, "%s %s\n", module.Path, module.Version)
		cmd := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module.Path)
		cmd.Dir = root
		folder, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", module.Path, err)
		}
		texts, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(folder)), "[LC][IO][CP][EY]*"))
		if err != nil || len(texts) == 0 {
			return nil, fmt.Errorf("%s has no licence file", module.Path)
		}
		for _, text := range texts {
			data, err := os.ReadFile(text)
			if err != nil {
				return nil, err
			}
			name := strings.ReplaceAll(module.Path, "/", "_") + "_" + filepath.Base(text)
			out = append(out, file{"licenses/" + name, data, 0o644})
			if module.Path == "github.com/spf13/cobra" { // under the same licence as this program
				out = append(out, file{"licenses/Apache-2.0.txt", data, 0o644})
			}
		}
	}
	out = append(out, file{"licenses/MODULES.txt", list.Bytes(), 0o644})
	slices.SortFunc(out, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return out, nil
}

// pack writes the archive and the Helm plugin of a platform.
func pack(root, out, binary, version, system, arch string, common []file) error {
	if err := build(root, binary, system, arch); err != nil {
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
	base := fmt.Sprintf("%s-%s-%s-%s", program, version, system, arch)
	files := append([]file{{name, data, 0o755}}, common...)
	if system == "windows" {
		err = writeZip(filepath.Join(out, base+".zip"), base, files)
	} else {
		err = writeTar(filepath.Join(out, base+".tar.gz"), base, files)
	}
	if err != nil {
		return err
	}
	plugin, err := os.ReadFile(filepath.Join(root, "tools", "release", "plugin.yaml"))
	if err != nil {
		return err
	}
	text := strings.NewReplacer("VERSION", version, "PROGRAM", name).Replace(string(plugin))
	files = append([]file{{"plugin.yaml", []byte(text), 0o644}, {"bin/" + name, data, 0o755},
		{"plugin.complete", []byte(completeScript), 0o755}}, common...)
	return writeTar(filepath.Join(out, "helm", base+".tgz"), program, files) // helm 4 takes the folder's name from the file's
}

// completeScript completes "helm conductor-registry …", as Helm asks its plugins to.
const completeScript = `#!/bin/sh
exec "$HELM_PLUGIN_DIR/bin/conductor-registry" __complete "$@"
`

// writeChecksums writes the SHA-256 of each archive, in the form of sha256sum.
func writeChecksums(out string) error {
	var text bytes.Buffer
	for _, pattern := range []string{"*.*", "helm/*"} {
		names, err := filepath.Glob(filepath.Join(out, filepath.FromSlash(pattern)))
		if err != nil {
			return err
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			relative, _ := filepath.Rel(out, name)
			fmt.Fprintf(&text, "%x  %s\n", sha256.Sum256(data), filepath.ToSlash(relative))
		}
	}
	return os.WriteFile(filepath.Join(out, "checksums.txt"), text.Bytes(), 0o644)
}
