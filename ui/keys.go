package ui

import "charm.land/bubbles/v2/key"

// keys are the wizard's own keys. No bare letter is one: letters are for typing.
type keys struct {
	Enter, Next, Previous, Up, Down, Back, Preview, PageUp, PageDown, First, Last, Toggle, Probe key.Binding
	Steps, Fix, Undo, Copy, Resume, Help, Suspend, Quit                                          key.Binding
}

func newKeys() keys {
	bind := func(name, what string, on ...string) key.Binding {
		return key.NewBinding(key.WithKeys(on...), key.WithHelp(name, what))
	}
	return keys{
		Enter:    bind("enter", "next", "enter"),
		Next:     bind("tab", "next field", "tab"),
		Previous: bind("shift+tab", "previous field", "shift+tab"),
		Up:       bind("up", "entry or field above", "up"),
		Down:     bind("down", "entry or field below", "down"),
		Back:     bind("esc", "back", "esc"),
		Preview:  bind("ctrl+p", "preview", "ctrl+p"),
		PageUp:   bind("pgup", "scroll preview up", "pgup"),
		PageDown: bind("pgdn", "scroll preview down", "pgdown"),
		First:    bind("home", "first entry of a list", "home"),
		Last:     bind("end", "last entry of a list", "end"),
		Toggle:   bind("space", "overwrite or keep", "space"),
		Probe:    bind("ctrl+t", "on the review: try the images in the registry", "ctrl+t"),
		Steps:    bind("ctrl+o", "all steps, to go to one; alt+1 and so on go at once", "ctrl+o"),
		Fix:      bind("ctrl+n", "to the question that mends a problem, then to the next", "ctrl+n"),
		Undo:     bind("alt+z", "undo the last answer", "alt+z"),
		Copy:     bind("ctrl+y", "copy what the preview shows", "ctrl+y"),
		Resume:   bind("ctrl+r", "take up the answers that were left here before", "ctrl+r"),
		Help:     bind("f1", "help", "f1", "ctrl+g"),
		Suspend:  bind("ctrl+z", "suspend", "ctrl+z"),
		Quit:     bind("ctrl+c", "quit", "ctrl+c"),
	}
}

// all lists the keys for the help page.
func (k keys) all() []key.Binding {
	return []key.Binding{k.Enter, k.Next, k.Previous, k.Up, k.Down, k.First, k.Last, k.Back, k.Preview, k.PageUp,
		k.PageDown, k.Toggle, k.Probe, k.Steps, k.Fix, k.Undo, k.Copy, k.Help, k.Suspend, k.Quit}
}
