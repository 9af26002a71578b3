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
	End        ending     // what becomes of the secret
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
	Docker     bool       // takes the logins from docker's configuration
}

// variable is one environment variable of the script and what it is for.
type variable struct{ Name, Help string }

func newView(r Request, end ending) view {
	v := view{Request: r, End: end, Pipe: pipeToHelm(r), Fragment: r.byHelm()}
	locals := []string{"answer", "quoted_password", "entries"}
	if !v.Fragment {
		locals = append([]string{"answer", "auth", "auths", "secret"}, end.locals...)
		v.Programs = append([]string{"kubectl"}, end.programs...)
		v.Variables = []variable{{"NAMESPACE", "where to, if not " + oneLine(strings.Join(r.namespaces(), " ")) +
			"; several with blanks between"}}
	}
	v.Impossible = impossible(r)
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
		v.Docker = v.Docker || l.From == DockerConfig
		texts += l.Username + l.UsernameHelp + l.PasswordHelp + l.Title + l.Command
	}
	if v.Docker {
		v.Variables = append(v.Variables, variable{"DOCKER_CONFIG", "folder of docker's config.json, if not ~/.docker"})
	}
	v.Missing, v.Locals = strings.Join(asked, ", "), strings.Join(locals, " ")
	v.Literal = v.Docker || strings.ContainsAny(texts, "$`\\")
	pad(v.Variables)
	return v
}

// impossible is why no script can do it; "" is the usual case.
func impossible(r Request) string {
	if n := len(r.Logins); r.Method == ImageCredentials && n != 1 {
		return fmt.Sprintf("imageCredentials holds one registry, not %d; "+
			"use customImagePullSecrets, or a secret made with kubectl", n)
	}
	if n := len(r.namespaces()); r.byHelm() && n > 1 {
		return fmt.Sprintf("with the method %s Helm makes the secret, in the release's own namespace and not in %d; "+
			"use a secret made with kubectl", r.Method, n)
	}
	return ""
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
