package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/golden/svg"
	"conductor-registry/model/answers"
	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

// screen is a state of the wizard that people should read, made from a fresh start.
type screen struct {
	name string
	make func(begin starter) *driver
}

// sizes are the screens that people have, the common one first.
func sizes() [][2]int { return [][2]int{{80, 24}, {120, 40}, {100, 30}, {60, 20}} }

// isPage reports whether a screen is kept at every size, in one file: the pages, and those that have to fit much. Other
// states are kept at the common size.
func isPage(name string) bool {
	return slices.Contains([]string{"chart", "registry", "details-pasted", "pattern", "images", "environments", "pull-secret", "review",
		"review-existing", "review-dev-and-prod", "preview-values", "steps", "many-environments", "very-long-values",
		"help-registry", "opened-review"}, name)
}

// starter starts a wizard at one size.
type starter func(from *answers.Answers) *driver

func (begin starter) details(provider string) *driver {
	return begin(nil).press("enter").write(provider).press("enter")
}

// azure goes to the pattern, with an Azure registry.
func (begin starter) azure(keys ...string) *driver {
	return begin.details("acr").write("myacr").press("enter").press(keys...)
}

// environments goes to the details of an Azure registry for dev and prod.
func (begin starter) environments() *driver {
	a := answers.New()
	a.Set("environments", "dev, prod")
	a.Set("registry.provider", "acr")
	a.Set("registry.name", "myacr")
	a.Set("environments.dev.registry.name", "myacrdev")
	a.Set("environments.dev.tag", "latest")
	return begin(a).press("enter", "enter")
}

// to presses enter until a page is shown.
func (d *driver) to(page string) *driver {
	for d.model.Page() != page {
		d.leavePage()
	}
	return d
}

func screens() []screen {
	return []screen{
		{"chart", func(b starter) *driver { return b(nil) }},
		{"registry", func(b starter) *driver { return b(nil).press("enter") }},
		{"registry-filtered", func(b starter) *driver { return b(nil).press("enter").write("art") }},
		{"registry-no-match", func(b starter) *driver { return b(nil).press("enter").write("nothing") }},
		{"details-empty", func(b starter) *driver { return b.details("jfrog") }},
		{"details-error", func(b starter) *driver { return b.details("ecr").write("1234567").press("enter") }},
		{"details-pasted", func(b starter) *driver {
			return b.details("gar").paste("https://US-central1-docker.pkg.dev/my-project/docker/")
		}},
		{"pattern", func(b starter) *driver { return b.azure("down") }},
		{"pattern-two-registries", func(b starter) *driver {
			return b.azure("down", "enter").write("gcr").press("enter").write("my-project")
		}},
		{"images", func(b starter) *driver { return b.azure("enter") }},
		{"images-long-names", func(b starter) *driver {
			return b.azure("enter").write("platform-engineering/mirrors/third-party/orkes/conductor/orkes-conductor-server")
		}},
		{"environments", func(b starter) *driver { return b.environments().press("right", "down", "down", "down") }},
		{"environments-typed", func(b starter) *driver { return b.environments().press("right", "right").write("myprod") }},
		{"environments-choices", func(b starter) *driver {
			return b.environments().press("alt+5", "right", "down", "down", "down", "space")
		}},
		{"environments-two-registries", func(b starter) *driver {
			return b.environments().press("up", "right").write("quay").press("down", "down")
		}},
		{"pull-secret", func(b starter) *driver { return b.azure().to("Pull secret") }},
		{"pull-secret-ecr", func(b starter) *driver {
			return b.details("ecr").write("123456789012").press("enter").write("us-east-1").to("Pull secret")
		}},
		{"review", func(b starter) *driver { return acr(b(nil)) }},
		{"review-existing", func(b starter) *driver {
			d := b(nil)
			d.shelf.files["values.yaml"] = []byte("global:\n  image:\n    registry: \"old.example.com\"\n")
			return acr(d).press("up", "up", "up")
		}},
		{"review-dev-and-prod", func(b starter) *driver { return b.environments().to("Review") }},
		{"preview-images", func(b starter) *driver { return b.azure().to("Images").press("ctrl+p") }},
		{"preview-values", func(b starter) *driver { return b.azure().to("Images").press("ctrl+p", "ctrl+p") }},
		{"preview-problems", func(b starter) *driver {
			return b.details("ecr").write("123456789012").press("enter").write("us-east-1").to("Pull secret").
				press("ctrl+p", "ctrl+p")
		}},
		{"steps", func(b starter) *driver { return b.environments().to("Images").press("ctrl+o", "up") }},
		{"many-environments", func(b starter) *driver {
			a := answers.New()
			a.Set("environments", "dev, staging, prod-us, prod-eu, prod-asia, disaster-recovery")
			a.Set("registry.provider", "acr")
			a.Set("registry.name", "myacr")
			a.Set("environments.dev.tag", "latest")
			return b(a).to("Images")
		}},
		{"very-long-values", func(b starter) *driver {
			d := b.details("harbor").write("registry.container-platform.engineering.example-corporation.internal:8443").press("enter")
			return d.write("mirrors-of-third-party-software").press("enter").to("Images").
				write("platform/orkes/conductor/releases/stable/linux/orkes-conductor-server").press("enter", "enter").
				write("5.2.42@sha256:" + strings.Repeat("0123456789abcdef", 4))
		}},
		{"undone", func(b starter) *driver { return b.azure("down", "alt+z") }},
		{"review-answers", func(b starter) *driver { return acr(b(nil)).press("down", "down", "down", "down") }},
		{"review-missing", func(b starter) *driver {
			return acr(b(nil)).press("alt+3", "ctrl+u", "alt+7").press("down")
		}},
		{"back-from-review", func(b starter) *driver { return acr(b(nil)).press("down", "enter") }},
		{"help", func(b starter) *driver { return b.details("ecr").press("f1") }},
		{"help-registry", func(b starter) *driver { return b.details("ecr").write("123456789012").press("f1", "tab") }},
	}
}

