package convert

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/chart"
	"conductor-registry/model/image"
	"conductor-registry/model/plan"
	"conductor-registry/model/registry"
)

// intent holds what the new file must give the pods: the same as the old one, as far as the new chart has keys for it.
type intent struct {
	*chart.Resolution
	components []string
	secret     pullSecret
}

func (c *conversion) intent() intent {
	out := intent{Resolution: &chart.Resolution{Components: map[string]*chart.ResolvedComponent{}},
		components: c.old.profile.ComponentNames()}
	for _, name := range out.components {
		copied := *c.old.resolution.Components[name]
		out.Components[name] = &copied
	}
	if !c.isSameChart() { // otherwise nothing is written that could give an unread key an effect
		out.secret = c.old.pullSecret()
	}
	return out
}

// origin returns a tag or pull policy and the key that decides it.
func (w intent) origin(component string, part chart.Part) chart.Origin {
	value, from := w.Components[component].Part(part)
	return chart.Origin{Value: value, From: from[0].From}
}

// set gives a component another tag or pull policy.
func (w intent) set(component string, part chart.Part, to chart.Origin) {
	r := w.Components[component]
	if part == chart.PullPolicyPart {
		r.PullPolicy, r.Trace.PullPolicy = to.Value, to
		return
	}
	r.Image, r.Trace.Tag = fmt.Sprint(r.Name(), ":", to.Value), to
}

// decides reports whether a key decides anything that the pods get.
func (w intent) decides(path string) bool {
	for _, r := range w.Components {
		for _, o := range r.Trace.Origins() {
			if o.From == path {
				return true
			}
		}
	}
	return w.secret.from == path && !w.secret.isUnread
}

// settings returns the intent as keys of the new chart. It reports what the chart has no key for, and changes the
// intent to what it has.
func (c *conversion) settings(want intent) []plan.KeyValue {
	method, name := c.pullSecretMethod(want.secret)
	c.dropDigests(want)
	c.shareValue(want, chart.TagPart)
	c.shareValue(want, chart.PullPolicyPart)
	env := &plan.Environment{Profile: c.to, Pattern: c.to.DefaultPattern(), Secret: plan.Secret{Method: method, Name: name}}
	for _, component := range want.components {
		env.Components = append(env.Components, c.planned(component, want.Components[component]))
	}
	facts := env.Facts(commonHost(env.Components))
	maps.DeleteFunc(facts, func(_, text string) bool { return text == "" })
	return plan.Settings(c.to, env.Pattern, method, facts)
}

// planned returns a component as a plan knows it, with "" for what the file leaves to the chart. An image whose
// registry is not recognized stays whole.
func (c *conversion) planned(name string, r *chart.ResolvedComponent) plan.Component {
	out := plan.Component{Name: name, Location: registry.Location{ImpliedHost: true}}
	t := r.Trace
	if c.old.setBy(t.Registry, t.Repository) != "" {
		out.Repository = r.Name()
		host := image.Host(out.Repository)
		if rest, ok := strings.CutPrefix(out.Repository, host+"/"); ok && host != "" {
			out.Repository, out.Location = rest, registry.Location{Host: host}
		}
	}
	if c.old.sets(t.Tag.From) {
		out.Tag = fmt.Sprint(t.Tag.Value)
	}
	if c.old.sets(t.PullPolicy.From) {
		out.PullPolicy = fmt.Sprint(r.PullPolicy)
	}
	return out
}

// commonHost returns the registry that all components name; "" when they differ.
func commonHost(components []plan.Component) string {
	host := components[0].Location.Host
	if slices.ContainsFunc(components, func(c plan.Component) bool { return c.Location.Host != host }) {
		return ""
	}
	return host
}

// shareValue gives all components the same tag or pull policy where the new chart has one key for all of them: the
// first one that the file sets.
func (c *conversion) shareValue(want intent, part chart.Part) {
	i := slices.IndexFunc(want.components, func(component string) bool {
		return c.old.sets(want.origin(component, part).From) && !hasOwn(c.to, component, part)
	})
	if i < 0 {
		return
	}
	shared := want.origin(want.components[i], part)
	for _, component := range want.components {
		own := want.origin(component, part)
		want.set(component, part, shared)
		if fmt.Sprint(own.Value) == fmt.Sprint(shared.Value) {
			continue
		}
		if !c.old.sets(own.From) {
			own.From = shared.From
		}
		c.report(model.Problem{Rule: "one-for-all", Severity: model.Warning, Path: own.From,
			Summary: fmt.Sprintf("chart %s has one %s for all images: %s gets %v instead of %v", c.to.ID, part.Words(),
				component, shared.Value, own.Value),
			Fix: fmt.Sprintf("check that all components run with it, or set %s to another value", keyFor(c.to, string(part)))})
	}
}

// dropDigests removes the digests of tags that differ where the new chart has one tag for all images.
func (c *conversion) dropDigests(want intent) {
	tags := map[string]chart.Origin{}
	differ := false
	for _, component := range want.components {
		tags[component] = want.origin(component, chart.TagPart)
		differ = differ || tags[component].Value != tags[want.components[0]].Value
	}
	for _, component := range want.components {
		own := tags[component]
		tag, digest, pinned := strings.Cut(fmt.Sprint(own.Value), "@")
		if !differ || !pinned || !c.old.sets(own.From) || hasOwn(c.to, component, chart.TagPart) {
			continue
		}
		want.set(component, chart.TagPart, chart.Origin{Value: tag, From: own.From})
		c.report(model.Problem{Rule: "digest-not-carried", Severity: model.Warning, Path: own.From,
			Summary: fmt.Sprintf("the digest of the %s image is removed: %s", component, oneTagOnly(c.to)),
			Why:     "the tag may later mean another build than " + digest, Fix: neverPushAgain})
	}
}

// oneTagOnly says why a chart cannot pin its images one by one.
func oneTagOnly(p *chart.Profile) string {
	return fmt.Sprintf("chart %s has one tag for all images, and a digest identifies one image", p.ID)
}

const neverPushAgain = "use a tag that is never pushed again"
