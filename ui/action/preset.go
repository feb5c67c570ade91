package action

import (
	"fmt"
	"slices"
)

// Preset is a keymap that comes along, as what it changes of the table.
type Preset struct {
	Name, Help string
	// Modal says that esc leaves a field, so that letters are keys there until one goes on to type.
	Modal   bool
	changes []change
}

// change gives an action other keys; its twin stays.
type change struct {
	ID    ID
	Keys  []string
	Extra []Binding
}

// Default is the preset of who has chosen none.
func Default() Preset { return Preset{Name: "default", Help: "the keys of the table below"} }

// Presets are all keymaps that come along.
func Presets() []Preset { return []Preset{Default(), vim()} }

// PresetNamed returns the preset of that name.
func PresetNamed(name string) (Preset, error) {
	var names []string
	for _, p := range Presets() {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return Preset{}, fmt.Errorf("no keymap is called %q (%s)", name, suggest(name, names))
}

func (p Preset) of(id ID) (change, bool) {
	i := slices.IndexFunc(p.changes, func(c change) bool { return c.ID == id })
	if i < 0 {
		return change{}, false
	}
	return p.changes[i], true
}
