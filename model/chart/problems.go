package chart

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

// judge finds what the cluster would refuse in components that the chart renders.
func (r *resolver) judge() {
	for _, c := range r.profile.Components {
		resolved := r.out.Components[c.Name]
		if err := image.Check(resolved.Image); err != nil {
			r.add(unparsable(c.Name, resolved, err))
		}
		r.judgePolicy(c.Name, resolved)
		for _, name := range resolved.PullSecrets {
			r.judgeName(name, resolved.Trace.PullSecrets.From)
		}
	}
	for i, secret := range r.out.Secrets {
		r.judgeName(secret.Name, r.made[i])
		if slices.Contains(r.out.Secrets[:i], secret) {
			r.judgeTwins(secret, r.made[:i+1])
		}
	}
	r.judgeShadows()
}

// judgeTwins blames the secret that the values name, of two of one name.
func (r *resolver) judgeTwins(secret MadeSecret, origins []string) {
	p := model.Problem{Rule: "secret-made-twice", Severity: model.Error,
		Summary: fmt.Sprintf("the chart makes two secrets named %v", secret.Name),
		Why:     "Helm 3 stops because one exists already, Helm 4 keeps the last, which may be blank",
		Fix:     "give yours another name, for example registry-credentials"}
	for _, origin := range origins {
		if p.Path == "" {
			p.Path = r.path(origin)
		}
	}
	r.add(p)
}

// add adds a problem once, with the place of its path.
func (r *resolver) add(p model.Problem) {
	p.Path = r.path(p.Path)
	if p.Path != "" {
		p.File, p.Line = r.user.Position(p.Path)
	}
	if !slices.Contains(r.out.Problems, p) {
		r.out.Problems = append(r.out.Problems, p)
	}
}

// path is the value path of where a value comes from; "" for what is no path.
func (r *resolver) path(from string) string {
	from = strings.TrimPrefix(from, "chart default ")
	if from == "chart default" || from == appVersion {
		return ""
	}
	return from
}

// unparsable blames the part without which the name could be parsed, the tag first: it is the likeliest.
func unparsable(name string, c *ResolvedComponent, err error) model.Problem {
	t := c.Trace
	part := func(o Origin) string { text, _ := o.Value.(string); return text }
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

func (r *resolver) judgePolicy(name string, c *ResolvedComponent) {
	if slices.Contains([]any{"", "Always", "IfNotPresent", "Never"}, c.PullPolicy) {
		return
	}
	r.add(model.Problem{Rule: "pull-policy-invalid", Severity: model.Error, Path: c.Trace.PullPolicy.From,
		Summary: fmt.Sprintf("the pull policy of %s, %v, does not exist", name, c.PullPolicy),
		Why:     "the API server refuses the Deployment", Fix: "write Always, IfNotPresent or Never"})
}

// secretName is what the API server wants of a Secret's name (a DNS subdomain, RFC 1123).
var secretName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)
})

func (r *resolver) judgeName(name any, from string) {
	text, isText := name.(string)
	if isText && len(text) <= 253 && secretName().MatchString(text) {
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
			typeOf(name), name)
		p.Why = "the API server refuses the Deployment"
		p.Fix = "choose a name that is only text, for example registry-credentials"
	case text == "":
		p.Summary = "the pull secret's name is empty"
		p.Why = "Helm or the API server refuses it, or the pods log in with nothing"
	}
	r.add(p)
}
