package plan

import (
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/image"
	"conductor-registry/model/secret"
)

// judge says what is wrong with an environment as a whole, and what is worth knowing of it.
func (e *Environment) judge(all *answers.Answers, file string) model.Problems {
	at := func(p model.Problem, component, leaf string) model.Problem {
		p.Path = e.origin(all, component, leaf)
		if p.Line = all.Line(p.Path); p.Line > 0 {
			p.File = file
		}
		return p
	}
	if len(e.Values) == 0 {
		return nil // nothing to judge yet
	}
	var out model.Problems
	method := e.Profile.Method(e.Secret.Method)
	if pattern := all.In(e.Name).Get("pattern"); pattern != "" && pattern != e.Pattern {
		out = append(out, at(model.Problem{Rule: "pattern-stands-in", Severity: model.Info,
			Summary: fmt.Sprintf("%s, so %s is written: the pods get the same images", e.Profile.Pattern(pattern).Missing,
				e.Pattern)}, "", "pattern"))
	}
	if n := len(e.Secret.Logins); n > 1 && method.OneRegistry {
		out = append(out, at(model.Problem{Rule: "one-registry-only", Severity: model.Error,
			Summary: fmt.Sprintf("%s holds one registry, and the images come from %d", method.ID, n),
			Fix:     "choose a method that can hold a login for each"}, "", "pullSecret.method"))
	}
	if e.Secret.Script != "" && len(e.Secret.Logins) == 0 {
		severity := model.Warning
		if e.Secret.Script != secret.Kubectl { // the chart would make a secret of its own defaults
			severity = model.Error
		}
		out = append(out, at(model.Problem{Rule: "secret-not-needed", Severity: severity,
			Summary: "these registries need no login, so there is no secret to make", Fix: "choose the method none"},
			"", "pullSecret.method"))
	}
	out = append(out, e.judgeImages(at)...)
	out = append(out, e.judgeTags(at)...)
	out = append(out, e.judgeLogins(at)...)
	return append(out, e.keepsPromise()...)
}

// origin is the path that decides an answer, or the one where it is missing; a repository has none for all components.
func (e *Environment) origin(all *answers.Answers, component, leaf string) string {
	path := all.Origin(e.Name, component, leaf)
	if path == "repository" {
		return "components." + component + "." + path
	}
	return path
}

type locate func(p model.Problem, component, leaf string) model.Problem

func (e *Environment) judgeTags(at locate) model.Problems {
	var out model.Problems
	if shared := e.sharedTag(); strings.Contains(shared, "@") {
		p := model.Problem{Rule: "shared-digest", Severity: model.Warning,
			Summary: "both images get the same digest, and a digest belongs to one image",
			Fix:     "give each component its own tag"}
		if !e.Profile.WritesIn(e.Components[0].Name+".tag", "") {
			p.Fix = "leave the digest out: chart " + e.Profile.ID + " has one tag for both images"
		}
		out = append(out, at(p, "", "tag"))
	}
	for _, c := range e.Components {
		if image.IsMutableTag(c.Tag) && c.PullPolicy != "Always" {
			out = append(out, at(model.Problem{Rule: "moving-tag", Severity: model.Warning,
				Summary: fmt.Sprintf("the tag %s%s moves, and with %s nodes keep the build they have", c.Tag,
					in(e.Name), c.PullPolicy),
				Why: "two nodes may run different builds", Fix: "use a fixed tag, or the pull policy Always"}, c.Name, "tag"))
		} else if image.IsMutableTag(c.Tag) && image.IsProduction(e.Name) {
			out = append(out, at(model.Problem{Rule: "moving-tag", Severity: model.Warning,
				Summary: fmt.Sprintf("%s uses the tag %s: nodes may run different builds", e.Name, c.Tag),
				Fix:     "use a fixed tag in production"}, c.Name, "tag"))
		}
	}
	return unique(out)
}

// in names an environment behind something.
func in(environment string) string {
	if environment == "" {
		return ""
	}
	return " in " + environment
}

