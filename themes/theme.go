package themes

// Attr is a set of text attributes.
type Attr uint8

// The attributes.
const (
	Bold Attr = 1 << iota
	Italic
	Underline
	Reverse
	FaintText
	Strike
)

// attrNames are the keys of a style table.
var attrNames = [...]struct {
	name string
	attr Attr
}{
	{"bold", Bold},
	{"italic", Italic},
	{"underline", Underline},
	{"reverse", Reverse},
	{"faint", FaintText},
	{"strike", Strike},
}

// Style is what a role looks like: colours, either of which may be none, and attributes.
type Style struct {
	Fg, Bg Color
	Attrs  Attr
}

// Theme is a complete set of styles. The zero Theme draws in the terminal's own colours.
type Theme struct {
	Name  string // what a person calls it: the file's name without `.toml`
	Title string // what is shown in lists
	Dark  bool

	styles [NumRoles]Style
}

// Style returns what role looks like.
func (t *Theme) Style(role Role) Style { return t.styles[role] }
