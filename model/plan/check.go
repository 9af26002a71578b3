package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/secret"
)

// check returns what is wrong with an environment as a whole, and what is worth knowing about it.
func (e *Environment) check() model.Problems {
	if len(e.Values) == 0 {
		return nil // there is nothing to check yet
	}
	return slices.Concat(e.checkPattern(), e.checkMethod(), e.checkOrkesImages(), e.checkTags(), e.checkCredentials(),
		e.notes(), e.verify())
}

func (e *Environment) checkPattern() model.Problems {
	asked := e.effective.Pattern
	if asked.Text == e.Pattern {
		return nil
	}
	return model.Problems{e.source.at(model.Problem{Rule: "pattern-stands-in", Severity: model.Info,
		Summary: fmt.Sprintf("%s, so %s is written: the pods get the same images",
			e.Profile.Pattern(asked.Text).Missing, e.Pattern)}, asked.Path)}
}

// checkMethod reports a pull-secret method that does not fit the registries.
func (e *Environment) checkMethod() model.Problems {
	var out model.Problems
	method, path := e.Profile.Method(e.Secret.Method), e.effective.Secret.Method.Path
	if n := len(e.Secret.Logins); n > 1 && method.OneRegistry {
		out = append(out, e.source.at(model.Problem{Rule: "one-registry-only", Severity: model.Error,
			Summary: fmt.Sprintf("%s holds the credentials of one registry, and the images come from %d", method.ID, n),
			Fix:     "choose a method that holds credentials for several registries"}, path))
	}
	if e.Secret.Script != "" && len(e.Secret.Logins) == 0 {
		severity := model.Warning
		if e.Secret.Script != secret.Kubectl { // the chart would create a secret from its own defaults
			severity = model.Error
		}
		out = append(out, e.source.at(model.Problem{Rule: "secret-not-needed", Severity: severity,
			Summary: "these registries need no credentials, so there is no secret to create", Fix: "choose the method none"},
			path))
	}
	return out
}

// checkOrkesImages names the images that are pulled from Orkes, as they are when the answers name Orkes's registry.
func (e *Environment) checkOrkesImages() model.Problems {
	var images []string
	var first answers.Path
	for _, c := range e.Components {
		if e.isOrkes(c) {
			first = cmp.Or(first, c.effective.Repository.Path)
			images = append(images, c.FullName())
		}
	}
	if len(images) == 0 {
		return nil
	}
	return model.Problems{e.source.at(model.Problem{Rule: "orkes-images", Severity: model.Info,
		Summary: "pods pull Orkes's public images: " + model.List(images),
		Fix:     "if you have copies, set the images to their paths, such as NAMESPACE/NAME"}, first)}
}

func (e *Environment) checkTags() model.Problems {
	var out model.Problems
	if shared := e.sharedTag(); strings.Contains(shared, "@") {
		p := model.Problem{Rule: "shared-digest", Severity: model.Warning,
			Summary: "both images get the same digest, and a digest belongs to one image",
			Fix:     "set a tag for each component"}
		if !e.Profile.WritesIn(e.Components[0].Name+".tag", "") {
			p.Fix = "remove the digest: chart " + e.Profile.ID + " has one tag for both images"
		}
		first := slices.IndexFunc(e.Components, func(c Component) bool { return c.Tag == shared })
		out = append(out, e.source.at(p, e.Components[first].effective.Tag.Path))
	}
	for _, c := range e.Components {
		if !image.IsMutableTag(c.Tag) {
			continue
		}
		switch path := c.effective.Tag.Path; {
		case c.PullPolicy != "Always":
			out = append(out, e.source.at(model.Problem{Rule: "moving-tag", Severity: model.Warning,
				Summary: fmt.Sprintf("the tag %s%s is mutable, and with %s nodes keep the image they have", c.Tag, in(e.Name),
					c.PullPolicy),
				Why: "two nodes may run different builds", Fix: "use a fixed tag, or the pull policy Always"}, path))
		case image.IsProduction(e.Name):
			out = append(out, e.source.at(model.Problem{Rule: "moving-tag", Severity: model.Warning,
				Summary: fmt.Sprintf("%s uses the mutable tag %s: nodes may run different builds", e.Name, c.Tag),
				Fix:     "use a fixed tag in production"}, path))
		}
	}
	return out.Unique()
}

// in returns " in dev", or "" for an unnamed environment.
func in(environment string) string {
	if environment == "" {
		return ""
	}
	return " in " + environment
}

func (e *Environment) checkCredentials() model.Problems {
	var out model.Problems
	for _, l := range e.Secret.Logins {
		if e.Secret.Script != "" && l.Expires {
			out = append(out, e.source.at(model.Problem{Rule: "secret-expires", Severity: model.Warning,
				Summary: fmt.Sprintf("the credentials for %s expire after %s: then new pods cannot pull", l.AuthKey, l.Lifetime),
				Fix:     "let the nodes pull with their own identity, or run the script again before that"},
				e.effective.Secret.Method.Path))
		}
	}
	return out.Unique()
}

