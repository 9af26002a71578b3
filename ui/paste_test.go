package ui_test

import (
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/ui/session"
)

const someDigest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// pastes are image names as people have them on their clipboard, and the images that they lead to; "" for none.
func pastes() map[string]struct{ text, server, workers string } {
	type paste = struct{ text, server, workers string }
	const r = "registry.example.com:5000/team"
	return map[string]paste{
		"plain":           {r + "/conductor-server:5.2.42", r + "/conductor-server:5.2.42", r + "/conductor-workers:5.2.42"},
		"workers":         {r + "/conductor-workers:5.2.40", r + "/conductor-server:5.2.40", r + "/conductor-workers:5.2.40"},
		"docker pull":     {"$ docker pull myacr.azurecr.io/conductor/server:5.2.42\n", "myacr.azurecr.io/conductor/server:5.2.42", "myacr.azurecr.io/conductor/workers:5.2.42"},
		"podman run":      {"podman run -it --rm quay.io/myorg/conductor-server:1 sh", "quay.io/myorg/conductor-server:1", "quay.io/myorg/conductor-workers:1"},
		"image key":       {`          image: "ghcr.io/myorg/orkes-conductor-server:5.2.42"`, "ghcr.io/myorg/orkes-conductor-server:5.2.42", "ghcr.io/myorg/orkes-conductor-workers:5.2.42"},
		"list item":       {"- image: 'ghcr.io/myorg/orkes-conductor-server:5.2.42',", "ghcr.io/myorg/orkes-conductor-server:5.2.42", "ghcr.io/myorg/orkes-conductor-workers:5.2.42"},
		"JSON":            {`{"image": "ghcr.io/myorg/orkes-conductor-server:5.2.42"}`, "ghcr.io/myorg/orkes-conductor-server:5.2.42", "ghcr.io/myorg/orkes-conductor-workers:5.2.42"},
		"digest":          {"quay.io/myorg/conductor-server@" + someDigest, "quay.io/myorg/conductor-server:5.2.42@" + someDigest, "quay.io/myorg/conductor-workers:5.2.42"},
		"tag and digest":  {"quay.io/myorg/conductor-server:5.2.40@" + someDigest, "quay.io/myorg/conductor-server:5.2.40@" + someDigest, "quay.io/myorg/conductor-workers:5.2.40"},
		"two lines":       {"quay.io/myorg/conductor-server:1\nquay.io/myorg/conductor-workers:2\n", "quay.io/myorg/conductor-server:1", "quay.io/myorg/conductor-workers:2"},
		"other order":     {"quay.io/myorg/conductor-workers:2\r\nquay.io/myorg/conductor-server:2", "quay.io/myorg/conductor-server:2", "quay.io/myorg/conductor-workers:2"},
		"one line of two": {"quay.io/myorg/a/conductor-server:1 quay.io/myorg/b/conductor-workers:1", "quay.io/myorg/a/conductor-server:1", "quay.io/myorg/b/conductor-workers:1"},
		"two registries":  {"quay.io/myorg/conductor-server:1\nghcr.io/other/conductor-workers:1", "quay.io/myorg/conductor-server:1", "ghcr.io/other/conductor-workers:1"},
		"scheme":          {"https://myacr.azurecr.io/conductor/server:5.2.42", "myacr.azurecr.io/conductor/server:5.2.42", "myacr.azurecr.io/conductor/workers:5.2.42"},
		"docker scheme":   {"docker://myacr.azurecr.io/conductor/server:5.2.42", "myacr.azurecr.io/conductor/server:5.2.42", "myacr.azurecr.io/conductor/workers:5.2.42"},
		"upper case":      {"MyACR.azurecr.io/Conductor/Server:5.2.42-RC1", "myacr.azurecr.io/conductor/server:5.2.42-RC1", "myacr.azurecr.io/conductor/workers:5.2.42-RC1"},
		"Docker Hub":      {"docker pull orkesio/orkes-conductor-server:5.2.42", "docker.io/orkesio/orkes-conductor-server:5.2.42", "docker.io/orkesio/orkes-conductor-workers:5.2.42"},
		"docker.io":       {"docker.io/myorg/conductor-server:1", "docker.io/myorg/conductor-server:1", "docker.io/myorg/conductor-workers:1"},
		"Dockerfile":      {"FROM us-central1-docker.pkg.dev/my-project/docker/conductor-server:5.2.42 AS base", "us-central1-docker.pkg.dev/my-project/docker/conductor-server:5.2.42", "us-central1-docker.pkg.dev/my-project/docker/conductor-workers:5.2.42"},
		"ECR":             {"123456789012.dkr.ecr.us-east-1.amazonaws.com/conductor/server:5.2.42", "123456789012.dkr.ecr.us-east-1.amazonaws.com/conductor/server:5.2.42", "123456789012.dkr.ecr.us-east-1.amazonaws.com/conductor/workers:5.2.42"},
		"Artifactory":     {"mycompany.jfrog.io/docker-prod/orkes/conductor-server:5.2.42", "mycompany.jfrog.io/docker-prod/orkes/conductor-server:5.2.42", "mycompany.jfrog.io/docker-prod/orkes/conductor-workers:5.2.42"},
		"--set":           {"--set image.repository=harbor.example.com/library/conductor-server", "harbor.example.com/library/conductor-server:5.2.42", "harbor.example.com/library/conductor-workers:5.2.42"},
		"crane copy":      {"crane copy orkesio/orkes-conductor-server:5.2.42 quay.io/myorg/conductor-server:5.2.42", "quay.io/myorg/conductor-server:5.2.42", "quay.io/myorg/conductor-workers:5.2.42"},
		"no worker":       {"registry.example.com/team/conductor:5.2.42", "registry.example.com/team/conductor:5.2.42", "registry.example.com/team/orkes-conductor-workers:5.2.42"},
		"invisible":       {"\u200bquay.io/myorg/conductor-server\u202e:1\u2060", "quay.io/myorg/conductor-server:1", "quay.io/myorg/conductor-workers:1"},
		"login":           {"https://robot:C4naRy001zQx7@registry.example.com/team/conductor-server:1", "registry.example.com/team/conductor-server:1", "registry.example.com/team/conductor-workers:1"},
	}
}

// One paste on the first page, on the list of registries or in any field answers everything: the files are three keys
// away at most.
func TestPastedImages(t *testing.T) {
	t.Parallel()
	for name, paste := range pastes() {
		for where, begin := range map[string]func() *driver{
			"first page": func() *driver { return start(t, nil) },
			"list":       func() *driver { return start(t, nil).press("enter") },
			"field":      func() *driver { return details(t, "acr") },
			"image":      func() *driver { return details(t, "acr").write("other").press("enter", "enter") },
			"tag":        func() *driver { return details(t, "acr").write("other").press("enter", "enter", "tab", "tab") },
		} {
			d := begin()
			d.keys = 0
			d.paste(paste.text)
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
			if want := []string{paste.server, paste.workers}; strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%s, %s: %q, want %q", name, where, got, want)
			}
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
