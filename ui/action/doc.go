// Package action holds everything that a person can do in the workbench as one table: [All]. Dispatch, footer, help,
// command palette, README and a person's own keys all come from it, so that they can't disagree.
//
// An [Action] says what there is, not how it is done: the program's root binds each [ID] to a [Command]. A [Keymap] is
// a preset with a person's own keys applied and checked; it never changes. A [Matcher] follows the keys as they come
// in, chords included, and belongs to the one goroutine that reads them.
//
// A [Preset] is a keymap that comes along: the default one, and one for hands that know vim. A person's own keys go on top
// of it.
//
// What a key means depends on what has focus, its [Context]. In any context a key means one thing at most: nothing is
// shadowed, and two actions that want the same key where both could be meant are a clash, reported with both places.
package action

import tea "charm.land/bubbletea/v2"

// ID names an action, in config files too. It never changes once released.
type ID string

// Action is one row of the table.
type Action struct {
	ID    ID
	Title string // imperative, for palette, help and footer
	Help  string // one sentence more; may be empty
	Words string // what else people call it; the palette and help search them
	Group Group
	Where Scope
	Keys  []string // default keys, the best first
	Twin  string   // what comes after ctrl+x and does the same, a letter mostly; empty: none. Every action has a key or a twin
	Extra []Binding
}

// Binding is a key that works in another scope than the action's own.
type Binding struct {
	Where Scope
	Key   string
}

// Command is what an action does. It is bound by the root, which knows the program's state.
type Command struct {
	Run func() tea.Cmd
	// Disabled says in a few words why the action can't be done now, as in "nothing is running"; the empty string is
	// that it can. Nil is always.
	Disabled func() string
}

// Why returns the reason why the command can't be run now, or the empty string.
func (c Command) Why() string {
	if c.Disabled == nil {
		return ""
	}
	return c.Disabled()
}

// Group gathers actions in help, palette and README.
type Group string

// The groups, in the order they are shown.
const (
	Request Group = "Request"
	Go      Group = "Go to"
	Sides   Group = "Sides"
	Fill    Group = "Fill in"
	Schemes Group = "Auth"
	Copies  Group = "Copy as"
	Tabs    Group = "Tabs"
	Edit    Group = "Edit"
	View    Group = "View"
	Move    Group = "Lists and bodies"
	Bodies  Group = "Response body"
	Files   Group = "Collection tree"
	Program Group = "Program"
)

// Groups returns every group in order.
func Groups() []Group {
	return []Group{Request, Go, Sides, Fill, Schemes, Copies, Tabs, Edit, View, Move, Bodies, Files, Program}
}
