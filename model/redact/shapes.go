package redact

import (
	"bytes"
	"encoding/base64"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// shape describes text that is a secret by its form, wherever it stands. If the pattern has a group, only the group is
// the secret.
type shape struct {
	match    *regexp.Regexp
	sign     string                  // a part of every match: searching for it is fast
	accepts  func(match string) bool // nil for all
	isLikely bool                    // it may be something else
}

// shapes returns the tokens and keys that begin in a known way, and logins.
var shapes = sync.OnceValue(func() []shape {
	return append(tokens(
		"gh", `gh[pousr]_\w{16,}`, "github_pat_", `github_pat_\w{20,}`, "glpat-", `glpat-[\w-]{10,}`,
		"dckr_", `dckr_[po]at_[\w-]{10,}`, "xox", `xox[abeprs]-[\w-]{8,}`, "AKIA", `\bAKIA[A-Z0-9]{12,}`,
		"ASIA", `\bASIA[A-Z0-9]{12,}`, "AKCp", `\bAKCp\w{10,}`, "cmVmdGtu", `\bcmVmdGtu[\w+/=]{10,}`,
		"eyJ", `\beyJ[\w+/=-]{6,}(?:\.[\w+/=-]+)*`, "hv", `\bhv[sbr]\.[\w-]{10,}`, "npm_", `\bnpm_\w{20,}`,
		"AIza", `\bAIza[\w-]{30,}`, "ya29.", `\bya29\.[\w.-]+`, "sk-", `\bsk-[\w-]{16,}`, "nvapi-", `\bnvapi-[\w-]{10,}`,
		"SG.", `\bSG\.[\w-]{10,}\.[\w-]{10,}`, "ENC[", `ENC\[[^\]\n]*\]?`, "earer", `\b[Bb]earer[ \t]+[^\s"']+`,
		"asic", `\b[Bb]asic[ \t]+[\w+/=-]{8,}`,
		"PRIVATE KEY", `(?s:-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END[^\n]*|\z))`,
	), []shape{
		{match: regexp.MustCompile(`[\w+=-]{32,}`), accepts: hasAllKinds, isLikely: true},
		{match: regexp.MustCompile(`([\w.-]{12,})@[\w-]+\.`), sign: "@", accepts: hasAllKinds, isLikely: true}, // of a registry
		{match: regexp.MustCompile(`[?&]sig=([^&\s"']+)`), sign: "sig="},                                       // of Azure
		{match: regexp.MustCompile(`jdbc:oracle:\w+:\w+/([^\s/@]+)@`), sign: "oracle:"},
		{match: regexp.MustCompile(`(?m)(?:^|[\s"'=])\w+/([^\s/@"']+)@[A-Za-z]`), sign: "@", accepts: isOraclePassword},
	}...)
})

// tokens returns the shapes of pairs of a sign and a pattern.
func tokens(pairs ...string) []shape {
	var out []shape
	for pair := range slices.Chunk(pairs, 2) {
		out = append(out, shape{sign: pair[0], match: regexp.MustCompile(pair[1])})
	}
	return out
}

var (
	base64ish = regexp.MustCompile(`[A-Za-z0-9+/_-]{12,}={0,2}`)
	percent   = regexp.MustCompile(`[^\s"'{},=]*%(?:3[aA]|40)[^\s"'{},]*`)
	digest    = regexp.MustCompile(`^@sha\d+:`)
	portOnly  = regexp.MustCompile(`^\d+(?:[\s/]|$)`)
)

// shapes masks tokens, keys, and encoded logins.
func (s *scan) shapes() {
	for _, shape := range shapes() {
		if shape.isLikely && s.isCertain || !bytes.Contains(s.data, []byte(shape.sign)) {
			continue
		}
		for _, m := range shape.match.FindAllSubmatchIndex(s.data, -1) {
			start, end := m[len(m)-2], m[len(m)-1]
			if shape.accepts == nil || shape.accepts(string(s.data[start:end])) {
				s.mask(start, end)
			}
		}
	}
	for _, m := range base64ish.FindAllIndex(s.data, -1) {
		if login, ok := encodedLogin(string(s.data[m[0]:m[1]])); ok {
			s.mask(m[0], m[1])
			s.isSecretInside(login)
			_, password, _ := strings.Cut(login, ":")
			s.remember(password)
		}
	}
	if bytes.IndexByte(s.data, '%') < 0 {
		return
	}
	for _, m := range percent.FindAllIndex(s.data, -1) {
		if plain, err := url.PathUnescape(string(s.data[m[0]:m[1]])); err == nil && s.isSecretInside(plain) {
			s.mask(m[0], m[1])
		}
	}
}

// isSecretInside reports whether a decoded text has a secret in it, and remembers it.
func (s *scan) isSecretInside(plain string) bool {
	if s.depth >= maxDepth {
		return false
	}
	inner := s.inner(plain)
	inner.findPlaces()
	maps.Copy(s.secrets, inner.secrets)
	return len(inner.spans) > 0
}

func hasAllKinds(w string) bool {
	return strings.ContainsFunc(w, unicode.IsUpper) && strings.ContainsFunc(w, unicode.IsLower) &&
		strings.ContainsFunc(w, unicode.IsDigit)
}

// isOraclePassword reports whether the second part of a/b@c is a password and not the name of an image.
func isOraclePassword(w string) bool {
	return isRandom(w) && (strings.ToLower(w) != w || strings.ContainsAny(w, "$#!%^&*+"))
}

// encodedLogin returns user:password or a docker config of which a word is base64.
func encodedLogin(w string) (login string, ok bool) {
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(w, "="))
	decoded, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil || !utf8.Valid(decoded) || strings.ContainsFunc(string(decoded), func(r rune) bool {
		return !unicode.IsPrint(r) && !unicode.IsSpace(r)
	}) {
		return "", false
	}
	user, password, ok := strings.Cut(string(decoded), ":")
	return string(decoded), ok && user != "" && password != "" || strings.Contains(string(decoded), "auths")
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