// notes returns what the method and the registries say about themselves.
func (e *Environment) notes() model.Problems {
	var out model.Problems
	if note := e.Profile.Method(e.Secret.Method).Note; note != "" {
		out = append(out, e.source.at(model.Problem{Rule: "pull-secret-method", Severity: model.Info, Summary: note},
			e.effective.Secret.Method.Path))
	}
	for _, c := range e.Components {
		at := c.effective.Provider.Path
		for _, note := range c.Preset.NotesFor(c.Location.Fields) {
			out = append(out, e.source.at(model.Problem{Rule: "registry-note", Severity: note.Severity,
				Summary: note.Text}, at))
		}
		for _, v := range c.effective.Inherited {
			out = append(out, e.source.at(model.Problem{Rule: "registry-inherited", Severity: model.Info,
				Summary: fmt.Sprintf("%s also uses %s %q of the common registry", c.Name,
					strings.TrimPrefix(v.Path.Leaf, "registry."), v.Text),
				Fix: "set " + (answers.Path{Component: c.Name, Leaf: v.Path.Leaf}).String() + " if it differs"}, v.Path))
		}
		if c.isCached() {
			out = append(out, e.source.at(model.Problem{Rule: "cache-login", Severity: model.Info,
				Summary: fmt.Sprintf("%s is a cache: it needs the credentials from Orkes for %s", c.Location.Registry(),
					c.Location.Fields["cacheOf"]), Fix: c.Preset.Cache.Login}, at))
		}
		if c.isCached() && strings.Contains(c.Tag, "@") && c.Preset.Cache.TagsOnly {
			out = append(out, e.source.at(model.Problem{Rule: "cache-digest", Severity: model.Warning,
				Summary: "the cache cannot fetch an image by its digest: only one that was pulled by its tag before is there",
				Fix:     "pull the tag once through the cache, or remove the digest"}, c.effective.Tag.Path))
		}
	}
	return out.Unique()
}

// checkSecrets warns about environments whose scripts would create the same secret with different credentials.
func (p *Plan) checkSecrets() {
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
		if slices.Equal(e.Secret.authKeys(), other.Secret.authKeys()) {
			continue
		}
		e.Problems = append(e.Problems, e.source.at(model.Problem{Rule: "same-secret", Severity: model.Warning,
			File: e.source.file,
			Summary: fmt.Sprintf("%s and %s both create the secret %s in %s, with different credentials: in one cluster the "+
				"second replaces the first", other.Name, e.Name, at.name, at.namespace),
			Fix: "give each its own name or namespace"},
			answers.Path{Environment: e.Name, Leaf: "pullSecret.name"}))
	}
}

// verify compares what the answers ask for with what the chart makes of the file. A difference comes from the base or
// from the parent chart, or is a bug of this program.
func (e *Environment) verify() model.Problems {
	if e.Resolution.Error != nil {
		return model.Problems{e.broken("the chart refuses it: " + strings.Join(e.Resolution.Error.Reasons(), "; "))}
	}
	want := &chart.Resolution{Components: map[string]*chart.ResolvedComponent{}}
	for _, c := range e.Components {
		want.Components[c.Name] = &chart.ResolvedComponent{Image: c.Image(), PullPolicy: c.PullPolicy,
			PullSecrets: []any{e.Secret.Name}}
	}
	parts := []chart.Part{chart.ImagePart, chart.PullPolicyPart}
	if e.Secret.Name != "" {
		parts = append(parts, chart.PullSecretsPart)
	}
	var out model.Problems
	for _, d := range chart.Diff(want, e.Resolution, parts...) {
		isKept := slices.ContainsFunc(d.GotFrom, func(o chart.Origin) bool { return slices.Contains(e.keeps, o.From) })
		if !isKept && (d.Part != chart.ImagePart || !d.IsDockerHubHost()) {
			out = append(out, e.broken(fmt.Sprintf("%s would get the %s %v, not %v", d.Component, d.Part.Words(), d.Got, d.Want),
				d.GotFrom...))
		}
	}
	return out
}

// broken returns the problem for a file that does not give what the answers ask for, and the keys that decide instead.
// Without a base and a parent chart only this program can be at fault.
func (e *Environment) broken(summary string, origins ...chart.Origin) model.Problem {
	if p, ok := e.brokenByParent(summary, origins); ok {
		return p
	}
	if e.Base.Name == "" {
		return defect(summary)
	}
	p := model.Problem{Rule: "base-defeats-answers", Severity: model.Error, File: e.Base.Name, Summary: summary,
		Why: "a key that the answers do not write decides it", Fix: "fix the file, or do not use it as a base"}
	lineOf := e.baseLines()
	for _, o := range origins {
		if line := lineOf(o.From); line > 0 && !e.writes(o.From) {
			p.Line, p.Path, p.Fix = line, o.From, "remove this key from the file"
		}
	}
	return p
}

// brokenByParent returns the problem for the values of the parent chart, with the key among the origins that is theirs. Ok
// is false when they are not at fault.
func (e *Environment) brokenByParent(summary string, origins []chart.Origin) (p model.Problem, ok bool) {
	parent := e.Profile.Install.Parent
	if len(parent) == 0 {
		return p, false
	}
	p = model.Problem{Rule: "parent-defeats-answers", Severity: model.Error, File: parent[0].Name, Summary: summary,
		Why: "values of the parent chart decide it, which the answers do not write", Fix: "fix the parent chart's values"}
	loaded, err := e.load()
	for _, o := range origins {
		if err != nil { // resolve reports it
			break
		}
		if file, line := loaded.Position(o.From); file == p.File {
			p.Line, p.Path, p.Fix = line, o.From, "remove this key from the parent chart's values, or set the value that you want"
			return p, true
		}
	}
	return p, e.Base.Name == ""
}

// checkImages refuses names that a kubelet cannot parse: valid parts may be too long together.
func (e *Environment) checkImages() model.Problems {
	var out model.Problems
	for _, c := range e.Components {
		if err := image.Check(c.Image()); err != nil {
			out = append(out, e.source.at(model.Problem{Rule: "image-unparsable", Severity: model.Error, File: e.source.file,
				Summary: fmt.Sprintf("%s is not a valid image name: %v", c.Image(), err)}, c.effective.Repository.Path))
		}
	}
	return out
}
