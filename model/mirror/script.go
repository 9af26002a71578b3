package mirror

import (
	"bytes"
	"embed"
	"errors"
	"slices"
	"strings"
	"sync"
	"text/template"

	"conductor-registry/model/image"
	"conductor-registry/model/registry"
	"conductor-registry/model/shell"
)

// Programs returns the other programs that a script can copy with. Each keeps digests.
func Programs() []string { return []string{"crane", "regctl", "skopeo", "docker"} }

// Script is a script that copies images with another program.
type Script struct {
	Program  string // one of Programs
	Images   []Image
	Platform string // the only one to copy, such as linux/arm64; "" for all
	Login    string // how to log in to the sources; "" if nothing is known
}

//go:embed scripts/*.sh.tmpl
var scripts embed.FS

var templates = sync.OnceValues(func() (*template.Template, error) {
	functions := template.FuncMap{"quote": shell.Quote, "line": oneLine, "bare": withoutTag}
	return template.New("").Delims("<%", "%>").Funcs(functions).ParseFS(scripts, "scripts/*.sh.tmpl")
})

// Text returns the script, for bash 3.2 and later. It stops at the first copy that fails or has another digest. The
// error says why a program cannot do it.
func (s Script) Text() (string, error) {
	if s.Program == "docker" && s.Platform != "" {
		return "", errors.New("docker buildx imagetools copies all platforms\nhint: use crane, regctl or skopeo for one")
	}
	all, err := templates()
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = all.ExecuteTemplate(&out, s.Program+".sh.tmpl", s)
	return out.String(), err
}

// Logins returns the commands that log in to the targets, each once.
func (s Script) Logins() []string { return PushOf(s.Images).Login }

// Before returns what must exist first, each once.
func (s Script) Before() []registry.Requirement { return PushOf(s.Images).Before }

// OS returns the operating system of the platform.
func (s Script) OS() string { return part(s.Platform, 0) }

// Architecture returns the architecture of the platform.
func (s Script) Architecture() string { return part(s.Platform, 1) }

// Variant returns the variant of the platform; "" for none.
func (s Script) Variant() string { return part(s.Platform, 2) }

func part(platform string, at int) string {
	if parts := strings.Split(platform, "/"); at < len(parts) {
		return parts[at]
	}
	return ""
}

// PushOf returns what pushing all images needs, each thing once.
func PushOf(list []Image) registry.Push {
	var out registry.Push
	add := func(to *[]registry.Requirement, requirements []registry.Requirement) {
		for _, r := range requirements {
			isKnown := func(other registry.Requirement) bool {
				return other.What == r.What && slices.Equal(other.Commands, r.Commands)
			}
			if !slices.ContainsFunc(*to, isKnown) {
				*to = append(*to, r)
			}
		}
	}
	for _, i := range list {
		for _, command := range i.Push.Login {
			if !slices.Contains(out.Login, command) {
				out.Login = append(out.Login, command)
			}
		}
		if out.Access == "" {
			out.Access = i.Push.Access
		}
		add(&out.Before, i.Push.Before)
		add(&out.After, i.Push.After)
	}
	return out
}

// oneLine returns a text for a comment.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// withoutTag returns a reference by its digest alone, where it has one.
func withoutTag(ref string) string {
	r, err := image.Parse(ref)
	if err != nil || r.Digest == "" {
		return ref
	}
	return r.Host + "/" + r.Repository + "@" + r.Digest
}
