package secret

import (
	"fmt"
	"slices"
	"strings"
)

// view is what a script is made from: the request with all that follows from it.
type view struct {
	Request
	Logins     []loginView
	Fragment   bool       // prints values for Helm instead of calling kubectl
	Impossible string     // why no script can do it; "" is the usual case
	Pipe       string     // the line that hands a fragment to Helm
	Programs   []string   // that must be there besides those of every system
	Variables  []variable // that the script reads, their names padded to one width
	Missing    string     // "REGISTRY_USERNAME, REGISTRY_PASSWORD": what to set where there is no terminal
	Locals     string     // the shell variables that come to hold a password
	Names      bool       // takes a user name from outside
	Hides      bool       // asks for a password, so without echo
	Literal    bool       // some text in single quotes looks like an expansion or a quote
}

// variable is one environment variable of the script and what it is for.
type variable struct{ Name, Help string }

func newView(r Request) view {
	v := view{Request: r, Pipe: pipeToHelm(r)}
	v.Fragment = r.Method == ImageCredentials || r.Method == CustomImagePullSecrets
	v.Namespace = namespace(r)
	locals := []string{"answer", "quoted_password", "entries"}
	if !v.Fragment {
		locals = []string{"answer", "auth", "auths", "secret"}
		v.Programs = []string{"kubectl"}
		v.Variables = []variable{{"NAMESPACE", "where to, if not " + oneLine(v.Namespace)}}
	}
	if n := len(r.Logins); r.Method == ImageCredentials && n != 1 {
		v.Impossible = fmt.Sprintf("imageCredentials holds one registry, not %d; "+
			"use customImagePullSecrets, or a secret made with kubectl", n)
	}
	asked, texts := []string{}, v.Pipe
	for _, l := range r.Logins {
		l.Anonymous = l.Anonymous && r.Method != ImageCredentials // the chart always writes that login
		lv, err := newLoginView(l)
		if err != nil {
			v.Impossible = err.Error()
		}
		vs, as := lv.variables(len(r.Logins) > 1)
		v.Logins, v.Variables, asked = append(v.Logins, lv), append(v.Variables, vs...), append(asked, as...)
		locals = append(locals, lv.Password)
		if p := lv.program(); p != "" && !slices.Contains(v.Programs, p) {
			v.Programs = append(v.Programs, p)
		}
		v.Names = v.Names || !lv.fixed()
		v.Hides = v.Hides || lv.prompts()
		texts += l.Username + l.UsernameHelp + l.PasswordHelp + l.Title + l.Command
	}
	v.Missing, v.Locals = strings.Join(asked, ", "), strings.Join(locals, " ")
	v.Literal = strings.ContainsAny(texts, "$`\\")
	pad(v.Variables)
	return v
}

// pad makes the names equally wide.
func pad(vs []variable) {
	width := 0
	for _, x := range vs {
		width = max(width, len(x.Name))
	}
	for i := range vs {
		vs[i].Name = fmt.Sprintf("%-*s", width, vs[i].Name)
	}
}
