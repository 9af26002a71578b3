package mirror_test

import (
	"strings"
	"testing"

	"conductor-registry/model/mirror"
	"conductor-registry/model/registry"
	"conductor-registry/presets/presetstest"
)

const digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// wanted returns an image that a component pulls, with the chart's own image behind it.
func wanted(component, image string) mirror.Wanted {
	return mirror.Wanted{Use: mirror.Use{Component: component}, Image: image, AppVersion: "5.2.42",
		Default: "orkesio/orkes-conductor-" + component}
}

// The source has the tag or the digest that the pods pull; a tag of one's own is filled from the chart's version.
func TestSources(t *testing.T) {
	const from = "docker.io/orkesio/orkes-conductor-server"
	for _, test := range []struct{ image, given, source, target, digest string }{
		{"r.io/a/server:5.2.40", "", from + ":5.2.40", "r.io/a/server:5.2.40", ""},
		{"r.io/a/server:production", "", from + ":5.2.42", "r.io/a/server:production", ""},
		{"r.io/a/server:5.2.40@" + digest, "", from + "@" + digest, "r.io/a/server:5.2.40", digest},
		{"r.io/a/server:5.2.40", "x.io:5000/s", "x.io:5000/s:5.2.40", "r.io/a/server:5.2.40", ""},
		{"r.io/a/server:5.2.40", "x.io/s:7", "x.io/s:7", "r.io/a/server:5.2.40", ""},
		{"r.io/a/server:5.2.40", "x.io/s:7@" + digest, "x.io/s@" + digest, "r.io/a/server:5.2.40", digest},
		{"r.io/a/server:5.2.40@" + digest, "x.io/s:7", "x.io/s@" + digest, "r.io/a/server:5.2.40", digest},
		{"mine/server:1", "", from + ":1", "docker.io/mine/server:1", ""},
	} {
		list, err := mirror.NewList([]mirror.Wanted{wanted("server", test.image)}, map[string]string{"server": test.given})
		if err != nil || len(list.Images) != 1 {
			t.Fatalf("%s: %+v, %v", test.image, list, err)
		}
		if i := list.Images[0]; i.Source != test.source || i.Target != test.target || i.Digest != test.digest {
			t.Errorf("%s from %q: %+v", test.image, test.given, i)
		}
	}
}

// An image is copied once for all that pull it, and not at all to a cache or where Orkes has it.
func TestNewList(t *testing.T) {
	dev, prod := wanted("server", "r.io/a/server:1"), wanted("server", "r.io/a/server:1")
	dev.Environment, prod.Environment = "dev", "prod"
	cached := wanted("workers", "h.io/hub/orkesio/orkes-conductor-workers:1")
	cached.Location = registry.Location{Host: "h.io", Fields: map[string]string{"cacheOf": "dockerhub"}}
	list, err := mirror.NewList([]mirror.Wanted{dev, prod, cached, wanted("workers", "docker.io/orkesio/orkes-conductor-workers:1")}, nil)
	if err != nil || len(list.Images) != 1 || len(list.Images[0].Uses) != 2 || len(list.Skipped) != 2 ||
		!strings.Contains(list.Skipped[0].Why, "h.io is a cache") || !strings.Contains(list.Skipped[1].Why, "Orkes's own") {
		t.Errorf("%+v, %v", list, err)
	}
	nothing := wanted("server", "r.io/a/server:1")
	nothing.Default = ""
	for text, list := range map[string][]mirror.Wanted{
		"--source server=IMAGE": {nothing},
		"has no tag":            {wanted("server", "r.io/a/server@"+digest)},
		"the same image":        {dev, wanted("workers", "r.io/a/server:1")},
		"not a valid image":     {wanted("server", "r.io/A:1")},
	} {
		if _, err := mirror.NewList(list, nil); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("got %v, want %s", err, text)
		}
	}
}

// Every preset that a copy can go to says what must exist first, with all names filled in.
func TestRequirementsOfPresets(t *testing.T) {
	presets, err := presetstest.Catalog(t).Registries.All()
	if err != nil {
		t.Fatal(err)
	}
	commands := map[string]string{}
	for _, p := range presets {
		e := p.Examples[0]
		at, wrong := p.Locate(e.Fields)
		if len(wrong) > 0 {
			t.Fatal(wrong)
		}
		w := wanted("server", e.Image)
		w.Preset, w.Location, w.Repository = p, at, e.Repository
		list, err := mirror.NewList([]mirror.Wanted{w}, map[string]string{"server": "x.io/s:1"})
		if err != nil {
			t.Fatal(err)
		}
		if len(list.Images) == 0 {
			continue // Docker Hub's example is Orkes's own image
		}
		push := mirror.PushOf(list.Images)
		if len(push.Login) == 0 || len(push.Before)+len(push.After) == 0 {
			t.Errorf("%s says nothing about pushing: %+v", p.ID, push)
		}
		for _, r := range append(push.Before, push.After...) {
			if text := r.What + strings.Join(r.Commands, ""); strings.Contains(text, "{") && p.ID != "harbor" {
				t.Errorf("%s: %s", p.ID, text)
			}
			commands[p.ID] += strings.Join(r.Commands, "\n")
		}
	}
	for id, want := range map[string]string{
		"ecr":    "aws ecr create-repository --region us-east-1 --repository-name conductor-server",
		"gar":    "gcloud artifacts repositories create docker-repo --project=my-project --location=us-central1 --repository-format=docker",
		"harbor": `{"project_name":"conductor","metadata":{"public":"false"}}`,
	} {
		if !strings.Contains(commands[id], want) {
			t.Errorf("%s: %s", id, commands[id])
		}
	}
}
