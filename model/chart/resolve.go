package chart

import (
	"fmt"
	"strings"

	"conductor-registry/model/values"
)

// Resolve returns what the chart makes of the values, in Helm's order: defaults, schema, templates, then the YAML that
// they print. It does not change the values.
func (p *Profile) Resolve(v *values.Values) *Resolution {
	out := &Resolution{FormatVersion: "1", Chart: p.Identity(), Secrets: []MadeSecret{}}
	r := &resolver{profile: p, user: v, values: values.Coalesce(p.Defaults, v.Tree()), out: out}
	if out.Error = r.refusal(); out.Error != nil {
		out.Components, out.Secrets = nil, []MadeSecret{}
	}
	return out
}

// resolver is one run of Resolve.
type resolver struct {
	profile *Profile
	user    *values.Values
	values  map[string]any // the user's over the chart's defaults
	out     *Resolution
}

// refusal fills the resolution, or returns why Helm refuses the values.
func (r *resolver) refusal() *Refusal {
	if broken := r.profile.Schema.check(r.values); len(broken) > 0 {
		return &Refusal{Kind: "schema", Details: broken,
			Message: "values don't meet the specifications of the schema(s) in the following chart(s):\n" +
				r.profile.Name + ":\n- " + strings.Join(broken, "\n- ")}
	}
	for _, step := range r.profile.Steps {
		if refusal := step.run(r.values); refusal != nil {
			return refusal
		}
	}
	if refusal := r.profile.Shapes.check(r.values); refusal != nil {
		return refusal
	}
	pull, names, err := r.pullSecret()
	if err != nil {
		return templateError(err)
	}
	r.out.Components = make(map[string]*ResolvedComponent, len(r.profile.Components))
	for _, c := range r.profile.Components {
		resolved, err := r.component(c, names)
		if err != nil {
			return templateError(err)
		}
		resolved.Trace.PullSecrets = pull
		if len(resolved.PullSecrets) > 0 {
			resolved.Trace.PullSecrets.Value = resolved.PullSecrets[0]
		}
		r.out.Components[c.Name] = resolved
	}
	if err := r.secrets(); err != nil {
		return templateError(err)
	}
	return nil
}

// component resolves one component; names are the texts of its pull secrets.
func (r *resolver) component(c Component, names []string) (*ResolvedComponent, error) {
	var texts [4]string
	var origins [4]Origin
	for i, chain := range c.Chains() {
		if len(chain.Paths) == 0 && chain.Else == "" {
			continue
		}
		var err error
		if texts[i], origins[i], err = r.text(chain); err != nil {
			return nil, err
		}
	}
	registry, repository, tag, policy := texts[0], texts[1], texts[2], texts[3]
	image := repository + ":" + tag
	if registry != "" { // nil prints as something: an empty registry and its slash
		image = registry + "/" + image
	}
	pod, err := render(podText{stripped(image), stripped(policy), names})
	if err != nil {
		return nil, err
	}
	origins[3].Value = pod.PullPolicy
	pod.Trace = Trace{Registry: origins[0], Repository: origins[1], Tag: origins[2], PullPolicy: origins[3]}
	return pod, nil
}

// text returns what a template prints for a chain, and where that comes from.
func (r *resolver) text(c Chain) (string, Origin, error) {
	won, err := c.pick(r.values)
	if text, ok := won.value.(string); ok && err == nil && c.Tpl && won.path != "" {
		if won.value, err = r.expand(text, won.path); won.value == "" {
			won = picked{value: c.Else}
		}
	}
	if err != nil {
		return "", Origin{}, err
	}
	if won.path == "" && won.value == appVersion {
		return r.profile.AppVersion, Origin{r.profile.AppVersion, appVersion}, nil
	}
	text := printed(won.value)
	return text, Origin{stripped(text), r.from(won.path)}, nil
}

// from returns where a value comes from; path is "" for what is fixed in the templates.
func (r *resolver) from(path string) string {
	if path == "" {
		return "chart default"
	}
	if _, ok := values.Find(r.user.Tree(), path); ok {
		return path
	}
	return "chart default " + path
}

// pullSecret returns what the pods name, by the first rule that holds and those beside it, and the texts in the
// manifest.
func (r *resolver) pullSecret() (Origin, []string, error) {
	origin := Origin{Value: "", From: "chart default"}
	var texts []string
	for _, rule := range r.profile.Pulls {
		if len(texts) == 0 {
			origin.From = r.from(rule.Path)
		}
		if allHold(rule.When, r.values) {
			found, err := r.pullNames(rule)
			if err != nil {
				return Origin{}, nil, err
			}
			texts = append(texts, found...)
		}
		if len(texts) > 0 && !rule.Beside {
			break
		}
	}
	if len(texts) > 0 {
		origin.Value = texts[0]
	}
	return origin, texts, nil
}

// pullNames returns the names that a rule gives.
func (r *resolver) pullNames(rule PullSecret) ([]string, error) {
	if rule.Path == "" {
		return []string{rule.Literal}, nil
	}
	value, err := deref(r.values, rule.Path)
	if err != nil || !rule.List {
		return []string{stripped(printed(value))}, err
	}
	items, isList := value.([]any)
	if !isList && !empty(value) {
		return nil, fmt.Errorf("<.Values.%s>: range can't iterate over %v", rule.Path, value)
	}
	var out []string
	for _, item := range items {
		if mapping, isMapping := item.(map[string]any); isMapping {
			item = mapping["name"]
		}
		out = append(out, stripped(printed(item)))
	}
	return out, nil
}

// secrets adds the pull secrets that the chart creates to the resolution.
func (r *resolver) secrets() error {
	for _, s := range r.profile.Secrets {
		if !allHold(s.When, r.values) {
			continue
		}
		text, from := s.Literal, ""
		if s.Path != "" {
			value, err := deref(r.values, s.Path)
			if err != nil {
				return err
			}
			text, from = stripped(printed(value)), r.from(s.Path)
		}
		name, err := renderSecret(text)
		if err != nil {
			return err
		}
		r.out.Secrets = append(r.out.Secrets, MadeSecret{name, secretType, from})
	}
	return nil
}

// stripped returns text as Helm leaves it in the manifest.
func stripped(text string) string { return strings.ReplaceAll(text, noValue, "") }
