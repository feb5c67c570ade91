package document

// line is a line before it is laid out in rows.
type line struct {
	index  int64 // among the view's lines, from 0
	number int64 // as people count, from 1; 0 if it continues the one before
	offset int64 // of its first byte in the source
	joined bool  // its text goes on from the line before
	single bool  // it is one row, even where lines wrap
	spans  []Span
}

// Span is a run of text of one role.
type Span struct {
	Text   string // safe for a terminal
	Role   Role
	Match  Match // whether a search found it
	Offset int64 // of the source bytes it stands for
	Len    int   // how many they are; 0 for text that the view added
}
