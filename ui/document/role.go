package document

// Role is what a piece of text is, as far as its colour goes. Themes map roles
// to styles.
type Role uint8

const (
	Plain       Role = iota // text without a role
	Key                     // name of a JSON or YAML member, CSS property
	String                  // string literals, attribute values
	Number                  // number literals
	Literal                 // true, false, null and other constants
	Punctuation             // brackets, commas, colons, operators
	Comment                 // comments, processing instructions
	Tag                     // element names, selectors
	Attribute               // attribute names
	Keyword                 // words of a language
	Name                    // functions, variables, types
	Error                   // a syntax error's message
	Mark                    // stands for a character that must not reach a terminal
	Offset                  // offsets in the hex view, line numbers in a difference
	Added                   // in a difference, what is only in the second body
	Removed                 // and only in the first
	Changed                 // and in both, but not the same
	Moved                   // and elsewhere
	roles
)

var roleNames = [roles]string{"plain", "key", "string", "number", "literal", "punctuation", "comment", "tag", "attribute", "keyword", "name", "error", "mark", "offset", "added", "removed", "changed", "moved"}

// String is the role's name as themes write it.
func (r Role) String() string { return roleNames[r] }
