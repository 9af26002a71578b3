package session

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/model/convert"
	"conductor-registry/model/lint"
	"conductor-registry/model/plan"
	"conductor-registry/model/values"
)

// Finding is a problem that lint has with a values file that is edited.
type Finding struct {
	lint.Finding
	Question string // the answers path of the question that its key is written for; "" for none
	base     string // the name of the file, as plan.Base has it
}

// Findings returns what lint finds in the values files that are edited, as they would be written, and what it finds in
// keys of them now that writing corrects. Lines are those of the files as they are now, where these have the key.
func (d *Draft) Findings(p *plan.Plan) (left, corrected []Finding) {
	for _, env := range p.Environments {
		if env.Base.Name == "" {
			continue
		}
		original := d.unedited(env.Base)
		before := d.lint(env, original)
		written := []values.Source{{Name: env.FileName("values"), Data: env.Values, Under: env.Under}}
		switch {
		case len(env.Values) == 0: // answers are missing
			written = []values.Source{env.Base}
		case env.Overlay:
			written = append([]values.Source{env.Base}, written...)
		}
		now := d.lint(env, written...)
		for i, f := range now {
			if at := slices.IndexFunc(before, f.isLike); at >= 0 {
				now[i] = before[at] // with the edits of the file as it is
			}
			now[i].Question = d.QuestionOf(env.Profile, f.Path)
		}
		left = append(left, now...)
		for _, f := range before {
			if f.Line > 0 && f.Severity != model.Info && !slices.ContainsFunc(now, f.isLike) {
				corrected = append(corrected, f)
			}
		}
	}
	return left, corrected
}

// isLike reports whether two findings are about the same key.
func (f Finding) isLike(other Finding) bool { return f.Is(other.Problem) }

// Is reports whether a problem of the plan, or of the adopted file, is this one.
func (f Finding) Is(p model.Problem) bool { return f.Rule == p.Rule && f.Path == p.Path }

func (d *Draft) lint(env *plan.Environment, sources ...values.Source) []Finding {
	in := lint.Input{Sources: sources, Profile: env.Profile, Charts: d.Catalog.Charts.All(),
		Registries: d.Catalog.Registries}
	found, err := lint.Check(in)
	if err != nil {
		return nil
	}
	return model.Map(found.Findings, func(f lint.Finding) Finding { return Finding{Finding: f, base: env.Base.Name} })
}

// QuestionOf returns the answers path of the question that a key of the values is written for, by this chart or else by
// another one; "" for none.
func (d *Draft) QuestionOf(profile *chart.Profile, key string) string {
	if key == "" {
		return ""
	}
	top, _, _ := strings.Cut(key, ".")
	isExact := func(s chart.Setting) bool { return s.Path == key }
	isNear := func(s chart.Setting) bool { return isBelow(key, s.Path) || isBelow(s.Path, key) }
	isBeside := func(s chart.Setting) bool { // credentials beside the name of their secret
		return isBelow(s.Path, top) && strings.HasPrefix(s.Value, "secret.")
	}
	for _, isWanted := range []func(chart.Setting) bool{isExact, isNear, isBeside} {
		for _, p := range append([]*chart.Profile{profile}, d.Catalog.Charts.All()...) {
			at := slices.IndexFunc(p.Settings, func(s chart.Setting) bool { return s.Literal == nil && isWanted(s) })
			if at >= 0 {
				return d.questionFor(plan.FactOf(p.Settings[at]))
			}
		}
	}
	return ""
}

// isBelow reports whether a key is inside the value of another.
func isBelow(key, other string) bool {
	rest, ok := strings.CutPrefix(key, other)
	return ok && rest != "" && (rest[0] == '.' || rest[0] == '[')
}

// questionFor returns the answers path of the question that gives a fact of a component, or of all with "".
func (d *Draft) questionFor(component, fact string) string {
	leaf := map[string]string{"registry": answers.ProviderLeaf, "repository": "repository", "fullName": "repository",
		"tag": "tag", "pullPolicy": "pullPolicy"}[fact]
	if leaf == "" {
		leaf = "pullSecret.method"
	}
	at := answers.Path{Component: component, Leaf: leaf}
	if f, ok := d.Catalog.Asked(d.Answers, at); ok {
		return f.Path
	}
	at.Component = ""
	if f, ok := d.Catalog.Asked(d.Answers, at); ok {
		return f.Path
	}
	return ""
}

// Fix makes the edits that fix a finding in the file that it is about. Where the answers come from that file they follow,
// as far as the user has not given others. It reports false, and changes nothing, where the edits do not fix it.
func (d *Draft) Fix(p *plan.Plan, f Finding) bool {
	at := slices.IndexFunc(p.Environments, func(e *plan.Environment) bool { return e.Base.Name == f.base })
	if !f.Fixable || at < 0 {
		return false
	}
	env, before := p.Environments[at], d.edited
	data, ok := f.Edit(env.Base)
	if !ok {
		return false
	}
	d.remember("fix " + f.base + f.Rule + f.Path)
	d.EndAnswer()
	d.edited = maps.Clone(before)
	if d.edited == nil {
		d.edited = map[string]edited{}
	}
	d.edited[f.base] = edited{before: d.unedited(env.Base).Data, now: data}
	if f.base == d.sources.Opened.Name {
		d.readAgain(env, data)
	}
	var existing plan.Bases
	if f.base != d.sources.Opened.Name {
		existing = plan.Bases{env.Name: plan.Base{Name: env.Base.Name, Data: env.Base.Data}}
	}
	left, _ := d.Findings(d.PreviewOnto(existing))
	if slices.ContainsFunc(left, f.isLike) {
		d.Undo()
		return false
	}
	return true
}

// readAgain takes the answers from a corrected file, except those that the user has given.
func (d *Draft) readAgain(env *plan.Environment, data []byte) {
	was, now := d.adopt(env, env.Base.Data), d.adopt(env, data)
	if was == nil || now == nil || now.Answers == nil {
		return
	}
	from := was.Answers
	if from == nil {
		from = answers.New()
	}
	for _, path := range slices.Concat(from.Paths(), now.Answers.Paths()) {
		if d.Answers.Get(path) == from.Get(path) {
			d.set(path, now.Answers.Get(path))
		}
	}
	d.sources.Problems, d.sources.Unread = now.Problems, now.Unread
}

func (d *Draft) adopt(env *plan.Environment, data []byte) *convert.Adopted {
	file, err := values.Parse(env.Base.With(data))
	if err != nil {
		return nil
	}
	return convert.Adopt(d.Catalog, file, env.Profile)
}

// edited is a values file with edits that fix findings.
type edited struct{ before, now []byte }

func (e edited) equal(other edited) bool { return bytes.Equal(e.now, other.now) }

// withEdits returns values files with the edits that the user asked for.
func (d *Draft) withEdits(bases plan.Bases) plan.Bases {
	for env, base := range bases {
		if e, ok := d.edited[base.Name]; ok {
			base.Data = e.now
			bases[env] = base
		}
	}
	return bases
}

// unedited returns a values file as it is now.
func (d *Draft) unedited(base values.Source) values.Source {
	if e, ok := d.edited[base.Name]; ok {
		base.Data = e.before
	}
	return base
}
