package secret

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model/values"
)

// script is what the templates of all forms are filled with.
type script struct {
	Request
	Logins          []credentials
	Programs        []string   // that it needs
	Variables       []variable // that it reads, their names padded to one width
	Asked           string     // what to set where there is no terminal: "REGISTRY_USERNAME, REGISTRY_PASSWORD"
	HiddenVariables string     // of the shell, that come to hold a password
	AsksPassword    bool
	FromDocker      bool
	HasLiteral      bool // some text in single quotes looks like an expansion
}

// variable is one environment variable of the script.
type variable struct{ Name, Help string }

func newScript(r Request, programs []string) (script, error) {
	r.Namespaces = r.namespaces()
	s := script{Request: r, Programs: programs, FromDocker: r.fromDocker()}
	hidden := []string{"password"}
	if r.byHelm() {
		hidden = append(hidden, "text", "secret", "entries")
	} else {
		hidden = append(hidden, "auth", "auths", "entry", "secret", "secrets")
		s.Variables = []variable{{"NAMESPACE", oneLine(strings.Join(r.Namespaces, " ")) +
			" if not set; several with spaces between"}}
	}
	var asked []string
	texts := []string{r.PipeToHelm()}
	for i, l := range r.Logins {
		c, err := newCredentials(l)
		if err != nil {
			return script{}, err
		}
		c.IsOptional = l.Anonymous && r.Method != ImageCredentials && c.Prompts() // the chart always writes those credentials
		c.GeneratorName = strings.TrimSuffix(r.Name+"-"+strings.TrimSuffix(c.LowerPrefix, "_"), "-")
		c.IsLast = i == len(r.Logins)-1
		vs, names := c.variables(len(r.Logins) > 1)
		s.Logins, s.Variables, asked = append(s.Logins, c), append(s.Variables, vs...), append(asked, names...)
		if c.Prompts() {
			hidden = append(hidden, l.Prefix+"REGISTRY_PASSWORD")
			s.AsksPassword = true
		}
		if p := c.program(); p != "" && !slices.Contains(s.Programs, p) {
			s.Programs = append(s.Programs, p)
		}
		texts = append(texts, l.Username, l.UsernameHelp, l.PasswordHelp, l.Title, l.Command)
	}
	if s.FromDocker {
		s.Variables = append(s.Variables, variable{"DOCKER_CONFIG", "folder of docker's config.json, if not ~/.docker"})
	}
	s.Asked, s.HiddenVariables = strings.Join(asked, ", "), strings.Join(hidden, " ")
	s.HasLiteral = strings.ContainsAny(strings.Join(texts, ""), "$`")
	pad(s.Variables)
	return s, nil
}

// Below returns a format of printf that prints lines of YAML, with the lines below the key of the subchart.
func (s script) Below(format string) string {
	var out strings.Builder
	for i, key := range s.under() {
		out.WriteString(strings.Repeat("  ", i) + values.QuoteIfNeeded(key) + `:\n`)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(format, `\n`), `\n`) {
		out.WriteString(s.Pad() + line + `\n`)
	}
	return out.String()
}

// Pad returns how far lines below the key of the subchart are indented.
func (s script) Pad() string { return strings.Repeat("  ", len(s.under())) }

func (s script) under() []string {
	return strings.FieldsFunc(s.Under, func(r rune) bool { return r == '.' })
}

// Places returns the namespaces as people list them.
func (s script) Places() string {
	if len(s.Namespaces) > 1 {
		return "the namespaces " + strings.Join(s.Namespaces, ", ")
	}
	return "the namespace " + s.Namespaces[0]
}

// Needs returns the lines of a comment on what the generators need.
func (s script) Needs() []string {
	var lines []string
	for _, c := range s.Logins {
		lines = append(lines, c.Generator.Needs...)
	}
	return lines
}

// Generated returns the credentials that External Secrets generates.
func (s script) Generated() []credentials {
	return s.having(func(c credentials) bool { return c.Generator.Kind != "" })
}

// Stored returns the credentials that External Secrets takes from a store.
func (s script) Stored() []credentials {
	return s.having(func(c credentials) bool { return c.Generator.Kind == "" })
}

func (s script) having(has func(credentials) bool) []credentials {
	var out []credentials
	for _, c := range s.Logins {
		if has(c) {
			out = append(out, c)
		}
	}
	return out
}

// storeMinutes is how often credentials from a store are looked up again: they change when somebody changes them.
const storeMinutes = 60

// RefreshMinutes returns how often External Secrets renews the secret: as often as the shortest-lived credentials need.
func (s script) RefreshMinutes() int {
	minutes := 0
	for _, c := range s.Logins {
		every := cmp.Or(c.Generator.Minutes, storeMinutes)
		if minutes == 0 || every < minutes {
			minutes = every
		}
	}
	return minutes
}

// pad makes the names equally wide.
func pad(vs []variable) {
	width := 0
	for _, v := range vs {
		width = max(width, len(v.Name))
	}
	for i := range vs {
		vs[i].Name = fmt.Sprintf("%-*s", width, vs[i].Name)
	}
}
