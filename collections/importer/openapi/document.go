package openapi

// Bounds of what is read.
const (
	// MaxSize is how many bytes of a file are read at most.
	MaxSize = 16 << 20

	maxMarks      = 2_000_000 // line ends, commas and opening brackets, by which the memory for a file grows
	maxDepth      = 200       // of JSON
	maxOperations = 5000
	maxServers    = 20
	maxParameters = 100      // of an operation
	maxTypes      = 10       // of a body
	maxText       = 200      // runes of a summary or a description
	maxName       = 2000     // bytes of a path, a name, a value
	maxExample    = 16 << 10 // bytes of one
	maxExamples   = 4 << 20  // of all of them
)

// Document is a description of an API.
type Document struct {
	Title string
	// Servers are the URLs of the API, without a slash at their end. One without a host, such as "/v1" or "", is relative to
	// where the description is served. There is at least one.
	Servers []string
	// Operations are in the order of the file. Cut says that there are more than the bound.
	Operations []Operation
	Cut        bool
}

// Operation is one thing that an API does.
type Operation struct {
	Method, Path string // the path has its places as in "/users/{id}"
	ID           string
	Summary      string // one line
	Tags         []string
	Deprecated   bool
	Servers      []string // its own; nil: those of the document
	Parameters   []Parameter
	Bodies       []Body // a way to write the body each, the first choice first
}

// Parameter is a value in the path or the query of an operation, or a field of a form.
type Parameter struct {
	Name        string
	In          string // "path", "query"; of a field "form", or "file" for one with a file in it
	Description string // one line
	Required    bool
	Deprecated  bool
	// Values are an example or what is meant when there is none; several are for a name that is repeated. Nil: neither is said.
	Values []string
}

// Body is what a body of one media type looks like.
type Body struct {
	Type    string
	Example string      // the text, laid out if it is JSON; empty when nothing is said of it
	Fields  []Parameter // of a form
}

// Error says why a description cannot be read.
type Error struct {
	File    string
	Line    int // 0 when no line is to blame
	Message string
	Advice  string
}
