package main

import (
	"embed"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

//go:embed manifests
var manifests embed.FS

// archive is a platform's archive, as the manifests of package managers describe it.
type archive struct {
	System, Arch, Base, Program, URL, Sum string
}

// writeManifests writes the manifests for krew, Homebrew and Scoop. They name addresses of the archives, so that there are
// none while the project has no URL.
func (r *release) writeManifests(chosen []string) error {
	if r.project.URL == "" {
		return nil
	}
	data := struct {
		Version, URL, Summary string
		Archives              []archive
	}{r.version, r.project.URL, summary, nil}
	for _, platform := range chosen {
		system, arch, _ := strings.Cut(platform, "/")
		a := archive{System: system, Arch: arch, Base: r.base(system, arch), Program: program}
		name := a.Base + ".tar.gz"
		if system == "windows" {
			name, a.Program = a.Base+".zip", program+".exe"
		}
		a.URL = r.project.URL + "/releases/download/v" + r.version + "/" + name
		var err error
		if a.Sum, err = checksum(filepath.Join(r.out, name)); err != nil {
			return err
		}
		data.Archives = append(data.Archives, a)
	}
	templates, err := template.ParseFS(manifests, "manifests/*.tmpl")
	if err != nil {
		return err
	}
	folder := filepath.Join(r.out, "manifests")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, t := range templates.Templates() {
		var text strings.Builder
		if err := t.Execute(&text, data); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, strings.TrimSuffix(t.Name(), ".tmpl")), []byte(text.String()), 0o644); err != nil {
			return err
		}
	}
	return nil
}
