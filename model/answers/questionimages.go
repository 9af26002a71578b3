package answers

import (
	"fmt"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
)

// defaultRepository returns the preset's path of an image. In a cache it is the upstream's, without the namespace where
// the registry's path ends with it.
func (at place) defaultRepository() string {
	preset, location, _ := at.locate(at.answers.Registry(at.env, at.component))
	if preset == nil {
		return ""
	}
	upstream, ok := at.catalog.Registries.Preset(location.Fields["cacheOf"])
	if !ok {
		return preset.DefaultRepository(at.component)
	}
	repository := upstream.DefaultRepository(at.component)
	namespace, name, _ := strings.Cut(repository, "/")
	if strings.HasSuffix("/"+location.Path, "/"+namespace) {
		return name
	}
	return repository
}

func (at place) checkRepository(value string) error {
	if preset := at.preset(); preset != nil {
		return preset.CheckRepository(value)
	}
	return image.CheckRepository(value)
}

func (at place) defaultTag() string { return at.profile().AppVersion }

func (at place) checkTag(value string) error {
	if err := at.checkShared("tag", value); err != nil {
		return err
	}
	return image.CheckTag(value)
}

// takesTag reports whether a tag is asked: for one component where the chart has a key for it, or it is answered.
func (at place) takesTag() bool {
	return at.component == "" || at.answers.answered(at.path("tag")) || at.profile().WritesIn(at.component+".tag", "")
}

func (at place) adaptTag(f *Field) {
	profile := at.profile()
	f.Example, f.Help = profile.AppVersion, "chart "+profile.Version+" was made for "+profile.AppVersion
	if at.component != "" {
		f.Advanced, f.Help = true, "only where it differs, or for a digest of its own"
	}
}

func (place) pullPolicies() []Choice {
	return []Choice{
		{Value: "IfNotPresent", Label: "IfNotPresent", Summary: "pull what the node does not have; right for fixed tags"},
		{Value: "Always", Label: "Always", Summary: "ask the registry at every start; right for tags that move"},
		{Value: "Never", Label: "Never", Summary: "use only images that were loaded onto the nodes before"},
	}
}

func (place) defaultPullPolicy() string { return "IfNotPresent" }

func (at place) checkPullPolicy(value string) error {
	if err := at.checkShared("pullPolicy", value); err != nil {
		return err
	}
	known := model.Map(at.pullPolicies(), func(c Choice) string { return c.Value })
	return checkKnown(value, known, model.Nearest(value, known))
}

// checkShared refuses a component's own answer where the chart has one key for all components, unless it is the same.
func (at place) checkShared(leaf, value string) error {
	profile := at.profile()
	if at.component == "" || profile.WritesIn(at.component+"."+leaf, "") {
		return nil
	}
	shared := at.common().value(leaf).Text
	if value == "" || value == shared {
		return nil
	}
	return fmt.Errorf("chart %s has one %s for all images, which is %s: leave this one out", profile.ID, leaf, shared)
}
