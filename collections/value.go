package collections

import "parley/collections/tomldoc"

// Value is a value of a TOML file with its place there: a string that may still hold {{ }}, a number as it was
// written, a list or a table. The zero Value is "not set".
type Value = tomldoc.Value

// Pos is a place in a file of the collection; File is relative to the collection's folder, with slashes.
type Pos = tomldoc.Pos

// Str makes the Value of a text.
func Str(s string) Value { return tomldoc.Str(s) }

// Entry is one line of a section such as [headers] or [params].
type Entry struct {
	Name string
	// Value is a scalar, or a list when the name is to be repeated. In [vars] it may be anything.
	Value Value
	Off   bool // kept, but not in use; in headers it also switches off an inherited one
	Note  string
	Pos   Pos // of the name

	item Value // in the long form: the table it was read from, which may hold more than Parley knows
}

// key is the entry's key in the short form.
func (e Entry) key() string {
	if e.Off {
		return "~" + e.Name
	}
	return e.Name
}

// Values returns what is to be sent under the entry's name: the items of a list, else the value itself.
func (e Entry) Values() []Value {
	if e.Value.Kind == tomldoc.Array {
		return e.Value.Items
	}
	return []Value{e.Value}
}
