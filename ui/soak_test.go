package ui_test

import (
	"math/rand/v2"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

// TestAnyKeysOnAnyScreen presses random keys on screens of random sizes. Each frame fits its screen (frame fails if one
// does not) and nothing panics. The seed is fixed: a failure comes back.
func TestAnyKeysOnAnyScreen(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	keys := []string{"enter", "enter", "enter", "tab", "shift+tab", "up", "down", "left", "right", "esc", "space", "f1",
		"ctrl+p", "pgdown", "pgup", "backspace", "ctrl+u", "ctrl+w", "ctrl+o", "ctrl+n", "ctrl+y", "alt+z", "alt+2", "alt+7"}
	texts := []string{"a", "acr", "my-project", "us-east-1", "5.2.42", "数字の名前", "e\u0301é", "https://r.example.com:5000/team/", "dev, prod"}
	for range 12 {
		d := startWith(t, ui.Options{Mouse: true})
		for range 150 {
			switch random.IntN(11) {
			case 0:
				d.resize(20+random.IntN(180), 5+random.IntN(56))
			case 1, 2:
				d.write(texts[random.IntN(len(texts))])
			case 3:
				d.paste(texts[random.IntN(len(texts))] + "\n\x1b[31m\t")
			case 4:
				d.clickAt(random.IntN(d.width), random.IntN(d.height))
			default:
				d.press(keys[random.IntN(len(keys))])
			}
			d.frame()
			if d.quit {
				d = startWith(t, ui.Options{Mouse: true})
			}
		}
	}
}

// TestEveryScreenFitsEverySize resizes each screen worth looking at, from 20x5 to 200x60.
func TestEveryScreenFitsEverySize(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	for _, s := range screens() {
		d := s.make(func(from *answers.Answers) *driver { return start(t, from) })
		for _, size := range [][2]int{{20, 5}, {200, 60}, {20, 60}, {200, 5}, {60, 20}, {100, 20}, {99, 33}, {100, 34}} {
			d.resize(size[0], size[1])
			d.frame()
		}
		for range 20 {
			d.resize(20+random.IntN(181), 5+random.IntN(56))
			d.frame()
		}
	}
}

func TestASCIIIsASCII(t *testing.T) {
	t.Parallel()
	for _, s := range screens() {
		d := s.make(func(from *answers.Answers) *driver {
			d := &driver{t: t, shelf: &shelf{files: map[string][]byte{}}}
			d.model = ui.New(ui.Options{Catalog: presetstest.Catalog(t), Start: session.Session{Answers: from}, Store: d.shelf, Glyphs: ui.ASCII()})
			d.model.Init()
			d.resize(120, 40)
			return d
		})
		for _, r := range d.frame() {
			if r > '~' {
				t.Fatalf("%s shows %q:\n%s", s.name, r, d.frame())
			}
		}
	}
}

func TestTheCursorStandsBehindWideCharacters(t *testing.T) {
	d := details(t, "jfrog")
	before := d.model.View().Cursor.X
	d.write("会社")
	if got := d.model.View().Cursor.X - before; got != 4 {
		t.Errorf("the cursor moved %d cells behind two wide characters, want 4", got)
	}
	d.press("left")
	if got := d.model.View().Cursor.X - before; got != 2 {
		t.Errorf("the cursor is %d cells in, want 2", got)
	}
}
