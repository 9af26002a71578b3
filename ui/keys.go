package ui

import "charm.land/bubbles/v2/key"

// keys are the key bindings. Bare letters work only where nothing is typed.
type keys struct {
	Enter, Next, Previous, Up, Down, First, Last, Back        key.Binding
	Left, Right, Environment, Clear, List                     key.Binding // in the table of environments
	Toggle, Overwrite, Probe, Nearest                         key.Binding // on the review
	RunSecret, RunCopy, RunProbe, RunRender, Leave            key.Binding // on the end page
	Preview, PageUp, PageDown, Finish, Steps, Fix, Undo, Copy key.Binding
	Resume, Anew, Help, Suspend, Quit                         key.Binding
}

func newKeys() keys {
	bind := func(name, what string, on ...string) key.Binding {
		return key.NewBinding(key.WithKeys(on...), key.WithHelp(name, what))
	}
	return keys{
		Enter:       bind("enter", "accept and go on", "enter"),
		Next:        bind("tab", "next question", "tab"),
		Previous:    bind("shift+tab", "previous question", "shift+tab"),
		Up:          bind("up", "previous entry or question", "up"),
		Down:        bind("down", "next entry or question", "down"),
		First:       bind("home", "first entry of a list", "home"),
		Last:        bind("end", "last entry of a list", "end"),
		Back:        bind("esc", "back", "esc"),
		Left:        bind("left", "previous column", "left"),
		Right:       bind("right", "next column", "right"),
		Environment: bind("alt+e", "next environment", "alt+e"),
		Clear:       bind("delete", "inherit again", "delete"),
		List:        bind("space", "list the choices", "space"),
		Toggle:      bind("space", "merge, write or keep a file", "space"),
		Overwrite:   bind("o", "twice: overwrite a whole values file", "o"),
		Probe:       bind("ctrl+t", "check the images in the registry", "ctrl+t"),
		Nearest:     bind("alt+t", "after a check: take the nearest tag", "alt+t"),
		RunSecret:   bind("s", "create the secret", "s"),
		RunCopy:     bind("m", "twice: copy images that are not there", "m"),
		RunProbe:    bind("p", "check the pull", "p"),
		RunRender:   bind("t", "helm template", "t"),
		Leave:       bind("q", "leave", "q"),
		Preview:     bind("ctrl+p", "next part of the preview", "ctrl+p"),
		PageUp:      bind("pgup", "scroll up", "pgup"),
		PageDown:    bind("pgdn", "scroll down", "pgdown"),
		Finish:      bind("ctrl+s", "to the review, defaults for the rest", "ctrl+s"),
		Steps:       bind("ctrl+o", "list of steps; alt+1 to alt+7 go to one", "ctrl+o"),
		Fix:         bind("ctrl+n", "to the next question that fixes a problem", "ctrl+n"),
		Undo:        bind("alt+z", "undo the last answer", "alt+z"),
		Copy:        bind("ctrl+y", "copy the preview, or the step", "ctrl+y"),
		Resume:      bind("ctrl+r", "resume the unfinished session", "ctrl+r"),
		Anew:        bind("alt+n", "start anew beside an existing file", "alt+n"),
		Help:        bind("f1", "help", "f1", "ctrl+g"),
		Suspend:     bind("ctrl+z", "suspend", "ctrl+z"),
		Quit:        bind("ctrl+c", "quit", "ctrl+c"),
	}
}

// keyGroup holds the keys of a kind of page.
type keyGroup struct {
	title string
	keys  []key.Binding
	notes []string
}

// groups returns all keys, for the help page and docs/keys.md.
func (k keys) groups() (questions, table, review, end, everywhere keyGroup) {
	questions = keyGroup{"Questions", []key.Binding{k.Enter, k.Next, k.Previous, k.Up, k.Down, k.First, k.Last, k.Back},
		[]string{"Typing enters text, and filters a long list.", "In an empty field, right edits the suggestion."}}
	table = keyGroup{"Table of environments", []key.Binding{k.Next, k.Previous, k.Left, k.Right, k.Environment, k.List,
		k.Clear}, nil}
	review = keyGroup{"Review", []key.Binding{k.Toggle, k.Overwrite, k.Probe, k.Nearest, k.RunCopy}, nil}
	end = keyGroup{"After the files are written", []key.Binding{k.RunSecret, k.RunCopy, k.RunProbe, k.RunRender, k.Copy,
		k.Leave}, nil}
	everywhere = keyGroup{"Everywhere", []key.Binding{k.Finish, k.Steps, k.Fix, k.Undo, k.Preview, k.PageUp, k.PageDown,
		k.Copy, k.Resume, k.Anew, k.Help, k.Suspend, k.Quit}, nil}
	return questions, table, review, end, everywhere
}
