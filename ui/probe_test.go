package ui_test

import (
	"testing"

	"conductor-registry/model"
	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

// registry finds the server image and does not find the workers image.
func registry(asked *[][]string) func(images []string) []session.Probed {
	return func(images []string) []session.Probed {
		*asked = append(*asked, images)
		var out []session.Probed
		for i, image := range images {
			if i == 0 {
				out = append(out, session.Probed{Image: image, Found: true, Summary: "linux/amd64, 212 MB, sha256:0123456789ab"})
				continue
			}
			out = append(out, session.Probed{Image: image, Failed: "tag", Nearest: "5.2.40",
				Problems: model.Problems{{Rule: "tag-unknown", Severity: model.Error,
					Summary: "the registry has this repository, and not this tag", Fix: "copy the image there, or change the tag"}}})
		}
		return out
	}
}

func TestTheReviewChecksTheImagesWithOneKey(t *testing.T) {
	var asked [][]string
	d := startWith(t, ui.Options{Start: session.Session{Answers: myacr()}, Probe: registry(&asked)})
	d.press("alt+7").sees("Check the images in the registry", "ctrl+t check images")
	if len(asked) > 0 {
		t.Fatal("it was asked unasked")
	}
	d.press("ctrl+t").sees("✓ myacr", "linux/amd64, 212 MB", "✗ myacr", "has this repository", "Check the images again")
	if len(asked) != 1 || len(asked[0]) != 2 || asked[0][0] != "myacr.azurecr.io/orkes-conductor-server:5.2.42" {
		t.Errorf("asked %q", asked)
	}
	d.press("down", "enter")
	if len(asked) != 2 {
		t.Error("enter does not ask again")
	}
	d.press("alt+5").write("x").press("alt+7").misses("212 MB")
}

func TestInvalidAnswersAreNotChecked(t *testing.T) {
	var asked [][]string
	a := myacr()
	a.Set("registry.name", "no name!")
	d := startWith(t, ui.Options{Start: session.Session{Answers: a, Page: "Review", Reached: "Review"}, Probe: registry(&asked)})
	d.press("ctrl+t").sees("fix the answers first")
	if len(asked) > 0 {
		t.Errorf("asked %q", asked)
	}
}

func TestWithoutProbeNoCheckIsOffered(t *testing.T) {
	d := acr(start(t, nil)).press("ctrl+t")
	d.misses("Check the images", "ctrl+t")
}

// After a check each part of a name carries what the registry reported, and the nearest tag is a key away.
func TestEachPartIsMarked(t *testing.T) {
	var asked [][]string
	d := startWith(t, ui.Options{Start: session.Session{Answers: myacr()}, Probe: registry(&asked)})
	d.press("alt+7", "ctrl+t").sees("myacr.azurecr.io✓/orkes-conductor-server✓:5.2.42✓",
		"myacr.azurecr.io✓/orkes-conductor-workers✓:5.2.42✗  no such tag; alt+t takes 5.2.40")
	d.press("alt+t").sees("orkes-conductor-server:5.2.42", "orkes-conductor-workers:5.2.40", "Workers tag: 5.2.40")
	if got := d.model.Draft().Get("components.workers.tag"); got != "5.2.40" {
		t.Errorf("the tag is %q", got)
	}
	d.press("alt+z", "alt+t").sees("no other tag to take")
}