func (e *Environment) judgeLogins(at locate) model.Problems {
	var out model.Problems
	for _, l := range e.Secret.Logins {
		if e.Secret.Script != "" && l.Expires {
			out = append(out, at(model.Problem{Rule: "secret-expires", Severity: model.Warning,
				Summary: fmt.Sprintf("the login for %s works for %s: then new pods can't pull", l.AuthKey, l.Lifetime),
				Fix:     "let the nodes pull by their own identity, or run the script again before that"}, "", "pullSecret.method"))
		}
	}
	if note := e.Profile.Method(e.Secret.Method).Note; note != "" {
		out = append(out, at(model.Problem{Rule: "pull-secret-method", Severity: model.Info, Summary: note},
			"", "pullSecret.method"))
	}
	for _, c := range e.Components {
		for _, note := range c.Preset.NotesFor(c.Location.Fields) {
			out = append(out, at(model.Problem{Rule: "registry-note", Severity: note.Severity,
				Summary: note.Text}, c.Name, "registry.provider"))
		}
	}
	return unique(out)
}

// judgeSecrets warns of environments whose scripts would write the same secret with other logins.
func (p *Plan) judgeSecrets(file string) {
	type place struct{ name, namespace string }
	first := map[place]*Environment{}
	for _, e := range p.Environments {
		at := place{e.Secret.Name, e.Secret.Namespace}
		other, taken := first[at]
		if !e.HasScript() || e.Secret.Name == "" {
			continue
		}
		if !taken {
			first[at] = e
			continue
		}
		if slices.Equal(e.Secret.keys(), other.Secret.keys()) {
			continue
		}
		path := "environments." + e.Name + ".pullSecret.name"
		e.Problems = append(e.Problems, model.Problem{Rule: "same-secret", Severity: model.Warning, File: file,
			Line: p.Answers.Line(path), Path: path,
			Summary: fmt.Sprintf("%s and %s both make the secret %s in %s, with different logins: on one cluster the second "+
				"replaces the first", other.Name, e.Name, at.name, at.namespace),
			Fix: "give each its own name or namespace"})
	}
}

func unique(problems model.Problems) model.Problems {
	var out model.Problems
	for _, p := range problems {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// keepsPromise compares what was asked for with what the chart makes of the file. A difference comes from the base, or
// is a defect of this program: better told than written.
func (e *Environment) keepsPromise() model.Problems {
	if e.Resolution == nil {
		return nil
	}
	if e.Resolution.Error != nil {
		return model.Problems{e.broken("the chart refuses it: " + e.Resolution.Error.Message)}
	}
	var out model.Problems
	for _, c := range e.Components {
		got := e.Resolution.Components[c.Name]
		if want := c.Image(); got.Image != want && "docker.io/"+want != got.Image {
			out = append(out, e.broken(fmt.Sprintf("%s would get %s, not %s", c.Name, got.Image, want),
				got.Trace.Registry, got.Trace.Repository, got.Trace.Tag))
		}
		if got.PullPolicy != any(c.PullPolicy) {
			out = append(out, e.broken(fmt.Sprintf("%s would get the pull policy %v, not %s",
				c.Name, got.PullPolicy, c.PullPolicy), got.Trace.PullPolicy))
		}
		if e.Secret.Name != "" && !slices.Contains(names(got), e.Secret.Name) {
			out = append(out, e.broken(fmt.Sprintf("%s would not use the pull secret %s", c.Name, e.Secret.Name),
				got.Trace.PullSecrets))
		}
	}
	return out
}

// checkImages wants names that a kubelet can parse: parts that are right one by one may be too long together.
func (e *Environment) checkImages(all *answers.Answers, file string) model.Problems {
	var out model.Problems
	for _, c := range e.Components {
		if err := image.Check(c.Image()); err != nil {
			path := e.origin(all, c.Name, "repository")
			out = append(out, model.Problem{Rule: "image-unparsable", Severity: model.Error, File: file,
				Line: all.Line(path), Path: path, Summary: fmt.Sprintf("%s is no image name: %v", c.Image(), err)})
		}
	}
	return out
}

func defect(summary string) model.Problem {
	return model.Problem{Rule: "internal", Severity: model.Error, Summary: summary,
		Fix: "this is a defect of conductor-registry: please report it with the answers"}
}
