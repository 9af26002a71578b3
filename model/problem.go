// Package model is the core of conductor-registry: what a person decided, what follows from it, and what a chart
// makes of it. Nothing below it knows terminals, files, flags, clocks or the environment.
package model

import (
	"fmt"
	"strings"
)

// Severity says how bad a Problem is.
type Severity string

// The severities, worst first. An error keeps something from working; a warning works today and may not tomorrow;
// an info is worth knowing.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Problem is one thing that is wrong or worth knowing. Every view (wizard, text, JSON) speaks it.
type Problem struct {
	Rule     string   `json:"rule"`           // stable id, such as image-unparsable
	Severity Severity `json:"severity"`       //
	File     string   `json:"file,omitempty"` // as the user named it; "-" is standard input
	Line     int      `json:"line,omitempty"` // 1-based; 0 is unknown
	Path     string   `json:"path,omitempty"` // dotted key path, such as global.image.pullSecrets
	Summary  string   `json:"summary"`        // what is wrong, one sentence without a full stop
	Why      string   `json:"why,omitempty"`  // what it leads to
	Fix      string   `json:"fix,omitempty"`  // how to mend it
}

// String is the problem on one line: where, what, how to mend it.
func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File + ":")
		if p.Line > 0 {
			fmt.Fprintf(&b, "%d:", p.Line)
		}
		b.WriteString(" ")
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Summary)
	if p.Fix != "" {
		b.WriteString("; " + p.Fix)
	}
	return b.String()
}

// Problems is a list of problems that can travel as an error.
type Problems []Problem

// Error lists the problems, one a line.
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
