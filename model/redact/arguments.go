package redact

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

const (
	argument = `("[^"]*"?|'[^']*'?|[^\s"']+)`
	blank    = `(?:["']?,[ \t]*["']?|[ \t]*)` // what may be between a flag and its value
)

// What a command and its password look like; the last group is the password, of a flag its first character.
var (
	flag = regexp.MustCompile(`--?([A-Za-z][\w-]*)(?:[ =]+|["'],[ \t]*["']?)(\S)`)

	loginPassword = regexp.MustCompile(`\b(?:login|sshpass)\b.*?[ \t"',]-p` + blank + argument)
	mysqlPassword = regexp.MustCompile(`\b(?:mysql|mariadb)[\w-]*\b.*?[ \t"',]-p` + argument)
	redisPassword = regexp.MustCompile(`\bredis-cli\b.*?[ \t"',]-a` + blank + argument)
	curlPassword  = regexp.MustCompile(`\b(?:curl|wget|https?)\b.*?[ \t"',](?:-u|--user)=?` + blank +
		`["']?[^\s:"',]+:([^\s"']+)`)
	pipedPassword = regexp.MustCompile(`\b(?:echo|printf)[ \t]+(?:-\w+[ \t]+|["']?%s\S*[ \t]+)*([^|]*[^|\s])[ \t]*\|` +
		`.*--password-stdin`)
	shellPassword = regexp.MustCompile(`--password-stdin.*<<<[ \t]*` + argument)
)

// command matches a command whose password has no flag that says so.
type command struct {
	sign     string // a part of every match: searching for it is fast
	password *regexp.Regexp
}

func commands() []command {
	return []command{{"-p", loginPassword}, {"-p", mysqlPassword}, {"-a", redisPassword}, {"-u", curlPassword},
		{"-stdin", pipedPassword}, {"-stdin", shellPassword}}
}

// arguments masks the passwords of commands in a line.
func (s *scan) arguments(line span) {
	text := s.data[line.start:line.end]
	if bytes.IndexByte(text, '-') < 0 {
		return
	}
	mask := func(from, to int) {
		if !strings.HasPrefix(strings.Trim(string(text[from:to]), `"'`), "$") { // a variable of the shell
			s.mask(line.start+from, line.start+to)
		}
	}
	end := len(text) // of the first password: how it is quoted is not known
	for _, m := range flag.FindAllSubmatchIndex(text, -1) {
		if isSecretKey(string(text[m[2]:m[3]])) {
			mask(m[4], max(end, m[4]+len(word.Find(text[m[4]:]))))
			end = 0
		}
	}
	for _, command := range commands() {
		if !bytes.Contains(text, []byte(command.sign)) {
			continue
		}
		for _, m := range command.password.FindAllSubmatchIndex(text, -1) {
			mask(m[len(m)-2], m[len(m)-1])
		}
	}
}

var (
	userLogin    = regexp.MustCompile(`^[^\s:"',{}]+:([^\s"',{}]+)`)
	noUserLogin  = regexp.MustCompile(`^(?:arn|system|https?):|:\d+$`)
	tokenAtHost  = regexp.MustCompile(`^([^\s/@:"'=]+)@[\w-]+\.`)
	noTokenAtSSH = regexp.MustCompile(`^git@`)
)

// fieldRule matches the values of keys that may have a secret in them; its group is the secret.
type fieldRule struct {
	keys          []string // the last words of the keys
	match, except *regexp.Regexp
}

func fieldRules() []fieldRule {
	return []fieldRule{
		{[]string{"username"}, userLogin, noUserLogin},
		{[]string{"registry", "host", "repository", "image", "server"}, tokenAtHost, noTokenAtSSH},
	}
}

// secretPart returns where the secret is in the value of a key; false when the value has none.
func secretPart(key, value string) (part span, ok bool) {
	if !strings.ContainsAny(value, ":@") {
		return span{}, false
	}
	parts := words(key)
	for _, rule := range fieldRules() {
		if len(parts) == 0 || !slices.Contains(rule.keys, parts[len(parts)-1]) || rule.except.MatchString(value) {
			continue
		}
		if m := rule.match.FindStringSubmatchIndex(value); m != nil {
			return span{m[2], m[3]}, true
		}
	}
	return span{}, false
}
