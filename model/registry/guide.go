package registry

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Section is one part of what there is to know of a registry: a title and what stands below it.
type Section struct {
	Title string
	Lines []Line
}

// Line is a text, behind the words that it belongs to, or a line for the shell to copy as it is.
type Line struct {
	Label   string // "" is the usual case
	Text    string
	Command bool
}

// Guide is all that helps with a registry: how to do without a secret, the login and how to get one, whether an image
// exists, and what to mind. What is better than a secret comes before it.
//
// Fields are the answers so far, and image what is known of the image: its {repository} below the registry and its
// {tag}. Either may be nil. What is not answered, or answered wrong, stands in the commands in capitals, as in manuals.
func (p *Preset) Guide(fields, image map[string]string) []Section {
	g := newGuide(p, fields, image)
	without, login := g.secretless(), []Section{g.login(), g.credentials()}
	all := slices.Concat(login, []Section{without})
	if _, ok := p.Better(g.location.Fields); ok {
		without.Title = "without a secret, which is better where you can have it"
		all = slices.Concat([]Section{without}, login)
	}
	var out []Section
	for _, s := range append(all, g.check(), g.notes()) {
		if len(s.Lines) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// guide fills the preset's templates for one location and image.
type guide struct {
	preset   *Preset
	location Location
	extra    map[string]string
}

func newGuide(p *Preset, fields, image map[string]string) guide {
	fields = maps.Clone(fields)
	location, wrong := p.Locate(fields)
	for _, w := range wrong {
		delete(fields, w.Field)
	}
	if len(wrong) > 0 {
		location, _ = p.Locate(fields)
	}
	repository := cmp.Or(image["repository"], strings.ReplaceAll(p.Repository.Default, "{component}", "server"))
	tag := cmp.Or(image["tag"], "TAG")
	name := repository
	if !location.ImpliedHost {
		name = location.Registry() + "/" + repository
	}
	return guide{p, location, map[string]string{"repository": repository, "tag": tag, "image": name + ":" + tag}}
}

func (g guide) login() Section {
	l := g.preset.Login
	s := Section{Title: "login"}
	if l.None {
		s.say("", "none is needed")
		return s
	}
	s.say("user", strings.TrimSpace(l.Username+" "+l.UsernameHelp))
	s.say("password", l.Password.Help)
	s.say("lives", l.Lifetime)
	s.run(g, l.Password.Command)
	return s
}

func (g guide) credentials() Section {
	s := Section{Title: "how to get a login"}
	for _, c := range g.preset.Login.Credentials {
		label := c.What
		if c.How != "" {
			s.say(label, c.How)
			label = ""
		}
		s.say(label, "lives "+c.Lifetime)
		s.run(g, c.Commands...)
	}
	return s
}

func (g guide) secretless() Section {
	s := Section{Title: "without a secret"}
	for _, way := range g.preset.SecretlessFor(g.location.Fields) {
		s.say(way.Where, way.How)
		for _, condition := range way.Conditions {
			s.say("", condition)
		}
		s.run(g, way.Commands...)
		s.run(g, way.Check...)
	}
	return s
}

func (g guide) check() Section {
	s := Section{Title: "does an image exist?"}
	s.run(g, g.preset.ImageCheck...)
	return s
}

func (g guide) notes() Section {
	s := Section{Title: "to mind"}
	for _, note := range g.preset.NotesFor(g.location.Fields) {
		s.say("", note.Text)
	}
	return s
}

// say adds a text; no text, no line.
func (s *Section) say(label, text string) {
	if text != "" {
		s.Lines = append(s.Lines, Line{Label: label, Text: text})
	}
}

// run adds commands with their templates filled.
func (s *Section) run(g guide, commands ...string) {
	for _, c := range commands {
		if c != "" {
			s.Lines = append(s.Lines, Line{Text: g.preset.Expand(c, g.location, g.extra), Command: true})
		}
	}
}
