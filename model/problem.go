// Package model is the core of conductor-registry: what a person decided, what follows from it, and what a chart makes
// of it. It and the packages below it are pure: no terminals, files, flags, clocks or environment variables.
package model

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Severity is the severity of a Problem.
type Severity string

// The severities, worst first. An error prevents something from working; a warning works today and may not tomorrow; an
// info is worth knowing.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Problem is one thing that is wrong or worth knowing, as the wizard, the text output and JSON show it.
type Problem struct {
	Rule     string   `json:"rule"`           // stable id, such as image-unparsable
	Severity Severity `json:"severity"`       //
	File     string   `json:"file,omitempty"` // as the user named it; "-" is standard input
	Line     int      `json:"line,omitempty"` // from 1; 0 is unknown
	Path     string   `json:"path,omitempty"` // dotted key path, such as global.image.pullSecrets
	Summary  string   `json:"summary"`        // what is wrong, one sentence without a full stop
	Why      string   `json:"why,omitempty"`  // what it leads to
	Fix      string   `json:"fix,omitempty"`  // how to fix it, as something to type where possible
}

// String returns the problem on one line: where, what, how to fix it.
func (p Problem) String() string {
	text := p.Place() + p.Statement()
	if p.Fix != "" {
		text += "; " + p.Fix
	}
	return text
}

// Place returns "FILE:LINE: ", the form that editors understand; "" for a problem without a file.
func (p Problem) Place() string {
	name := p.File
	if name == "-" {
		name = "standard input"
	}
	switch {
	case name == "":
		return ""
	case p.Line == 0:
		return name + ": "
	}
	return fmt.Sprintf("%s:%d: ", name, p.Line)
}

// Statement returns the summary, behind the key path if the summary does not name it.
func (p Problem) Statement() string {
	if p.Path == "" || names(p.Summary, p.Path) {
		return p.Summary
	}
	return p.Path + ": " + p.Summary
}

// names reports whether a text contains a key path as a whole, and not only as a part of a longer path or word.
func names(text, path string) bool {
	for rest := text; ; {
		before, after, found := strings.Cut(rest, path)
		if !found {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(text[:len(text)-len(rest)+len(before)])
		next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(after, "."))
		if !isPathRune(last) && last != '.' && !isPathRune(next) {
			return true
		}
		rest = after
	}
}

func isPathRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-[/", r)
}

// Problems is a list of problems, and an error.
type Problems []Problem

// Error returns the problems, one on each line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Unique returns the problems without repetitions, in their order.
func (ps Problems) Unique() Problems {
	var out Problems
	seen := map[Problem]bool{}
	for _, p := range ps {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out
}

// Errors returns the problems of severity error.
func (ps Problems) Errors() Problems {
	var out Problems
	for _, p := range ps {
		if p.Severity == Error {
			out = append(out, p)
		}
	}
	return out
}
