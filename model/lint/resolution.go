package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/values"
)

// Problems returns what resolve reports of values: what the cluster would refuse of their resolution, and the keys that
// the chart does not read.
func Problems(p *chart.Profile, v *values.Values, r *chart.Resolution) model.Problems {
	out := &resolved{profile: p, user: v, resolution: r, problems: model.Problems{}}
	for _, t := range r.Templates {
		out.add(model.Problem{Rule: "template-in-value", Severity: model.Warning, Path: t.Path,
			Summary: fmt.Sprintf("chart %s runs %s as a template, and only Helm knows what %q gives", p.ID, t.Path, t.Text),
			Why:     "the image shown here is not what the pods get",
			Fix:     "see it with conductor-registry verify, or write the tag itself"})
	}
	if r.Error == nil {
		out.judge()
	}
	traps, _ := p.Triggered(v)
	for _, t := range traps {
		out.add(trapProblem(t))
	}
	return out.problems
}

// resolved collects the problems of one resolution.
type resolved struct {
	profile    *chart.Profile
	user       *values.Values
	resolution *chart.Resolution
	problems   model.Problems
}

// trapProblem returns the problem that a trap of the profile describes.
func trapProblem(t chart.TriggeredTrap) model.Problem {
	name := strings.NewReplacer("{path}", t.Path)
	return model.Problem{Rule: t.Rule, Severity: model.Severity(t.Severity), Path: t.Path,
		Summary: name.Replace(t.Summary), Why: name.Replace(t.Why), Fix: name.Replace(t.Fix)}
}

// judge finds what the cluster would refuse in components that the chart renders.
func (r *resolved) judge() {
	for _, c := range r.profile.Components {
		resolved := r.resolution.Components[c.Name]
		if err := image.Check(resolved.Image); err != nil {
			r.add(unparsable(c.Name, resolved, err))
		}
		r.judgePolicy(c.Name, resolved)
		for _, name := range resolved.PullSecrets {
			r.judgeName(name, resolved.Trace.PullSecrets.From)
		}
	}
	for i, secret := range r.resolution.Secrets {
		r.judgeName(secret.Name, secret.From)
		if slices.ContainsFunc(r.resolution.Secrets[:i], func(s chart.MadeSecret) bool { return s.Name == secret.Name }) {
			r.checkDuplicateSecrets(secret, r.resolution.Secrets[:i+1])
		}
	}
	r.reportShadowed()
}

// checkDuplicateSecrets blames the secret that the values name, of two of one name.
func (r *resolved) checkDuplicateSecrets(secret chart.MadeSecret, all []chart.MadeSecret) {
	p := model.Problem{Rule: "secret-made-twice", Severity: model.Error,
		Summary: fmt.Sprintf("the chart makes two secrets named %v", secret.Name),
		Why:     "Helm 3 stops because one exists already, Helm 4 keeps the last, which may be blank",
		Fix:     "give yours another name, for example registry-credentials"}
	for _, made := range all {
		if p.Path == "" {
			p.Path = r.path(made.From)
		}
	}
	r.add(p)
}

// add adds a problem once, with the place of its path.
func (r *resolved) add(p model.Problem) {
	p.Path = r.path(p.Path)
	if p.Path != "" {
		p.File, p.Line = r.user.Position(p.Path)
	}
	if !slices.Contains(r.problems, p) {
		r.problems = append(r.problems, p)
	}
}

// path is the value path of where a value comes from; "" for what is no path.
func (r *resolved) path(from string) string {
	from = strings.TrimPrefix(from, "chart default ")
	if from == "chart default" || from == "Chart.AppVersion" {
		return ""
	}
	return from
}

// unparsable blames the part without which the name could be parsed, the tag first: it is the likeliest.
func unparsable(name string, c *chart.ResolvedComponent, err error) model.Problem {
	t := c.Trace
	part := func(o chart.Origin) string { text, _ := o.Value.(string); return text }
	registry, repository, tag := part(t.Registry), part(t.Repository), part(t.Tag)
	if registry != "" {
		registry += "/"
	}
	guilty := t.Repository
	switch {
	case image.Check(registry+repository+":1") == nil:
		guilty = t.Tag
	case image.Check(registry+"a:"+tag) == nil || registry == "":
	case image.Check(repository+":"+tag) == nil:
		guilty = t.Registry
	}
	return model.Problem{Rule: "image-unparsable", Severity: model.Error, Path: guilty.From,
		Summary: fmt.Sprintf("the image of %s, %q, is no image name: %v", name, c.Image, err),
		Why:     "the API server takes it, and the pods stay in InvalidImageName",
		Fix:     imageFix(part(guilty), guilty == t.Tag)}
}

