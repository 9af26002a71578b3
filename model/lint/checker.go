package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/redact"
	"conductor-registry/model/values"
)

// checker runs rules and collects what they find.
type checker struct {
	Input
	files      []*file // without the placeholders
	values     *values.Values
	resolution *chart.Resolution // without the values that the chart refuses
	refused    *chart.Refusal
	components []component // resolved; none when the chart refuses the values
	logins     []chart.HeldLogin
	traps      []chart.TriggeredTrap
	findings   []Finding
	shown      func() *redact.Redactor // knows the secrets of the files
}

// component is a component of the chart and what its pod gets.
type component struct {
	name string
	*chart.ResolvedComponent
}

// hasPlaceholder reports whether another program fills in a part of the image's name, which is unknown then.
func (r component) hasPlaceholder() bool {
	return values.Placeholder(textOf(r.Trace.Registry)) != "" || values.Placeholder(textOf(r.Trace.Repository)) != ""
}

// newChecker returns a checker of values, which reports the keys of these files of theirs.
func newChecker(in Input, v *values.Values, files []*values.File, r *chart.Resolution) *checker {
	c := &checker{Input: in, values: v, resolution: resolveRest(in.Profile, v, r), refused: r.Error,
		logins: in.Profile.HeldLogins(v)}
	c.files = model.Map(files, newFile)
	c.shown = sync.OnceValue(func() *redact.Redactor {
		return redact.New(model.Map(v.Files(), func(f *values.File) []byte { return f.Data })...)
	})
	for _, known := range in.Profile.Components {
		if resolved := c.resolution.Components[known.Name]; resolved != nil {
			c.components = append(c.components, component{known.Name, resolved})
		}
	}
	return c
}

func (c *checker) run(checks []func(*checker)) {
	for _, check := range checks {
		check(c)
	}
}

// found is one place that breaks a rule.
type found struct {
	rule string
	path string // the key, or where its value comes from: the place is the key's own unless at is set
	at   place
	facts
	summary, why, fix string // instead of the rule's
	severity          model.Severity
	image             string          // the image that it is about, of rules for whole images
	changes           []values.Change // that fix it
}

type place struct {
	file string
	line int
}

// facts are the values of the {names} in a rule's words.
type facts map[string]string

// report adds a finding, once.
func (c *checker) report(f found) {
	rule, _ := Find(f.rule)
	path := keyOf(f.path)
	at := f.at
	switch {
	case at.file == "" && path != "":
		at.file, at.line = c.values.Position(path)
	case at.file == "" && len(c.files) > 0: // it is about the values as a whole
		at.file = c.files[len(c.files)-1].name
	}
	path = c.shown().Text(path)
	words := func(own, rules string) string {
		return model.Expand(cmp.Or(own, rules), func(name string) (string, bool) {
			if name == "path" {
				return path, true
			}
			text, ok := f.facts[name]
			if name == "reason" { // a sentence
				return c.shown().Known(text), ok
			}
			return c.shown().Text(text), ok
		})
	}
	p := model.Problem{Rule: f.rule, Severity: cmp.Or(f.severity, rule.Severity), File: at.file, Line: at.line,
		Path: path, Summary: words(f.summary, rule.Summary), Why: words(f.why, rule.Why), Fix: words(f.fix, rule.Fix)}
	if !slices.ContainsFunc(c.findings, func(k Finding) bool { return k.Problem == p }) {
		c.findings = append(c.findings, Finding{Problem: p, Fixable: len(f.changes) > 0 && c.file(at.file) != nil,
			changes: f.changes, image: f.image})
	}
}

// oncePerKey removes findings of a rule and key after the first: components may share a key. Each host without credentials
// counts.
func (c *checker) oncePerKey() {
	type key struct {
		rule, path string
		at         place
	}
	seen := map[key]bool{}
	c.findings = slices.DeleteFunc(c.findings, func(f Finding) bool {
		k := key{f.Rule, f.Path, place{f.File, f.Line}}
		known := seen[k]
		seen[k] = f.Path != "" && f.Rule != loginMissing
		return known
	})
}

// keyOf returns the value path of an origin; "" for what no value decides.
func keyOf(from string) string {
	path := strings.TrimPrefix(from, "chart default ")
	if path == "chart default" || path == "Chart.AppVersion" {
		return ""
	}
	return path
}

// file returns the values file with that name; nil for values from elsewhere.
func (c *checker) file(name string) *file {
	if i := slices.IndexFunc(c.files, func(f *file) bool { return f.name == name }); i >= 0 {
		return c.files[i]
	}
	return nil
}

// textOf returns the value of an origin where it is text.
func textOf(o chart.Origin) string {
	text, _ := o.Value.(string)
	return text
}

// isSet reports whether the user's values set a path.
func (c *checker) isSet(path string) bool {
	_, ok := c.values.Lookup(path)
	return ok
}

// dropEffects removes findings that only say what another one leads to: an image that cannot be parsed, where a part of it
// is known to be wrong, and a refusal at a line whose mistake is known.
func (c *checker) dropEffects() {
	if len(c.findings) == 0 {
		return
	}
	isEffect := map[string]bool{}
	for _, r := range Rules() {
		isEffect[r.ID] = r.Effect
	}
	lines, images := map[place]bool{}, map[string]bool{}
	for _, f := range c.findings {
		if isEffect[f.Rule] || f.Severity != model.Error && f.Rule != templateInValue {
			continue
		}
		lines[place{f.File, f.Line}] = true
		for _, r := range c.resolution.Components {
			if t := r.Trace; slices.Contains([]string{t.Registry.From, t.Repository.From, t.Tag.From}, f.Path) {
				images[r.Image] = true
			}
		}
	}
	c.findings = slices.DeleteFunc(c.findings, func(f Finding) bool {
		return isEffect[f.Rule] && (images[f.image] || f.Line > 0 && lines[place{f.File, f.Line}])
	})
}

// quote returns a value in double quotes, so that stray spaces show.
func quote(value any) string { return strconv.Quote(fmt.Sprint(value)) }
