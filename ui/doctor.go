package ui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
)

// Doctor asks for the keys of the keymap that terminals are known to swallow, one after the other, keeps which of them this
// terminal does not send, and writes to report what to press instead. The workbench marks those keys from then on.
func Doctor(ctx context.Context, terminal Terminal, settings *Settings, report io.Writer) error {
	d := newDoctor(settings.keymap)
	program := tea.NewProgram(d,
		tea.WithContext(ctx), tea.WithInput(terminal.In), tea.WithOutput(terminal.Out), tea.WithEnvironment(terminal.Environ))
	if _, err := program.Run(); err != nil {
		return err
	}
	if !d.whole() {
		_, err := fmt.Fprintln(report, "Left before the last key: nothing was kept.")
		return err
	}
	if err := settings.place.terminalKeys().save(settings.place.terminal(), d.missing); err != nil {
		return err
	}
	return d.report(report, settings.place.terminal())
}

// doctor is the program that asks.
type doctor struct {
	keymap action.Keymap
	asked  []string // keys, in the order of the table
	at     int
	last   string // what came last instead of the key
	// missing are the keys that did not come.
	missing []string
}

func newDoctor(keymap action.Keymap) *doctor { return &doctor{keymap: keymap, asked: doubtful(keymap)} }

// doubtful are the keys that not every terminal sends: those with modifiers but plain ctrl and a letter, and function keys.
func doubtful(keymap action.Keymap) []string {
	var keys []string
	for _, a := range keymap.Actions() {
		for _, key := range keymap.Keys(a.ID) {
			stroke := action.Strokes(key)[0]
			doubt := strings.HasPrefix(stroke, "alt+") || strings.HasPrefix(stroke, "shift+f") || action.NeedsEnhancements(stroke) ||
				len(stroke) > 1 && stroke[0] == 'f' || slices.Contains(keptByOthers, stroke)
			if doubt && !slices.Contains(keys, stroke) {
				keys = append(keys, stroke)
			}
		}
	}
	return keys
}

// keptByOthers are keys that the terminals of editors and multiplexers are known to keep for themselves.
var keptByOthers = []string{"ctrl+p", "ctrl+j", "ctrl+s", "ctrl+n", "ctrl+t", "ctrl+o", "ctrl+space"}

func (d *doctor) whole() bool { return d.at >= len(d.asked) }

// Init implements tea.Model.
func (d *doctor) Init() tea.Cmd {
	if d.whole() { // every key was taken away
		return tea.Quit
	}
	return nil
}

// Update takes a key: the one that is asked for has come, space says that nothing came, ctrl+c leaves.
func (d *doctor) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		return d, nil
	case d.whole(): // pressed before the program has ended
		return d, tea.Quit
	}
	switch key := press.String(); {
	case key == "ctrl+c":
		return d, tea.Quit
	case key == d.asked[d.at]:
		d.next()
	case key == "space":
		d.missing = append(d.missing, d.asked[d.at])
		d.next()
	default:
		d.last = key
	}
	if d.whole() {
		return d, tea.Quit
	}
	return d, nil
}

func (d *doctor) next() { d.at, d.last = d.at+1, "" }

// View implements tea.Model.
func (d *doctor) View() tea.View {
	if d.whole() {
		return tea.NewView("")
	}
	text := fmt.Sprintf("Key %d of %d: press %s\n\nNothing happens? space goes on. ctrl+c leaves.\n", d.at+1, len(d.asked), d.asked[d.at])
	if d.last != "" {
		text += fmt.Sprintf("\n%s came instead; space if that is all this terminal sends.\n", action.Label(d.last))
	}
	return tea.NewView(text)
}

// report tells what does not come, and what to press instead.
func (d *doctor) report(out io.Writer, terminal string) error {
	if len(d.missing) == 0 {
		_, err := fmt.Fprintf(out, "%s sends all of the %d keys that were asked for.\n", terminal, len(d.asked))
		return err
	}
	fmt.Fprintf(out, "%s does not send %d of %d keys:\n", terminal, len(d.missing), len(d.asked))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, a := range d.keymap.Actions() {
		for _, key := range d.keymap.Keys(a.ID) {
			if !slices.Contains(d.missing, key) {
				continue
			}
			instead := "give it another key in config.toml"
			for _, other := range d.keymap.Keys(a.ID) {
				if !slices.Contains(d.missing, action.Strokes(other)[0]) && !action.NeedsEnhancements(other) {
					instead = "press " + other
					break
				}
			}
			fmt.Fprintf(table, "  %s\t%s\t%s\n", key, a.Title, instead)
		}
	}
	return table.Flush()
}
