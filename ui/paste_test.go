package ui_test

import (
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

const someDigest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// One paste on the first page, on the list of registries or in any field answers everything: the files are three keys
// away at most.
func TestPastedImages(t *testing.T) {
	t.Parallel()
	for _, paste := range golden.Pastes(t) {
		name := paste.Name
		for where, begin := range map[string]func() *driver{
			"first page": func() *driver { return start(t, nil) },
			"list":       func() *driver { return start(t, nil).press("enter") },
			"field":      func() *driver { return details(t, "acr") },
			"image":      func() *driver { return details(t, "acr").write("other").press("enter", "enter") },
			"tag":        func() *driver { return details(t, "acr").write("other").press("enter", "enter", "tab", "tab") },
		} {
			d := begin()
			d.keys = 0
			d.paste(paste.Text)
			if d.misses("C4naRy"); d.model.Page() != "Review" {
				t.Errorf("%s, %s: on %s\n%s", name, where, d.model.Page(), d.frame())
				continue
			}
			d.sees("understood: ")
			d.press("enter")
			if !d.hasWritten() || d.keys > 3 {
				t.Errorf("%s, %s: %d keys, written %v\n%s", name, where, d.keys, d.hasWritten(), d.frame())
				continue
			}
			got := session.Images(d.model.Written())
			if want := []string{paste.Server, paste.Workers}; strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%s, %s: %q, want %q", name, where, got, want)
			}
		}
	}
}

// A paste replaces what an earlier one answered: digests, and registries of one image.
func TestAPasteReplacesThePasteBefore(t *testing.T) {
	for _, before := range golden.Pastes(t) {
		d := start(t, nil).paste(before.Text).press("alt+1").paste("registry.example.com/team/conductor-server:5.2.42")
		got := strings.Join(session.Images(d.press("enter").model.Written()), " ")
		if want := "registry.example.com/team/conductor-server:5.2.42 registry.example.com/team/conductor-workers:5.2.42"; got != want {
			t.Errorf("after %s: %q, want %q", before.Name, got, want)
		}
	}
}

// Images of two registries are understood, and the line names both.
func TestPastedImagesOfTwoRegistries(t *testing.T) {
	d := start(t, nil).paste("ghcr.io/acme/conductor-server:5\nquay.io/acme/conductor-workers:5")
	d.sees("ghcr.io/acme, server conductor-server:5", "conductor-workers:5 from")
}

// Typed image names are understood when the field is left.
func TestTypedImages(t *testing.T) {
	const name = "quay.io/myorg/conductor-server:5.2.40"
	for where, d := range map[string]*driver{
		"list": start(t, nil).press("enter").write(name).press("enter"),
		"path": details(t, "acr").write("myacr").press("enter", "enter").write(name).press("enter"),
	} {
		if got := d.model.Draft().Get("registry.provider"); got != "quay" {
			t.Errorf("%s: %q\n%s", where, got, d.frame())
		}
		d.sees("quay.io/myorg/conductor-workers:5.2.40")
	}
}

// In the fields of images, the host of the registry goes and a tag goes to the tag.
func TestPastesBelowTheRegistry(t *testing.T) {
	for _, tt := range []struct{ text, server, workers string }{
		{"myacr.azurecr.io/conductor/server:5.2.40", "myacr.azurecr.io/conductor/server:5.2.40", "myacr.azurecr.io/orkes-conductor-workers:5.2.40"},
		{"conductor/server:5.2.40", "myacr.azurecr.io/conductor/server:5.2.40", "myacr.azurecr.io/orkes-conductor-workers:5.2.40"},
		{"conductor/server", "myacr.azurecr.io/conductor/server:5.2.42", "myacr.azurecr.io/orkes-conductor-workers:5.2.42"},
		{"team/image:5.2.40@" + someDigest, "myacr.azurecr.io/team/image:5.2.40@" + someDigest, "myacr.azurecr.io/orkes-conductor-workers:5.2.40"},
	} {
		d := details(t, "acr").write("myacr").press("enter", "enter").paste(tt.text)
		if d.model.Page() != "Images" {
			t.Errorf("%q leads to %s", tt.text, d.model.Page())
		}
		if got := session.Images(d.to("Review").press("enter").model.Written()); got[0] != tt.server || got[1] != tt.workers {
			t.Errorf("%q: %q", tt.text, got)
		}
	}
}

