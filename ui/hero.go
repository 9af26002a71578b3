package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/model/redact"
	"conductor-registry/ui/session"
)

// hero draws the image of each component, for all environments, or for as many as fit, the one with the focus first. The
// rule below says what helm and the registry reported.
func (s scene) hero(width int) []string {
	shown := s.plan.Environments
	if room := max(1, s.height/6/len(s.first.Profile.Components)); len(shown) > room {
		shown = s.ordered(s.first)[:room]
	}
	label := min(titleWidth(shown), width/3)
	var out []string
	for _, env := range shown {
		style := s.style.dim
		if env == s.first {
			style = s.style.strong
		}
		for _, component := range env.Profile.Components {
			name := style.Render(pad(s.fitted(title(env, component.Name), label-2), label))
			out = append(out, name+s.imageLine(env, component.Name, width-label))
		}
	}
	var words []string
	if more := len(s.plan.Environments) - len(shown); more > 0 {
		words = append(words, session.Count(more, "more environment"))
	}
	if word := s.helm.word(s.glyphs, s.first); word != "" {
		words = append(words, word)
	}
	mark := ""
	if len(words) > 0 {
		mark = " " + strings.Join(words, ", ") + " "
	}
	return append(out, s.rule(width-ansi.StringWidth(mark))+s.style.dim.Render(mark))
}

// title returns the title of a component in an environment.
func title(env *plan.Environment, component string) string {
	return redact.Visible(strings.TrimSpace(component + " " + env.Name))
}

// titleWidth returns the column width for the titles.
func titleWidth(envs []*plan.Environment) int {
	widest := 0
	for _, env := range envs {
		for _, component := range env.Profile.Components {
			widest = max(widest, ansi.StringWidth(title(env, component.Name)))
		}
	}
	return widest + 2
}

// imageLine draws one image in the colours of its parts, shortened to width. A part without an answer is dim, a wrong
// one red, and one that the last key changed is underlined.
func (s scene) imageLine(env *plan.Environment, component string, width int) string {
	if env.Resolution.Error != nil {
		return s.fitted(s.style.bad.Render(s.glyphs.Bad+" the chart refuses these values"), width)
	}
	parts := s.markedParts(env, component)
	mark := s.imageMark(env, component, parts)
	probed, asked := s.probedImage(env.Resolution.Components[component].Image)
	room := width - ansi.StringWidth(mark)
	if asked {
		room -= len(parts) // for the marks behind them
	}
	shown := shorten(parts, room, s.glyphs.More)
	var b strings.Builder
	for i, p := range shown {
		style := s.partStyle(p.kind)
		switch {
		case p.wrong:
			style = s.style.wrongPart
		case p.missing:
			style = s.style.dim
		}
		if p.changed {
			style = style.underlined()
		}
		b.WriteString(style.Render(p.text))
		if last := i+1 == len(shown) || shown[i+1].kind != p.kind; asked && last {
			b.WriteString(s.probedPart(probed, p.kind))
		}
	}
	return b.String() + mark
}

// imageMark returns the mark behind an image: wrong, or what the registry reported.
func (s scene) imageMark(env *plan.Environment, component string, parts []namePart) string {
	for _, p := range parts {
		if p.wrong {
			return "  " + s.style.bad.Render(s.glyphs.Bad)
		}
	}
	p, asked := s.probedImage(env.Resolution.Components[component].Image)
	switch {
	case !asked || p.Found:
		return ""
	case p.Nearest != "":
		return "  " + s.style.bad.Render("no such tag") + s.style.dim.Render("; alt+t takes "+redact.Visible(p.Nearest))
	case p.Failed == "":
		return "  " + s.style.bad.Render(s.glyphs.Bad)
	}
	return "  " + s.style.bad.Render("no such "+p.Failed)
}

// partKind tells the parts of an image name apart. The YAML key that gives a part has its colour.
type partKind int

const (
	separator partKind = iota
	registryPart
	repositoryPart
	tagPart
)

func (l look) partStyle(kind partKind) style {
	return [...]style{l.style.dim, l.style.registry, l.style.repository, l.style.tag}[kind]
}

// namePart is a part of an image name.
type namePart struct {
	kind                    partKind
	text                    string
	missing, wrong, changed bool
}

// nameParts splits the image of a component at the values that gave it.
func nameParts(env *plan.Environment, component string) []namePart {
	c := env.Resolution.Components[component]
	if c == nil {
		return nil
	}
	rest := redact.Visible(c.Image)
	var front, back []namePart
	if registry := valueText(c.Trace.Registry.Value); registry != "" && strings.HasPrefix(rest, registry+"/") {
		front = []namePart{{kind: registryPart, text: registry}, {text: "/"}}
		rest = rest[len(registry)+1:]
	}
	if tag := valueText(c.Trace.Tag.Value); tag != "" && strings.HasSuffix(rest, ":"+tag) {
		back = []namePart{{text: ":"}, {kind: tagPart, text: tag}}
		rest = rest[:len(rest)-len(tag)-1]
	}
	return append(append(front, namePart{kind: repositoryPart, text: rest}), back...)
}

func valueText(value any) string {
	if value == nil {
		return ""
	}
	return redact.Visible(fmt.Sprint(value))
}

// markedParts returns the parts of an image, and how each stands.
func (s scene) markedParts(env *plan.Environment, component string) []namePart {
	parts := nameParts(env, component)
	before := map[partKind]string{}
	for _, p := range s.previousParts(env.Name, component) {
		before[p.kind] = p.text
	}
	missing, wrong := s.faults(env.Name, component)
	for i := range parts {
		p := &parts[i]
		p.missing, p.wrong = missing[p.kind], wrong[p.kind]
		p.changed = len(before) > 0 && p.kind != separator && before[p.kind] != p.text && !p.missing
	}
	return parts
}

// previousParts returns the parts of an image before the last change.
func (w *work) previousParts(env, component string) []namePart {
	if w.before == nil {
		return nil
	}
	for _, e := range w.before.Environments {
		if e.Name == env && e.Resolution.Error == nil {
			return nameParts(e, component)
		}
	}
	return nil
}

// faults returns the kinds of parts of an image whose answers are missing, and those whose answers are wrong.
func (w *work) faults(env, component string) (missing, wrong map[partKind]bool) {
	missing, wrong = map[partKind]bool{}, map[partKind]bool{}
	for _, p := range w.wrong {
		path := answers.ParsePath(p.Path)
		kind := kindOf(path)
		elsewhere := path.Environment != "" && path.Environment != env || path.Component != "" && path.Component != component
		switch {
		case kind == separator || elsewhere:
		case w.draft.Answers.Get(p.Path) == "":
			missing[kind] = true
		default:
			wrong[kind] = true
		}
	}
	return missing, wrong
}

// kindOf returns the part of an image name that an answer gives; separator for none.
func kindOf(path answers.Path) partKind {
	switch {
	case path.IsRegistryField():
		return registryPart
	case path.Leaf == "repository":
		return repositoryPart
	case path.Leaf == "tag":
		return tagPart
	}
	return separator
}