// imageFix is how to write the part of an image name that cannot be parsed.
func imageFix(part string, isTag bool) string {
	switch {
	case isTag && strings.Contains(part, "sha256:"):
		return "a digest follows a tag: 5.2.42@sha256:<64 hex digits>"
	case isTag && strings.Contains(part, "e+"):
		return `put the tag between quotes, or YAML makes a number of it: tag: "20240101"`
	case isTag:
		return `write a tag of letters, digits, dots, dashes and underscores, for example "5.2.42"`
	case strings.Contains(part, "://"):
		return "write " + part[strings.Index(part, "://")+3:]
	case strings.HasSuffix(part, "/") || strings.HasPrefix(part, "/"):
		return "leave out the slash at the end, for example " + strings.Trim(part, "/")
	case strings.Contains(part, "@") || strings.LastIndex(part, ":") > strings.LastIndex(part, "/"):
		return "leave out the tag or digest here: it belongs to the key tag"
	case part != strings.ToLower(part):
		return "write it in lower case: " + strings.ToLower(part)
	case part == "":
		return "give it a value, for example conductor/server, or leave the key out instead of null"
	}
	return "write it as in myregistry.example.com/conductor/server:5.2.42"
}

func (r *resolved) judgePolicy(name string, c *chart.ResolvedComponent) {
	if slices.Contains([]any{"", "Always", "IfNotPresent", "Never"}, c.PullPolicy) {
		return
	}
	r.add(model.Problem{Rule: "pull-policy-invalid", Severity: model.Error, Path: c.Trace.PullPolicy.From,
		Summary: fmt.Sprintf("the pull policy of %s, %v, does not exist", name, c.PullPolicy),
		Why:     "the API server refuses the Deployment", Fix: "write Always, IfNotPresent or Never"})
}

// secretName matches what the API server accepts as the name of a Secret (a DNS subdomain, RFC 1123).
var secretName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)

func (r *resolved) judgeName(name any, from string) {
	text, isText := name.(string)
	if isText && len(text) <= 253 && secretName.MatchString(text) {
		return
	}
	p := model.Problem{Rule: "secret-name-invalid", Severity: model.Error, Path: from,
		Summary: fmt.Sprintf("%q is no name for a secret", text),
		Why:     "the API server refuses it",
		Fix:     "write lower-case letters, digits, dashes and dots, for example registry-credentials"}
	switch {
	case !isText:
		p.Rule = "secret-name-retyped"
		p.Summary = fmt.Sprintf("the chart prints this secret's name without quotes, so YAML makes the %s %v of it",
			jsonType(name), name)
		p.Why = "the API server refuses the Deployment"
		p.Fix = "choose a name that is only text, for example registry-credentials"
	case text == "":
		p.Summary = "the pull secret's name is empty"
		p.Why = "Helm or the API server refuses it, or the pods log in with nothing"
	}
	r.add(p)
}

// jsonType names the type that YAML gave a rendered value.
func jsonType(value any) string {
	switch value.(type) {
	case bool:
		return "boolean"
	case nil:
		return "null"
	}
	return "number"
}

func (r *resolved) reportShadowed() {
	for _, s := range r.profile.Shadows(r.user, r.resolution) {
		r.add(model.Problem{Rule: "shadowed-by-default", Severity: model.Warning, Path: s.Path,
			Summary: fmt.Sprintf("%s has no effect: the chart's own %s is %s and comes first",
				s.Value, s.Winners[0], s.Default),
			Why: fmt.Sprintf("chart %s reads this key only while %s is empty",
				r.profile.ID, strings.Join(s.Winners, " or ")),
			Fix: fmt.Sprintf("set %s to %s", strings.Join(s.Winners, " and "), s.Value)})
	}
}
