package lint

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"conductor-registry/model"
	"conductor-registry/model/image"
	"conductor-registry/model/values"
)

// tagRules are about tags and digests.
func tagRules() []Rule {
	return []Rule{
		{
			ID: "tag-retyped", Severity: model.Error, Title: "a tag that YAML takes for a number or a truth value",
			Why: "5.10 is the number 5.1, 20240101 prints as 2.0240101e+07, no is false: the pods get another tag, or " +
				"the chart refuses it",
			Fix: "put the tag between quotes", Mends: true, find: (*subject).typedTags,
		},
		{
			ID: "tag-unquoted", Severity: model.Warning, Title: "a tag without quotes that YAML takes for a number",
			Why: "this one prints as it is written, and the next, such as 5.10, will not", Fix: "put the tag between quotes",
			Mends: true,
		},
		{
			ID: "digest-as-tag", Severity: model.Error, Title: "a digest without a tag before it",
			Why: "the chart puts a colon before it, and repository:sha256:... is no image name: InvalidImageName",
			Fix: "write the tag before it: 5.2.42@sha256:<64 hex digits>", find: (*subject).digests,
		},
		{
			ID: "moving-tag", Severity: model.Warning, Title: "a tag that is pushed again and again, such as latest",
			Why: "two nodes may run different builds, and what ran yesterday can't be had back",
			Fix: "use a fixed tag; for development set the pull policy Always", find: (*subject).movingTags,
		},
	}
}

// typedTags looks at what stands in each file, whether a later file replaces it or not.
func (s *subject) typedTags() {
	paths := s.tagPaths()
	for _, f := range s.files {
		for at := range f.entries() {
			if at.value.Kind != yaml.ScalarNode || at.value.Style != 0 || !slices.Contains(paths, at.path) {
				continue
			}
			switch value := asHelmReads(at.value.Value).(type) {
			case bool, float64:
				s.typedTag(f, at, value)
			}
		}
	}
}

// asHelmReads is a value without quotes with the type that Helm's YAML gives it.
func asHelmReads(text string) any {
	own, err := values.Load(values.Source{Data: []byte("x: " + text)})
	if err != nil {
		return nil
	}
	return own.Map()["x"]
}

func (s *subject) typedTag(f *file, at entry, value any) {
	written, prints := at.value.Value, fmt.Sprint(value)
	p := model.Problem{Rule: "tag-retyped", File: f.name, Line: at.key.Line, Path: at.path}
	refused := ""
	if s.resolution.Error != nil {
		refused = strings.ReplaceAll(s.resolution.Error.Message, "/", ".")
	}
	switch {
	case strings.Contains(refused, at.path):
		p.Summary = fmt.Sprintf("the tag %s is no text for YAML, and the chart refuses it", written)
	case prints == "0" || prints == "false":
		p.Summary = fmt.Sprintf("the tag %s counts as none: the chart takes another", written)
	case prints != written:
		p.Summary = fmt.Sprintf("YAML makes %s of the tag %s", prints, written)
	default:
		p.Rule, p.Summary = "tag-unquoted", fmt.Sprintf("the tag %s has no quotes", written)
	}
	p.Fix = "write " + values.Quote(written)
	s.report(p, values.Change{Path: at.path, Value: values.Quote(written)})
}

// tagPaths are the keys that the chart takes tags from.
func (s *subject) tagPaths() []string {
	var out []string
	for _, c := range s.Profile.Components {
		out = append(out, c.Tag.Paths...)
	}
	return out
}

func (s *subject) digests() {
	for _, c := range s.resolution.Components {
		if tag, _ := c.Trace.Tag.Value.(string); strings.HasPrefix(tag, "sha256:") {
			s.report(model.Problem{Path: c.Trace.Tag.From, Summary: fmt.Sprintf("%s is a digest, and no tag", short(tag))})
		}
	}
}

// short keeps a digest within a line.
func short(digest string) string {
	if len(digest) > 19 {
		return digest[:19] + "..."
	}
	return digest
}

func (s *subject) movingTags() {
	for _, name := range s.components() {
		c := s.resolution.Components[name]
		tag, _ := c.Trace.Tag.Value.(string)
		p := model.Problem{Path: c.Trace.Tag.From}
		switch {
		case !image.IsMutableTag(tag):
			continue
		case c.PullPolicy != "Always":
			p.Summary = fmt.Sprintf("the tag %s moves, and with the pull policy %v nodes keep the build they have", tag,
				c.PullPolicy)
		case s.production() != "":
			p.Summary = fmt.Sprintf("%s is for production and uses the tag %s, which moves", s.production(), tag)
		default:
			continue
		}
		s.report(p)
	}
}

// production is the first file that is named for production, or "".
func (s *subject) production() string {
	for _, f := range s.files {
		if image.IsProduction(f.name) {
			return f.name
		}
	}
	return ""
}