// Text that is not an image name is pasted as it is.
func TestOtherPastes(t *testing.T) {
	for _, text := range []string{"myorg", "5.2.42", "a/b", "team/mirrors", "my image", "https://example.com", "quay.io", "latest"} {
		d := start(t, nil).press("enter").write("generic").press("enter").write("r.example.com").press("enter", "tab").paste(text)
		if d.model.Page() == "Review" {
			t.Errorf("%q is taken for an image", text)
		}
		if provider := d.model.Draft().Get("registry.provider"); provider != "generic" {
			t.Errorf("%q changes the registry to %s", text, provider)
		}
	}
}

// A paste is one answer: one alt+z takes it back.
func TestAPasteIsUndone(t *testing.T) {
	a := answers.New()
	a.Set("registry.provider", "acr")
	a.Set("registry.name", "myacr")
	d := start(t, a).paste("quay.io/myorg/conductor-server:1").press("alt+z")
	if got := d.model.Draft(); got.Get("registry.provider") != "acr" || got.Get("registry.name") != "myacr" || got.Has("tag") {
		t.Errorf("left is\n%s", got.Encode())
	}
}

// A paste for one environment answers that environment.
func TestAPasteForAnEnvironment(t *testing.T) {
	a := answers.New()
	a.Set("environments", "dev, prod")
	a.Set("registry.provider", "acr")
	a.Set("registry.name", "myacr")
	d := start(t, a).press("enter", "enter")
	d.focusOn("environments.dev.registry.name")
	d.paste("mydev.azurecr.io/conductor/server:latest").press("ctrl+s", "enter")
	want := "mydev.azurecr.io/conductor/server:latest mydev.azurecr.io/conductor/workers:latest " +
		"myacr.azurecr.io/orkes-conductor-server:5.2.42 myacr.azurecr.io/orkes-conductor-workers:5.2.42"
	if got := strings.Join(session.Images(d.model.Written()), " "); got != want {
		t.Errorf("got %s", got)
	}
}

// ctrl+s goes to the review with the defaults, and stops at the first question without one.
func TestFinish(t *testing.T) {
	d := start(t, nil).press("ctrl+s")
	if d.model.Page() != "Registry" {
		t.Errorf("without a registry at %s", d.model.Page())
	}
	d.write("acr").press("ctrl+s").sees("› Registry name", "ctrl+s goes on to the review")
	d.write("myacr").press("ctrl+s").sees("Ready to write", "defaults: Chart, Pattern, Server image")
	d.press("enter")
	if !d.hasWritten() || d.keys > 5 {
		t.Errorf("%d keys, written %v", d.keys, d.hasWritten())
	}
}

// What is on a clipboard beside image names: values, a table, quotes of a word processor.
func TestPastedTexts(t *testing.T) {
	for text, want := range map[string]string{
		"global:\n  image:\n    registry: https://myacr.azurecr.io/\n    tag: \"5.3\"\nserver:\n  image:\n    repository: c/server\n": "myacr.azurecr.io/c/server:5.3 myacr.azurecr.io/c/workers:5.3",
		"image:\n  registry: quay.io\n  repository: org/server\n  tag: 5.3.1":                                                         "quay.io/org/server:5.3.1 quay.io/org/workers:5.3.1",
		"REPOSITORY                 TAG    IMAGE ID\nmyacr.azurecr.io/c/server  5.3.1  abcdef123456":                                  "myacr.azurecr.io/c/server:5.3.1 myacr.azurecr.io/c/workers:5.3.1",
		"“ghcr.io/org/server:1.0”, «ghcr.io/org/workers:1.1»":                                                                         "ghcr.io/org/server:1.0 ghcr.io/org/workers:1.1",
		"Failed to pull image \"ghcr.io/org/workers:1.0\": not found":                                                                 "ghcr.io/org/server:1.0 ghcr.io/org/workers:1.0",
	} {
		d := start(t, nil).paste(text).press("ctrl+s", "enter")
		if got := strings.Join(session.Images(d.model.Written()), " "); got != want {
			t.Errorf("%q gives %s", text, got)
		}
	}
	start(t, nil).paste("hello world").sees("no image name found in the pasted text")
}
