// Program hello is the least that a Bubble Tea program can be, set up as the wizard is: on standard error, on the
// alternate screen, at 120 frames a second. The start of the wizard is measured against it, so it must never do more.
package main

import (
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"
)

type hello struct{}

func (hello) Init() tea.Cmd { return nil }

func (h hello) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		return h, tea.Quit
	}
	return h, nil
}

func (hello) View() tea.View { return tea.View{Content: "Hello", AltScreen: true} }

func main() {
	if _, err := tea.NewProgram(hello{}, tea.WithOutput(os.Stderr), tea.WithFPS(120)).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}
