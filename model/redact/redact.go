// Package redact makes text that users handed in fit to be shown: passwords, tokens and keys in it are masked, control
// characters are made visible. It changes only what is displayed, never a file.
package redact

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
)

// Mask replaces a secret.
const Mask = "******"

// Values returns a values file as it can be shown. Every secret in it is masked, wherever it occurs: by its key, by its
// place (below imageCredentials), by its shape (a token, a URL with a login), and where it occurs again. The number of
// lines does not change. Of a file that is not valid YAML, everything behind a secret key is masked to the end of the line.
func Values(data []byte) []byte { return New().Values(data) }

// Lines returns the lines of a values file as they can be shown, without their ends.
func Lines(data []byte) []string {
	lines := strings.Split(string(Values(data)), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSuffix(line, "\r")
	}
	return lines
}

// Text returns text that is not a file, such as an argument, as it can be shown: "imageCredentials.password=A,B" and
// "user:PASSWORD@host" without what is secret, to the end of the line.
func Text(text string) string {
	return New().Text(text)
}

// Pair returns two versions of a file to be compared. A secret that only one of them has is marked (old) or (new), so
// that a diff shows that it changed.
func Pair(old, updated []byte) (maskedOld, maskedNew []byte) {
	before, after := newScan(old), newScan(updated)
	before.findPlaces()
	after.findPlaces()
	before.findSecretsOf(after)
	after.findSecretsOf(before)
	return before.render(marker(after, " (old)")), after.render(marker(before, " (new)"))
}

// marker returns the mask for secrets, with a mark for those that the other version does not have.
func marker(other *scan, mark string) func(string) string {
	known := map[string]bool{}
	for _, secret := range other.masked() {
		known[secret] = true
	}
	return func(secret string) string {
		if known[secret] {
			return Mask
		}
		return Mask + mark
	}
}

// Redactor masks text about values files: it also finds the secrets of the files in other text.
type Redactor struct {
	known map[string]bool // secrets of the files
}

// New returns a Redactor that knows the secrets of the files.
func New(files ...[]byte) *Redactor {
	r := &Redactor{known: map[string]bool{}}
	for _, data := range files {
		s := newScan(data)
		s.findPlaces()
		maps.Copy(r.known, s.secrets)
	}
	return r
}

// Values does what the function Values does, for a file whose secrets the Redactor knows or not.
func (r *Redactor) Values(data []byte) []byte { return r.scan(data).render(plainMask) }

// Text does what the function Text does.
func (r *Redactor) Text(text string) string {
	s := newScan([]byte(text))
	s.shapes()
	s.text(0, len(s.data))
	maps.Copy(s.secrets, r.known)
	s.findRepeated()
	return string(s.render(plainMask))
}

// Known masks only what is secret in the files, for text that is not an argument, such as a sentence.
func (r *Redactor) Known(text string) string {
	s := newScan([]byte(text))
	maps.Copy(s.secrets, r.known)
	s.findRepeated()
	return string(s.render(plainMask))
}

// scan returns the places of all secrets in a file.
func (r *Redactor) scan(data []byte) *scan {
	s := newScan(data)
	s.findPlaces()
	maps.Copy(s.secrets, r.known)
	s.findRepeated()
	return s
}

func plainMask(string) string { return Mask }

// scan collects the places of secrets in a text.
type scan struct {
	data      []byte
	isYAML    bool
	isCertain bool       // without what is only likely to be a secret
	elements  []*element // of the YAML; none for other text
	spans     []span
	secrets   map[string]bool // what was masked, to find it again
	places    map[atKey]place
	depth     int   // how many texts it is nested in
	named     place // of the value in a pair of name and value, in text that is not parsed
	isSecret  bool  // kind: Secret was the last kind, in text that is not parsed
}

// span is a range of bytes.
type span struct{ start, end int }

func newScan(data []byte) *scan {
	return &scan{data: toUTF8(data), secrets: map[string]bool{}, places: map[atKey]place{}}
}

// inner returns a scan of a text inside this one, such as a decoded value.
func (s *scan) inner(text string) *scan {
	inner := newScan([]byte(text))
	inner.isCertain, inner.depth = s.isCertain, s.depth+1
	return inner
}

// findSecretsOf finds again what is secret here or in another text.
func (s *scan) findSecretsOf(other *scan) {
	maps.Copy(s.secrets, other.secrets)
	s.findRepeated()
}

// mask masks a range, line by line, and remembers what is in it.
func (s *scan) mask(start, end int) {
	for _, line := range splitLines(s.data, start, end) {
		s.spans = append(s.spans, line)
		s.remember(string(s.data[line.start:line.end]))
	}
}

// merged returns the ranges of secrets in their order, without overlaps.
func (s *scan) merged() []span {
	slices.SortFunc(s.spans, func(a, b span) int { return a.start - b.start })
	var out []span
	for _, next := range s.spans {
		if last := len(out) - 1; last >= 0 && next.start <= out[last].end {
			out[last].end = max(out[last].end, next.end)
			continue
		}
		out = append(out, next)
	}
	s.spans = out
	return out
}

func (s *scan) masked() []string {
	return model.Map(s.merged(), func(at span) string { return string(s.data[at.start:at.end]) })
}

// render returns the text with masks.
func (s *scan) render(mask func(secret string) string) []byte {
	var out bytes.Buffer
	done := 0
	for _, at := range s.merged() {
		out.Write(s.data[done:at.start])
		out.WriteString(mask(string(s.data[at.start:at.end])))
		done = at.end
	}
	out.Write(s.data[done:])
	return out.Bytes()
}

// splitLines returns the part of each line in a range that is not blank.
func splitLines(data []byte, start, end int) []span {
	var out []span
	for start < end {
		next := end
		if i := bytes.IndexByte(data[start:end], '\n'); i >= 0 {
			next = start + i + 1
		}
		line := data[start:next]
		from := start + len(line) - len(bytes.TrimLeft(line, " \t\r\n"))
		if to := start + len(bytes.TrimRight(line, " \t\r\n")); from < to {
			out = append(out, span{from, to})
		}
		start = next
	}
	return out
}
