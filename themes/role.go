package themes

// Role names a part of the screen by what it means. Everything that is drawn has one, and no code knows colours.
type Role uint8

// Surfaces: what text stands on.
const (
	Background Role = iota // the screen
	Surface                // a field, a table head, the footer
	Raised                 // what lies on top: overlays, menus, tooltips
	Line                   // the line under the cursor where nothing has focus
	Selection              // the selected row or text

	// Text.
	Text
	Muted // labels, secondary facts
	Faint // placeholders, line numbers, switched-off entries
	Title
	Link
	Accent // the one colour that leads the eye
	Shortcut
	Success
	Warning
	Error
	Info

	// Lines that separate.
	Border
	Focus

	// Marks: text with a background of its own.
	Active // what has focus: a tab, a button
	Danger // protected environments, TLS checks switched off
	Search
	Current // the search match the cursor is at
	Bracket // a bracket and its partner

	// HTTP.
	MethodGet
	MethodPost
	MethodPut
	MethodPatch
	MethodDelete
	MethodHead
	MethodOptions
	MethodTrace
	MethodOther
	Status1xx
	Status2xx
	Status3xx
	Status4xx
	Status5xx

	// Syntax.
	Key
	String
	Number
	Literal // true, false, null
	Punctuation
	Comment
	Tag
	Attribute
	Keyword
	Function
	Type
	Operator
	Escape
	Variable   // a {{ }} that resolves
	Unresolved // one that does not
	Control    // the visible mark of a character that must not reach the terminal
	Invalid
	Added
	Removed
	Changed
	Moved

	// NumRoles is how many roles there are; it is none itself.
	NumRoles
)

// Kind says how a role is drawn, and so what a plain colour means for it.
type Kind uint8

// The kinds.
const (
	KindSurface Kind = iota // a plain colour is the background
	KindText                // a plain colour is the text's
	KindLine                // a plain colour is the line's; it needs no text contrast
	KindMark                // a plain colour is the background, and the text on it the most readable one there is
)

// Groups are the tables of a theme file.
const (
	groupBase   = "base"
	groupHTTP   = "http"
	groupSyntax = "syntax"
)

type roleInfo struct {
	group, name string
	kind        Kind
	derive      func(*Theme) Style
}

// Name is what the role is called in a theme file, without its table.
func (r Role) Name() string { return roleInfos[r].name }

// Group is the table of a theme file that the role stands in.
func (r Role) Group() string { return roleInfos[r].group }

// Kind says how the role is drawn.
func (r Role) Kind() Kind { return roleInfos[r].kind }

// roleNamed finds a role by its table and name.
func roleNamed(group, name string) (Role, bool) {
	for r := range NumRoles {
		if roleInfos[r].group == group && roleInfos[r].name == name {
			return r, true
		}
	}
	return 0, false
}

// roleNames lists the names that a table may hold.
func roleNames(group string) []string {
	var names []string
	for r := range NumRoles {
		if roleInfos[r].group == group {
			names = append(names, roleInfos[r].name)
		}
	}
	return names
}
