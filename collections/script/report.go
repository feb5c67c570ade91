package script

import "strconv"

// Report is what the hooks of a request had to say.
type Report struct {
	// Console are the lines that were logged, in order.
	Console []Line
	// Tests are those of pm.test, in order.
	Tests []Test
	// Annotations are what pm.response.annotate said, in order; a name stands once.
	Annotations []Annotation
	// Skip is why the request is not sent, after pm.execution.skipRequest; empty when it is.
	Skip string
	// Next is what pm.execution.setNextRequest named last: the name or path of the request to run after this one, "" to
	// run none. Nil when it was not called.
	Next *string
}

// Line is one line of the console.
type Line struct {
	// Level is "log", "info", "warn", "error" or "debug".
	Level string
	// Where is the place of the call: "users/create.toml:12".
	Where Place
	Text  string
}

// Test is one pm.test.
type Test struct {
	Name    string
	Where   Place
	Passed  bool
	Skipped bool
	// Error is why it failed.
	Error string
}

// Annotation is a value that is shown beside a response.
type Annotation struct{ Name, Value string }

// Place is a line of a file.
type Place struct {
	File string
	Line int
}

// String writes the place as FILE:LINE.
func (p Place) String() string {
	switch {
	case p.File == "":
		return ""
	case p.Line == 0:
		return p.File
	default:
		return p.File + ":" + strconv.Itoa(p.Line)
	}
}

// Join adds to r what hooks had to say after it.
func (r Report) Join(later Report) Report {
	r.Console = append(r.Console[:len(r.Console):len(r.Console)], later.Console...)
	r.Tests = append(r.Tests[:len(r.Tests):len(r.Tests)], later.Tests...)
	for _, a := range later.Annotations {
		r.Annotations = annotate(r.Annotations, a)
	}
	if r.Skip == "" {
		r.Skip = later.Skip
	}
	if later.Next != nil {
		r.Next = later.Next
	}
	return r
}

func annotate(list []Annotation, a Annotation) []Annotation {
	kept := make([]Annotation, 0, len(list)+1)
	for _, old := range list {
		if old.Name != a.Name {
			kept = append(kept, old)
		}
	}
	return append(kept, a)
}

// Mask returns the report with every text through mask.
func (r Report) Mask(mask func(string) string) Report {
	masked := Report{Skip: mask(r.Skip)}
	for _, l := range r.Console {
		l.Text = mask(l.Text)
		masked.Console = append(masked.Console, l)
	}
	for _, t := range r.Tests {
		t.Name, t.Error = mask(t.Name), mask(t.Error)
		masked.Tests = append(masked.Tests, t)
	}
	for _, a := range r.Annotations {
		masked.Annotations = append(masked.Annotations, Annotation{mask(a.Name), mask(a.Value)})
	}
	if r.Next != nil {
		next := *r.Next // names a request; what is no request's name is masked where it is shown
		masked.Next = &next
	}
	return masked
}
