package cli

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model"
	"conductor-registry/presets/presetstest"
)

const docs = "../../../docs/"

// generatedPages returns the folders of docs that tests write from the data: their pages are not run again.
func generatedPages() []string { return []string{"commands", "registries", "charts", "causes", "lint"} }

// TestReferencePages holds docs/commands, docs/man, docs/registries, docs/charts and docs/causes to the program and its
// data. A page that is missing, stale or of something that no longer exists fails.
func TestReferencePages(t *testing.T) {
	catalog := presetstest.Catalog(t)
	t.Run("commands", func(t *testing.T) { checkCommandPages(t, catalog) })
	t.Run("registries", func(t *testing.T) { checkRegistryPages(t, catalog) })
	t.Run("charts", func(t *testing.T) { checkChartPages(t, catalog) })
	t.Run("causes", func(t *testing.T) { checkCausePages(t) })
}

// page is a page in Markdown that is being written.
type page struct{ bytes.Buffer }

func (p *page) printf(format string, args ...any) { fmt.Fprintf(&p.Buffer, format, args...) }

// heading starts a section.
func (p *page) heading(title string) { p.printf("\n## %s\n\n", title) }

// block writes a fenced block, without the blank lines around the text.
func (p *page) block(language, text string) {
	p.printf("```%s\n%s\n```\n", language, strings.Trim(text, "\n"))
}

// text returns the page without blank lines that follow each other.
func (p *page) text() []byte {
	return regexp.MustCompile("\n\n\n+").ReplaceAll(p.Bytes(), []byte("\n\n"))
}

// table writes a table with the columns of its head, "a | b"; nothing when there are no rows.
func (p *page) table(head string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	p.printf("| %s |\n|%s\n", head, strings.Repeat("---|", strings.Count(head, " | ")+1))
	for _, row := range rows {
		p.printf("| %s |\n", strings.Join(model.Map(row, cell), " | "))
	}
}

// cell returns a text for a cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", "<br>").Replace(text)
}

// prose returns a text of the data for Markdown: no character of it is markup.
func prose(text string) string {
	return strings.NewReplacer("<", `\<`, "*", `\*`, "_", `\_`, "`", "\\`").Replace(text)
}

// sentence returns a text with a full stop, and with a capital unless it begins with a name such as a key.
func sentence(text string) string {
	text = strings.TrimSuffix(text, ".")
	first, _, _ := strings.Cut(text, " ")
	switch {
	case text == "":
		return ""
	case strings.Trim(first, "abcdefghijklmnopqrstuvwxyz,") != "":
		return text + "."
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// code returns words as code, separated by commas.
func code(words ...string) string {
	return strings.Join(model.Map(words, func(w string) string { return "`" + w + "`" }), ", ")
}

// yesOf returns yes for true and nothing for false, for a column.
func yesOf(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// index writes the README of a folder: a title, an introduction and a table with a link to each page.
func index(folder *golden.Folder, title, introduction, head string, rows [][]string) {
	var p page
	p.printf("# %s\n\n%s\n\n", title, introduction)
	p.table(head, rows)
	folder.Check("README.md", p.text())
}