// TestScreens compares every page and state with the golden screens. Each has to fit at every size.
func TestScreens(t *testing.T) {
	t.Parallel()
	folder := golden.Open(t, "../golden/screens")
	drawn := map[string]*strings.Builder{}
	for i, size := range sizes() {
		draw := func(name string, d *driver) {
			frame := d.frame()
			if drawn[name] == nil {
				drawn[name] = &strings.Builder{}
			}
			if i == 0 || isPage(name) {
				fmt.Fprintf(drawn[name], "== %dx%d\n%s", size[0], size[1], frame)
			}
		}
		for _, s := range screens() {
			draw(s.name, s.make(func(from *answers.Answers) *driver {
				d := start(t, from)
				d.resize(size[0], size[1])
				return d
			}))
		}
		for _, s := range filed() {
			draw(s.name, s.make(t, size))
		}
	}
	for name, text := range drawn {
		folder.Check(name+".txt", []byte(text.String()))
	}
	begin := starter(func(from *answers.Answers) *driver { return start(t, from) })
	small := begin.azure()
	small.resize(59, 19)
	folder.Check("too-small.txt", []byte(small.frame()))
	folder.Check("done.txt", []byte(acr(begin(nil)).press("enter").model.Done()))
	folder.Check("done-dev-and-prod.txt", []byte(begin.environments().to("Review").press("enter").model.Done()))
}

// TestColours compares the styles of each page at 120x40 with golden files: in colour (the 16 colours are the same codes on
// dark and light terminals), without, and with ASCII marks.
func TestColours(t *testing.T) {
	t.Parallel()
	folder := golden.Open(t, "../golden/colours")
	for _, s := range screens() {
		if !slices.Contains([]string{"chart", "registry-filtered", "details-error", "pattern", "images", "environments",
			"pull-secret", "review-existing"}, s.name) {
			continue
		}
		frame := func(glyphs ui.Glyphs) svg.Frame {
			return picture(s.make(func(from *answers.Answers) *driver {
				return startWith(t, ui.Options{Start: session.Session{Answers: from}, Glyphs: glyphs})
			}))
		}
		colour, ascii := frame(ui.Unicode()), frame(ui.ASCII())
		folder.Check(s.name+".txt", fmt.Appendf(nil, "== colour, on dark and light terminals\n%s== without colour\n%s"+
			"== ASCII, without colour\n%s", colour.Marked(), colour.WithoutColour().Marked(), ascii.WithoutColour().Marked()))
	}
}
