package ui_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"conductor-registry/model/answers"
	"conductor-registry/model/plan"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui"
	"conductor-registry/ui/session"
)

// shelf is a Store in memory.
type shelf struct {
	files map[string][]byte
	fail  error
	wrote []string
}

func (s *shelf) Folder() string                   { return "." }
func (s *shelf) Read(name string) ([]byte, error) { return s.files[name], nil }

func (s *shelf) Write(files []plan.File) error {
	if s.fail != nil {
		return s.fail
	}
	for _, f := range files {
		if !bytes.Equal(s.files[f.Name], f.Replaces) {
			return fmt.Errorf("cannot write %s: it changed; %w", f.Name, session.ErrChanged)
		}
	}
	for _, f := range files {
		s.files[f.Name], s.wrote = f.Data, append(s.wrote, f.Name)
	}
	return nil
}

// driver presses keys on a wizard and runs what they start, without a terminal or a clock.
type driver struct {
	t      testing.TB
	model  *ui.Model
	shelf  *shelf
	width  int
	height int
	keys   int           // pressed, typed text not counted
	typed  int           // characters that were typed
	quit   bool          // the wizard has ended
	broken bool          // it was interrupted
	took   func(tea.Msg) // sees what the program itself would take
}

func start(t testing.TB, from *answers.Answers) *driver {
	t.Helper()
	return startWith(t, ui.Options{Start: session.Session{Answers: from}})
}

// startWith starts a wizard with the options that are given and the usual ones.
func startWith(t testing.TB, o ui.Options) *driver {
	t.Helper()
	s := &shelf{files: map[string][]byte{}}
	if o.Catalog, o.Store = presetstest.Catalog(t), s; o.Glyphs == (ui.Glyphs{}) {
		o.Glyphs = ui.Unicode()
	}
	d := &driver{t: t, shelf: s, model: ui.New(o)}
	d.run(d.model.Init())
	d.resize(120, 40)
	return d
}

// hasWritten reports whether the files are written.
func (d *driver) hasWritten() bool { return d.model.Written() != nil }

func (d *driver) send(msg tea.Msg) {
	_, cmd := d.model.Update(msg)
	d.run(cmd)
}

// run runs a command and what follows from it.
func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch next := cmd().(type) {
	case tea.QuitMsg:
		d.quit = true
	case tea.InterruptMsg:
		d.broken = true
	case tea.BatchMsg:
		for _, cmd := range next {
			d.run(cmd)
		}
	case nil:
	default:
		if d.took != nil {
			d.took(next)
		}
		d.send(next)
	}
}

func (d *driver) resize(width, height int) {
	d.width, d.height = width, height
	d.send(tea.WindowSizeMsg{Width: width, Height: height})
}

// press presses keys by name: enter, tab, shift+tab, up, ctrl+p …
func (d *driver) press(names ...string) *driver {
	d.t.Helper()
	codes := map[string]rune{"enter": tea.KeyEnter, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"right": tea.KeyRight, "left": tea.KeyLeft, "esc": tea.KeyEscape, "space": tea.KeySpace, "f1": tea.KeyF1,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "backspace": tea.KeyBackspace,
		"delete": tea.KeyDelete}
	for _, name := range names {
		d.keys++
		key := tea.Key{}
		base := name
		if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
			key.Mod, base = tea.ModCtrl, rest
		} else if rest, ok := strings.CutPrefix(name, "shift+"); ok {
			key.Mod, base = tea.ModShift, rest
		} else if rest, ok := strings.CutPrefix(name, "alt+"); ok {
			key.Mod, base = tea.ModAlt, rest
		}
		code, ok := codes[base]
		if !ok {
			if len(base) != 1 {
				d.t.Fatalf("no key %s", name)
			}
			code = rune(base[0])
		}
		if base == "space" {
			key.Text = " "
		}
		key.Code = code
		d.send(tea.KeyPressMsg(key))
	}
	return d
}

// write types text key by key.
func (d *driver) write(text string) *driver {
	for _, r := range text {
		d.typed++
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return d
}

func (d *driver) paste(text string) *driver {
	d.send(tea.PasteMsg{Content: text})
	return d
}

// frame is the screen as text with the cursor's place below it. It fails for a frame that does not fit the screen.
func (d *driver) frame() string {
	d.t.Helper()
	view := d.model.View()
	lines := strings.Split(view.Content, "\n")
	if len(lines) > d.height {
		d.t.Fatalf("%d lines on a screen of %d:\n%s", len(lines), d.height, view.Content)
	}
	screen := uv.NewScreenBuffer(d.width+20, d.height)
	uv.NewStyledString(view.Content).Draw(screen, screen.Bounds())
	var b strings.Builder
	for y := range d.height {
		var line strings.Builder
		for x := range d.width + 20 {
			cell := screen.CellAt(x, y)
			if cell == nil || cell.Width == 0 {
				continue
			}
			if x >= d.width && strings.TrimSpace(cell.Content) != "" {
				d.t.Fatalf("line %d is wider than %d:\n%s", y, d.width, view.Content)
			}
			line.WriteString(cell.Content)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	if c := view.Cursor; c != nil {
		if c.X < 0 || c.X >= d.width || c.Y < 0 || c.Y >= d.height {
			d.t.Fatalf("cursor %d,%d is off the screen %dx%d", c.X, c.Y, d.width, d.height)
		}
		fmt.Fprintf(&b, "cursor %d,%d\n", c.X, c.Y)
	}
	return b.String()
}

// sees wants words to be on the screen.
func (d *driver) sees(words ...string) *driver {
	d.t.Helper()
	frame := d.frame()
	for _, word := range words {
		if !strings.Contains(frame, word) {
			d.t.Errorf("no %q on\n%s", word, frame)
		}
	}
	return d
}

// misses wants words not to be there.
func (d *driver) misses(words ...string) *driver {
	d.t.Helper()
	frame := d.frame()
	for _, word := range words {
		if strings.Contains(frame, word) {
			d.t.Errorf("%q on\n%s", word, frame)
		}
	}
	return d
}
