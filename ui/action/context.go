package action

// Scope is where an action's keys work.
type Scope uint8

// The scopes.
const (
	Everywhere  Scope = iota
	OutsideText       // everywhere but where letters are typed
	InText            // any text field and the editor
	InURL             // the URL bar
	InEditor          // the body editor
	InLists           // lists, trees, tables and bodies
	InTree            // the collection tree
	InTable           // key/value tables
	InBody            // response bodies
	InScreen          // the lists of screens, such as that of cookies
	InRest            // a field that esc has left, in a keymap where that is something
	scopes
)

var scopeNames = [scopes]string{
	Everywhere:  "everywhere",
	OutsideText: "outside text",
	InText:      "in text",
	InURL:       "in the URL bar",
	InEditor:    "in the editor",
	InLists:     "in lists and bodies",
	InTree:      "in the tree",
	InTable:     "in tables",
	InBody:      "in the response",
	InScreen:    "in screens",
	InRest:      "in a field at rest",
}

func (s Scope) String() string { return scopeNames[s] }

// Context is a kind of focus: the scopes that are in force together.
type Context uint16

func of(in ...Scope) Context {
	c := Context(1) << Everywhere
	for _, s := range in {
		c |= 1 << s
	}
	return c
}

// The contexts. Bare is focus on something that takes neither letters nor motions, such as a button.
var (
	URLBar = of(InText, InURL)
	Field  = of(InText)
	Editor = of(InText, InEditor)
	List   = of(OutsideText, InLists)
	Tree   = of(OutsideText, InLists, InTree)
	Table  = of(OutsideText, InLists, InTable)
	Body   = of(OutsideText, InLists, InBody)
	Screen = of(OutsideText, InLists, InScreen)
	Bare   = of(OutsideText)
	// Rest and URLRest are a field and the URL bar in which letters are keys until one goes on to type.
	Rest    = of(OutsideText, InRest)
	URLRest = of(OutsideText, InURL, InRest)
	// EditorRest is the body editor in a mode of its own in which letters are keys; it takes those that it knows first.
	EditorRest = of(OutsideText, InEditor)
)

func contexts() []Context {
	return []Context{URLBar, Field, Editor, List, Tree, Table, Body, Screen, Bare, Rest, URLRest, EditorRest}
}

// Has reports whether the scope is in force.
func (c Context) Has(s Scope) bool { return c&(1<<s) != 0 }

// together reports whether two scopes can be in force at once.
func together(a, b Scope) bool {
	for _, c := range contexts() {
		if c.Has(a) && c.Has(b) {
			return true
		}
	}
	return false
}
