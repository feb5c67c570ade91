package report

import (
	"io"
	"slices"

	"parley/collections/runner/batch"
)

// Report makes a report of what it hears.
type Report interface {
	// Handle hears an event. What cannot be written is told by Close.
	Handle(batch.Event)
	// Close writes what is left, and returns the first error that came up. It is called once, also of a run that was ended
	// before its time.
	Close(batch.Summary) error
}

// About is what reports say of a run beside its events.
type About struct {
	// Title names what was run; Environments are those in use.
	Title        string
	Environments []string
	// Version is Parley's.
	Version string
}

// format is a kind of report.
type format struct {
	name string
	open func(io.Writer, About) (Report, error)
}

// formats is the table of them.
var formats = [...]format{
	{"text", func(w io.Writer, _ About) (Report, error) { return NewText(w, TextOptions{Show: All}), nil }},
	{"junit", newJUnit},
	{"html", newHTML},
	{"har", newHAR},
}

// Formats names the kinds of reports.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// New begins a report of one of the [Formats] that is written to w.
func New(name string, w io.Writer, about About) (Report, error) {
	at := slices.Index(Formats(), name)
	if at < 0 {
		return nil, &FormatError{name}
	}
	return formats[at].open(w, about)
}

// FormatError says that there is no report of that name.
type FormatError struct{ Name string }

// Error says so.
func (e *FormatError) Error() string { return "there is no report " + quoted(e.Name) }

// Hint says which there are.
func (e *FormatError) Hint() string { return "it is text, junit, html or har" }
