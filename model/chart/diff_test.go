package chart

import (
	"fmt"
	"testing"
)

func TestDiffListsEachPartThatDiffers(t *testing.T) {
	component := func(name, tag string, policy any, secrets ...any) *ResolvedComponent {
		return &ResolvedComponent{Image: name + ":" + tag, PullPolicy: policy, PullSecrets: secrets,
			Trace: Trace{Tag: Origin{Value: tag, From: "image.tag"}}}
	}
	want := &Resolution{Components: map[string]*ResolvedComponent{
		"server":  component("r.io/s", "1", "true", "x"),
		"workers": component("w", "1", "Always"),
		"ui":      component("u", "1", "Always"),
	}}
	got := &Resolution{Components: map[string]*ResolvedComponent{
		"server":  component("r.io/s", "2", true, "y"),
		"workers": component("docker.io/w", "1", "Always", []any{}...),
	}}
	var found []string
	for _, d := range Diff(want, got, NamePart, TagPart, PullPolicyPart, PullSecretsPart) {
		found = append(found, fmt.Sprint(d.Component, " ", d.Part, " ", d.Want, " ", d.Got, " ", d.IsDockerHubHost()))
	}
	expected := []string{"server tag 1 2 false", "server pullPolicy true true false", "server pullSecrets [x] [y] false",
		"ui name u <nil> false", "workers name w docker.io/w true"}
	if fmt.Sprint(found) != fmt.Sprint(expected) {
		t.Errorf("got\n%q\nwant\n%q", found, expected)
	}
	if all := Compare(want, got, ImagePart, TagPart); len(all) != 5 || all[1].WantFrom[0].From != "image.tag" {
		t.Errorf("got %v", all)
	}
}
