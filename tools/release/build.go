package main

import (
	"bytes"
	"debug/buildinfo"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// build compiles the program for a platform. Go records the commit in it, and the version where the commit has a tag.
func build(root, to, system, arch string) error {
	cmd := exec.Command("go", "build", "-C", root, "-trimpath", "-buildvcs=auto",
		"-ldflags", "-s -w -buildid=", "-o", to, "./cmd/"+program)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+arch)
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// buildHost compiles the program for this machine, which runs it.
func buildHost(root, to string) error { return build(root, to, runtime.GOOS, runtime.GOARCH) }

// commitTime returns SOURCE_DATE_EPOCH, or the time of the commit; 0 outside of a git repository. In seconds since 1970.
func commitTime(root string) (int64, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		out, err := exec.Command("git", "-C", root, "log", "-1", "--format=%ct").Output()
		if err != nil {
			return 0, nil
		}
		text = strings.TrimSpace(string(out))
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("SOURCE_DATE_EPOCH %q: %w", text, err)
	}
	return seconds, nil
}

// commonFiles returns the files that every archive contains. Host is the program for this machine.
func commonFiles(root, host string) ([]file, error) {
	pages, err := filepath.Glob(filepath.Join(root, "docs", "man", "*.1"))
	if err != nil {
		return nil, err
	}
	out, err := filesOf("man", pages)
	if err != nil {
		return nil, err
	}
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

// filesOf returns files from the disk, in a folder of the archive.
func filesOf(folder string, names []string) (out []file, err error) {
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, file{folder + "/" + filepath.Base(name), data, 0o644})
	}
	return out, nil
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
