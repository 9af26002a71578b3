package main

import (
	_ "embed"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
)

//go:embed goreleaser.yaml.tmpl
var goreleaserTemplate string

// writeGoreleaser writes the configuration of goreleaser. What needs a public home is left out while there is none.
func writeGoreleaser(name string, p project) error {
	t, err := template.New("").Delims("[[", "]]").Funcs(template.FuncMap{"quote": strconv.Quote}).Parse(goreleaserTemplate)
	if err != nil {
		return err
	}
	address, err := url.Parse(p.URL)
	if err != nil {
		return err
	}
	owner, _, _ := strings.Cut(strings.Trim(address.Path, "/"), "/")
	var text strings.Builder
	data := struct {
		project
		Owner, Maintainer, Summary string
	}{p, owner, p.maintainer(), summary}
	if err := t.Execute(&text, data); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text.String()), 0o644)
}

// writeCommon writes the files that every archive contains, besides the program, to a folder for goreleaser.
func writeCommon(root, folder string) error {
	host := filepath.Join(folder, program)
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := buildHost(root, host); err != nil {
		return err
	}
	files, err := commonFiles(root, host)
	if err != nil {
		return err
	}
	for _, f := range files {
		name := filepath.Join(folder, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.data, 0o644); err != nil {
			return err
		}
	}
	return os.Remove(host)
}
