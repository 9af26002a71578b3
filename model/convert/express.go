package convert

import (
	"fmt"
	"maps"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/plan"
	"conductor-registry/model/registry"
)

// express is the intent as the keys of the new chart. What that has no key for is told.
func (c *conversion) express(want intent) []plan.Written {
	method, name := c.expressPull(want.pull)
	c.oneDigest(want)
	c.oneForAll(want, tagPart, "tag")
	c.oneForAll(want, policyPart, "pull policy")
	env := &plan.Environment{Profile: c.to, Pattern: firstPattern(c.to), Secret: plan.Secret{Method: method, Name: name}}
	for _, w := range want.components {
		env.Components = append(env.Components, w.planned())
	}
	facts := env.Facts(commonHost(env.Components))
	maps.DeleteFunc(facts, func(_, text string) bool { return text == "" })
	return plan.Settings(c.to, env.Pattern, method, facts)
}

// firstPattern is the way of writing a registry that the chart recommends.
func firstPattern(p *chart.Profile) string {
	for _, pattern := range p.Patterns {
		if pattern.Missing == "" {
			return pattern.ID
		}
	}
	return ""
}

// planned is the component as a plan knows it; what the file does not decide is "". A name that no registry can be told
// from stays whole.
func (w component) planned() plan.Component {
	out := plan.Component{Name: w.name, Location: registry.Location{ImpliedHost: true}}
	if name := w.parts[imagePart]; name.from != "" {
		out.Repository = name.text
		host := image.Host(name.text)
		if rest, ok := strings.CutPrefix(name.text, host+"/"); ok && host != "" {
			out.Repository, out.Location = rest, registry.Location{Host: host}
		}
	}
	if tag := w.parts[tagPart]; tag.from != "" {
		out.Tag = tag.text
	}
	if policy := w.parts[policyPart]; policy.from != "" {
		out.PullPolicy = policy.text
	}
	return out
}

// commonHost is the registry that all components name; "" when there is none.
func commonHost(components []plan.Component) string {
	host := components[0].Location.Host
	for _, c := range components {
		if c.Location.Host != host {
			return ""
		}
	}
	return host
}

// hasOwn tells whether the new chart has a key of its own for a part of a component.
func (c *conversion) hasOwn(component, part string) bool {
	return c.to.WritesIn(component+"."+part, "")
}

// oneForAll gives all components the same where the new chart has one key for all of them: the first that the file
// decides.
func (c *conversion) oneForAll(want intent, name, words string) {
	var shared *part
	for _, w := range want.components {
		if p := w.parts[name]; p.from != "" && shared == nil && !c.hasOwn(w.name, name) {
			shared = &p
		}
	}
	if shared == nil {
		return
	}
	for _, w := range want.components {
		own := w.parts[name]
		w.parts[name] = *shared
		if own.text == shared.text {
			continue
		}
		at := own.from
		if at == "" {
			at = shared.from
		}
		c.tell(model.Problem{Rule: "one-for-all", Severity: model.Warning, Path: at,
			Summary: fmt.Sprintf("chart %s has one %s for all images: %s get %s, not %s", c.to.ID, words, w.name,
				shared.text, own.text),
			Fix: "make sure that both run with it, or set " + c.keyOf(name) + " to another"})
	}
}

// oneDigest takes the digests from tags where the new chart has one tag for all images: a digest belongs to one image.
func (c *conversion) oneDigest(want intent) {
	first := want.components[0].parts[tagPart]
	differ := false
	for _, w := range want.components {
		differ = differ || w.parts[tagPart].text != first.text
	}
	for _, w := range want.components {
		p := w.parts[tagPart]
		tag, digest, pinned := strings.Cut(p.text, "@")
		if !differ || !pinned || p.from == "" || c.hasOwn(w.name, tagPart) {
			continue
		}
		w.parts[tagPart] = part{tag, p.from}
		c.tell(model.Problem{Rule: "digest-not-carried", Severity: model.Warning, Path: p.from,
			Summary: fmt.Sprintf("the digest of %s is left out: chart %s has one tag for all images, and a digest belongs to "+
				"one of them", w.name, c.to.ID),
			Why: "the tag may come to mean another build than " + digest,
			Fix: "use a tag that is never pushed again"})
	}
}

// keyOf is the key of the new chart that carries a fact; "" when there is none.
func (c *conversion) keyOf(fact string) string {
	for _, s := range c.to.Settings {
		if s.Value == fact {
			return s.Path
		}
	}
	return ""
}
