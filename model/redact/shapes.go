package redact

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokens matches what is secret by its shape alone. Of a match with a group only the group is secret.
var tokens = regexp.MustCompile(strings.Join([]string{
	`gh[pousr]_\w{16,}`, `github_pat_\w{20,}`, `glpat-[\w-]{10,}`, `dckr_[po]at_[\w-]{10,}`, `xox[abeprs]-[\w-]{8,}`,
	`\b(?:AKIA|ASIA)[A-Z0-9]{12,}`, `\bAKCp\w{10,}`, `\bcmVmdGtu[\w+/=]{10,}`, `\beyJ[\w+/=-]{6,}(?:\.[\w+/=-]+)*`,
	`\bhv[sbr]\.[\w-]{10,}`, `\bnpm_\w{20,}`, `\bAIza[\w-]{30,}`, `\bya29\.[\w.-]+`, `\bsk-[\w-]{16,}`, `\bnvapi-[\w-]{10,}`,
	`\bSG\.[\w-]{10,}\.[\w-]{10,}`, `ENC\[[^\]\n]*\]?`, `\b[Bb]earer[ \t]+[^\s"']+`, `\b[Bb]asic[ \t]+[\w+/=-]{8,}`,
	`(?s:-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END[^\n]*|\z))`,
}, "|"))

var (
	dense     = regexp.MustCompile(`[\w+=-]{32,}`)
	base64ish = regexp.MustCompile(`[A-Za-z0-9+/_-]{12,}={0,2}`)
	digest    = regexp.MustCompile(`^@sha\d+:`)
	portOnly  = regexp.MustCompile(`^\d+(?:[\s/]|$)`)
)

// shapes masks tokens, keys, and base64 of logins.
func (s *scan) shapes() {
	for _, m := range tokens.FindAllIndex(s.data, -1) {
		s.mask(m[0], m[1])
	}
	for _, m := range dense.FindAllIndex(s.data, -1) {
		if !s.isCertain && hasAllKinds(string(s.data[m[0]:m[1]])) {
			s.mask(m[0], m[1])
		}
	}
	for _, m := range base64ish.FindAllIndex(s.data, -1) {
		if isEncodedLogin(string(s.data[m[0]:m[1]])) {
			s.mask(m[0], m[1])
		}
	}
}

func hasAllKinds(w string) bool {
	return strings.ContainsFunc(w, unicode.IsUpper) && strings.ContainsFunc(w, unicode.IsLower) &&
		strings.ContainsFunc(w, unicode.IsDigit)
}

// isEncodedLogin reports whether a word is base64 of user:password or of a docker config.
func isEncodedLogin(w string) bool {
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(w, "="))
	decoded, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil || !utf8.Valid(decoded) || strings.ContainsFunc(string(decoded), func(r rune) bool {
		return !unicode.IsPrint(r) && !unicode.IsSpace(r)
	}) {
		return false
	}
	user, password, ok := strings.Cut(string(decoded), ":")
	return ok && user != "" && password != "" || strings.Contains(string(decoded), "auths")
}

// urls masks the password of each URL in a line, and a user without a password in a web address, which is a token.
func (s *scan) urls(line span) {
	for at := line.start; ; {
		i := bytes.Index(s.data[at:line.end], []byte("://"))
		if i < 0 {
			return
		}
		isWeb := bytes.HasSuffix(s.data[at:at+i], []byte("http")) || bytes.HasSuffix(s.data[at:at+i], []byte("https"))
		at += i + len("://")
		end := line.end
		if i := bytes.Index(s.data[at:end], []byte("://")); i >= 0 {
			end = at + i
		}
		user := bytes.IndexAny(s.data[at:end], ":@/ \t")
		switch {
		case user < 0:
		case s.data[at+user] == '@' && isWeb:
			s.mask(at, at+user)
		case s.data[at+user] == ':' && portOnly.Match(s.data[at+user+1:end]): // a password of digits?
			s.beforeAt(at+user+1, at+len(word.Find(s.data[at:end])))
		case s.data[at+user] == ':':
			s.beforeAt(at+user+1, end)
		}
	}
}

// logins masks the password of user:password@host in a line. Only one at its start may have blanks in it.
func (s *scan) logins(line span) {
	text := s.data[line.start:line.end]
	if bytes.IndexByte(text, '@') < 0 {
		return
	}
	for _, m := range word.FindAllIndex(text, -1) {
		end := m[1]
		if m[0] == 0 {
			end = len(text)
		}
		colon := bytes.IndexByte(text[m[0]:m[1]], ':')
		if colon > 0 && m[0]+colon+1 < m[1] && !bytes.Contains(text[m[0]:m[1]], []byte("://")) {
			s.beforeAt(line.start+m[0]+colon+1, line.start+end)
		}
	}
}

// beforeAt masks what is before the last @ that does not begin a digest.
func (s *scan) beforeAt(start, end int) {
	for at := end; ; {
		i := bytes.LastIndexByte(s.data[start:max(start, at)], '@')
		if i < 0 {
			return
		}
		at = start + i
		if !digest.Match(s.data[at:end]) {
			s.mask(start, at)
			return
		}
	}
}
