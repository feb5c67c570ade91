package document

// Match says whether a span was found by a search.
type Match uint8

const (
	NoMatch Match = iota
	Found
	Current // the one the reader stands on
)
