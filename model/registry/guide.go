package registry

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Section is one part of a preset's guide.
type Section struct {
	Title string
	Lines []Line
}

// Line is a text with an optional label, or a command to copy.
type Line struct {
	Label   string
	Text    string
	Command bool
}

// Guide returns what a user should know about a registry: credentials and how to create them, ways to pull without a
// pull secret (first, if they are better), how to check that an image exists, and notes.
//
// Fields are the answers so far; image has the image's {repository} below the registry and its {tag}. Either may be nil.
// Missing and invalid answers appear in commands as names in capitals.
func (p *Preset) Guide(fields, image map[string]string) []Section {
	g := newGuide(p, fields, image)
	secretless, credentials := g.secretless(), []Section{g.credentials(), g.createCredentials()}
	all := slices.Concat(credentials, []Section{secretless})
	if _, ok := p.RecommendedSecretless(g.location.Fields); ok {
		secretless.Title += " (recommended)"
		all = slices.Concat([]Section{secretless}, credentials)
	}
	var out []Section
	for _, s := range append(all, g.imageCheck(), g.notes()) {
		if len(s.Lines) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// guide expands the preset's templates for one location and image.
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
	repository := cmp.Or(image["repository"], p.DefaultRepository("server"))
	tag := cmp.Or(image["tag"], "TAG")
	name := repository
	if !location.ImpliedHost {
		name = location.Registry() + "/" + repository
	}
	return guide{p, location, map[string]string{"repository": repository, "tag": tag, "image": name + ":" + tag}}
}

func (g guide) credentials() Section {
	l := g.preset.Login
	s := Section{Title: "Credentials"}
	if l.None {
		s.addText("", "not needed")
		return s
	}
	s.addText("user name", strings.TrimSpace(l.Username+" "+l.UsernameHelp))
	s.addText("password", l.Password.Help)
	s.addText("lifetime", l.Lifetime)
	s.addCommands(g, l.Password.Command)
	return s
}

func (g guide) createCredentials() Section {
	s := Section{Title: "Create credentials"}
	for _, c := range g.preset.Login.Credentials {
		label := c.What
		if c.How != "" {
			s.addText(label, c.How)
			label = ""
		}
		s.addText(label, "lifetime: "+c.Lifetime)
		s.addCommands(g, c.Commands...)
	}
	return s
}

func (g guide) secretless() Section {
	s := Section{Title: "Without a pull secret"}
	for _, way := range g.preset.SecretlessFor(g.location.Fields) {
		s.addText(way.Where, way.How)
		for _, condition := range way.Conditions {
			s.addText("", condition)
		}
		s.addCommands(g, way.Commands...)
		s.addCommands(g, way.Check...)
	}
	return s
}

func (g guide) imageCheck() Section {
	s := Section{Title: "Check that an image exists"}
	s.addCommands(g, g.preset.ImageCheck...)
	return s
}

func (g guide) notes() Section {
	s := Section{Title: "Notes"}
	for _, note := range g.preset.NotesFor(g.location.Fields) {
		s.addText("", note.Text)
	}
	return s
}

// addText adds a line unless text is empty.
func (s *Section) addText(label, text string) {
	if text != "" {
		s.Lines = append(s.Lines, Line{Label: label, Text: text})
	}
}

// addCommands adds commands with their templates expanded.
func (s *Section) addCommands(g guide, commands ...string) {
	for _, c := range commands {
		if c != "" {
			s.Lines = append(s.Lines, Line{Text: g.preset.Expand(c, g.location, g.extra), Command: true})
		}
	}
}
