package ui_test

import (
	"strings"
	"testing"

	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

// filedScreen is a state of the wizard that needs more than answers: a values file, or a registry.
type filedScreen struct {
	name string
	make func(t *testing.T, size [2]int) *driver
}

// filed returns those screens.
func filed() []filedScreen {
	const aliased = "x-image: &image {registry: quay.io/myorg, tag: '5.2.41'}\n"
	retagged := func(t *testing.T, text string, size [2]int) *driver {
		d := opened(t, text)
		d.resize(size[0], size[1])
		return d.press("alt+5", "tab", "tab", "ctrl+u").write("5.3.0")
	}
	beside := strings.Replace(aliased+messy, "{registry: quay.io/myorg, tag: '5.2.41'}   # in step with the database", "*image", 1)
	return []filedScreen{
		{"opened-values", func(t *testing.T, size [2]int) *driver {
			d := retagged(t, messy, size)
			if size[0] < 100 { // opens the preview, at the images
				d.press("ctrl+p")
			}
			return d.press("ctrl+p")
		}},
		{"opened-review", func(t *testing.T, size [2]int) *driver { return retagged(t, messy, size).press("alt+7") }},
		{"opened-beside", func(t *testing.T, size [2]int) *driver { return retagged(t, beside, size).press("alt+7") }},
		{"review-checked", func(t *testing.T, size [2]int) *driver {
			var asked [][]string
			d := startWith(t, ui.Options{Start: session.Session{Answers: myacr()}, Probe: registry(&asked)})
			d.resize(size[0], size[1])
			return d.press("alt+7", "ctrl+t")
		}},
		{"earlier-offered", func(t *testing.T, size [2]int) *driver {
			d := startWith(t, ui.Options{Earlier: &session.Session{Answers: myacr()}, Offer: "answers.yaml found; ctrl+r opens it"})
			d.resize(size[0], size[1])
			return d
		}},
	}
}
