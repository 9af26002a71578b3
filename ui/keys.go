package ui

import "charm.land/bubbles/v2/key"

// keys are the key bindings. Bare letters work only where nothing is typed.
type keys struct {
	Enter, Next, Previous, Up, Down, Back, Preview, PageUp, PageDown, First, Last, Toggle, Probe key.Binding
	Left, Right, Environment, Clear, Nearest                                                     key.Binding
	Leave, RunSecret, RunCopy, RunProbe, RunRender                                               key.Binding // on the end page
	Anew, Overwrite, Steps, Fix, Finish, Undo, Copy, Resume, Help, Suspend, Quit                 key.Binding
}

func newKeys() keys {
	bind := func(name, what string, on ...string) key.Binding {
		return key.NewBinding(key.WithKeys(on...), key.WithHelp(name, what))
	}
	return keys{
		Enter:       bind("enter", "next", "enter"),
		Next:        bind("tab", "next field", "tab"),
		Previous:    bind("shift+tab", "previous field", "shift+tab"),
		Up:          bind("up", "previous entry or field", "up"),
		Down:        bind("down", "next entry or field", "down"),
		Back:        bind("esc", "back", "esc"),
		Preview:     bind("ctrl+p", "preview", "ctrl+p"),
		PageUp:      bind("pgup", "scroll up", "pgup"),
		PageDown:    bind("pgdn", "scroll down", "pgdown"),
		First:       bind("home", "first entry of a list", "home"),
		Last:        bind("end", "last entry of a list", "end"),
		Left:        bind("left", "in the table: previous column", "left"),
		Right:       bind("right", "in the table: next column", "right"),
		Environment: bind("alt+e", "in the table: next environment", "alt+e"),
		Clear:       bind("delete", "in the table: inherit again", "delete"),
		Nearest:     bind("alt+t", "after a check: take the nearest tag that exists", "alt+t"),
		Toggle:      bind("space", "review: merge, write or keep a file; table: list the choices", "space"),
		Overwrite:   bind("o", "on the review, twice: overwrite a whole values file", "o"),
		Probe:       bind("ctrl+t", "on the review: check the images in the registry", "ctrl+t"),
		Anew:        bind("alt+n", "start anew", "alt+n"),
		Leave:       bind("q", "leave", "q"),
		RunSecret:   bind("s", "create the secret", "s"),
		RunCopy:     bind("m", "after a check, twice: copy images that are not there", "m"),
		RunProbe:    bind("p", "check the pull", "p"),
		RunRender:   bind("t", "helm template", "t"),
		Steps:       bind("ctrl+o", "list of steps; alt+1 to alt+7 go to a step", "ctrl+o"),
		Fix:         bind("ctrl+n", "go to the next question that fixes a problem", "ctrl+n"),
		Finish:      bind("ctrl+s", "to the review, with the defaults for the rest", "ctrl+s"),
		Undo:        bind("alt+z", "undo the last answer", "alt+z"),
		Copy:        bind("ctrl+y", "copy the preview", "ctrl+y"),
		Resume:      bind("ctrl+r", "resume the unfinished session", "ctrl+r"),
		Help:        bind("f1", "help", "f1", "ctrl+g"),
		Suspend:     bind("ctrl+z", "suspend", "ctrl+z"),
		Quit:        bind("ctrl+c", "quit", "ctrl+c"),
	}
}

// all returns the bindings in the order of the help page.
func (k keys) all() []key.Binding {
	return []key.Binding{k.Enter, k.Next, k.Previous, k.Up, k.Down, k.First, k.Last, k.Back, k.Preview, k.PageUp,
		k.PageDown, k.Environment, k.Clear, k.Nearest, k.RunCopy, k.Toggle, k.Overwrite, k.Probe, k.Finish, k.Steps,
		k.Fix, k.Undo, k.Copy, k.Help, k.Suspend, k.Quit}
}
