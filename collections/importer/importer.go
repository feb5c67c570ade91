package importer

import "parley/collections"

// Importer reads one format.
type Importer struct {
	// Name is how the format is called on the command line.
	Name string
	// Sniff reports whether a source looks like the format. It is cheap.
	Sniff func(source string) bool
	// Import reads a source. An error means that nothing of it can be used; it is a *SourceError.
	Import func(source string) ([]Item, error)
}

// All returns every importer, in the order to sniff in.
func All() []Importer {
	return []Importer{
		{Name: "curl", Sniff: IsCurl, Import: Curl},
	}
}

// Item is one request of a source.
type Item struct {
	Request *collections.Request
	// Notes tell what was not kept as it was.
	Notes []Note
	// Manners are how the source would send the request.
	Manners Manners
}

// Manners are habits of a source that are no part of a request: a file that is kept is better without them. Who sends the
// request in the source's stead follows them.
type Manners struct {
	// Without names headers that Parley adds by itself and the source does not send.
	Without []string
	// CookieFiles are cookies.txt files whose cookies are sent where they belong. Without any, and unless TakesCookies,
	// nothing is done with cookies.
	CookieFiles  []string
	TakesCookies bool
	// NamesReferer sends the URL that a redirect came from as Referer.
	NamesReferer bool
	// HidesFailure prints no content of a failed response.
	HidesFailure bool
	// RefusesRedirects makes a redirect an error.
	RefusesRedirects bool
	// Resumes wants the rest of the content only: a response with the whole of it is an error.
	Resumes bool
}

// Outcome is the worst of an item's notes.
func (i Item) Outcome() Outcome {
	worst := Kept
	for _, note := range i.Notes {
		worst = max(worst, note.Outcome)
	}
	return worst
}

// Note is one thing that an import did not keep as it was.
type Note struct {
	Outcome Outcome
	// What names it as the source does, such as "--compressed".
	What string
	// Why is a sentence without a final full stop.
	Why string
}

// Outcome says what became of something.
type Outcome int

// The outcomes, the best first.
const (
	Kept    Outcome = iota
	Changed         // it does the same in another way, or nearly the same
	Lost
)

// String returns the word for reports.
func (o Outcome) String() string { return [...]string{"kept", "changed", "lost"}[o] }

// SourceError says why a source cannot be read.
type SourceError struct {
	Message string
	Advice  string
	Err     error
}

// Error returns the sentence.
func (e *SourceError) Error() string { return e.Message }

// Hint says what to try.
func (e *SourceError) Hint() string { return e.Advice }

// Unwrap returns the cause.
func (e *SourceError) Unwrap() error { return e.Err }
