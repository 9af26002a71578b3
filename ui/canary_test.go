package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"conductor-registry/model/answers"
)

// canary is a secret that no frame may show. Each has a number of its own.
func canary(n int) string { return fmt.Sprintf("C4naRy%03dzQx7", n) }

// canaries is a values file with secrets wherever people put them, and with what a terminal acts on in keys, values and
// comments.
func canaries() string {
	n := 0
	next := func() string { n++; return canary(n) }
	return `# ours: password: ` + next() + `
global:
  image: {registry: quay.io/myorg, tag: '5.2.41'}
server:
  replicas: 3
  image: {repository: conductor-server, pullPolicy: Always}
workers:
  image: {repository: conductor-workers, pullPolicy: Always}
existingImagePullSecret: quay-credentials
imageCredentials:
  registry: "robot:` + next() + `@quay.io"
  username: robot
  password: "` + next() + `,` + next() + `}"
  pasword: ` + next() + `
customImagePullSecrets:
  enabled: false
  registries:
    - {registry: quay.io, username: u, password: !!str ` + next() + `}
    - registry: ghcr.io
      username: u
      password: |
        ` + next() + `
        ` + next() + `
postgres:
  password: &shared ` + next() + `
  url: postgres://u:` + next() + `@db.example.com/conductor
again: {password: *shared, jwtSecret: [` + next() + `], secretKey: "ENC[AES256,data:` + next() + `,type:str]"}
extra:
  env: {DB_PASSWORD: ` + next() + `, TOKEN: "ghp_` + next() + next() + next() + `"}
"title\e]0;owned\a": "a\e[35;44mb\x9b35mc\u202Ed\u2028e\u200b"
# a comment ` + "\u202e\u200b" + `
`
}

// unsafe returns what a text shows that it must not: a canary, or an escape sequence that the wizard does not write.
func unsafe(text string) string {
	for n := range 100 {
		if strings.Contains(text, canary(n)) {
			return canary(n)
		}
	}
	for _, part := range []string{"owned\a", "\x1b]", "\x1b[35;44", "\u009b", "\u202e", "\u2028", "\u200b", "\a"} {
		if strings.Contains(text, part) {
			return fmt.Sprintf("%q", part)
		}
	}
	return ""
}

// TestNoFrameShowsASecret walks through every page and everything that covers it, at three sizes, on a values file with
// secrets: opened, replaced, and as a base.
func TestNoFrameShowsASecret(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]func() *driver{
		"opened": func() *driver { return opened(t, canaries()) },
		"changed": func() *driver {
			d := opened(t, canaries()).press("alt+5", "tab", "tab", "ctrl+u").write("5.3.0")
			d.shelf.files["values-eu.yaml"] = []byte(strings.Replace(canaries(), canary(9), canary(90), 1))
			return d
		},
		"replaced": func() *driver {
			d := acr(start(t, nil))
			d.shelf.files["values.yaml"] = []byte(canaries())
			return d
		},
		"environments": func() *driver {
			return opened(t, canaries()).press("alt+1", "tab").write("dev, prod").press("enter")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := begin()
			check := func(what string) {
				t.Helper()
				if found := unsafe(d.model.View().Content); found != "" {
					t.Errorf("%s at %dx%d on %s shows %s:\n%s", what, d.width, d.height, d.model.Page(), found, d.frame())
				}
			}
			for page := answers.Chart; page <= answers.Review; page++ {
				for _, size := range sizes() {
					d.resize(size[0], size[1])
					d.press(fmt.Sprintf("alt+%d", page+1))
					check("the page")
					d.everyKey(check)
				}
			}
			if found := unsafe(clipboard(t, d)); found != "" {
				t.Errorf("the clipboard gets %s", found)
			}
			if found := unsafe(d.model.Done()); found != "" {
				t.Errorf("the final message shows %s", found)
			}
		})
	}
}

// everyKey presses what shows something else of a page, and looks after each key.
func (d *driver) everyKey(check func(what string)) {
	for _, keys := range [][]string{{"ctrl+p", "pgdown", "pgdown", "ctrl+p", "pgdown", "ctrl+p", "ctrl+p", "esc"}, {"f1", "tab", "pgdown", "tab", "esc"},
		{"ctrl+o", "down", "esc"}, {"down", "down", "down", "down", "down", "up"}, {"space", "space"}, {"tab", "tab", "tab"}} {
		for _, key := range keys {
			if page := d.model.Page(); key == "esc" && page != "Review" {
				continue
			}
			d.press(key)
			check(key)
		}
	}
}

// What is not secret stays: the key, the other lines, and that something changed.
func TestTheRestOfAFileIsShown(t *testing.T) {
	d := opened(t, canaries())
	d.resize(120, 60)
	d.press("alt+7").sees("global.image.pullPolicy is added", "-  image: {registry: quay.io/myorg, tag: '5.2.41'}", "password: ******")
	d = acr(start(t, nil))
	d.shelf.files["values.yaml"] = []byte(canaries())
	d.resize(120, 100)
	d.press("esc", "enter").to("Review").press("up", "up", "up").
		sees("-  image: {registry: quay.io/myorg, tag: '5.2.41'}", "password: ******").press("o", "o").
		sees("-postgres:", "-  password: ****** (old)", "-  replicas: 3", `title\e]0;owned`)
}

// Messages of other programs about the files are masked too, and a start with a login in an answer leaves it out.
func TestNoMessageShowsASecret(t *testing.T) {
	d := opened(t, canaries())
	d.shelf.fail = fmt.Errorf("cannot write\x1b]0;owned\a: %s", canary(9))
	d.press("alt+7", "enter").sees("cannot write")
	if found := unsafe(d.model.View().Content); found != "" {
		t.Errorf("an error shows %s\n%s", found, d.frame())
	}
	a := answers.New()
	a.Set("registry.provider", "generic")
	a.Set("registry.host", "robot:"+canary(1)+"@registry.example.com")
	d = start(t, a).sees("registry.host contained a password and is left out")
	for range 7 {
		if found := unsafe(d.model.View().Content); found != "" {
			t.Errorf("%s is shown\n%s", found, d.frame())
		}
		d.press("enter")
	}
}
