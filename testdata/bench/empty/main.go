// Command empty is the yardstick of the workbench: a Bubble Tea program that draws one frame with a word in it, and after
// every key one with another number.
package main

import (
	"fmt"
	"os"
	"strconv"

	tea "charm.land/bubbletea/v2"
)

type model struct{ keys int }

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if key.String() == "ctrl+c" {
			return m, tea.Quit
		}
		m.keys++
	}
	return m, nil
}

func (m model) View() tea.View {
	view := tea.NewView(fmt.Sprintf("ready %d", m.keys))
	view.AltScreen = true
	return view
}

func main() {
	fps, err := strconv.Atoi(os.Args[1])
	if err == nil {
		_, err = tea.NewProgram(model{}, tea.WithFPS(fps)).Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
