package script

import "strings"

// What a script may say; the rest is counted. A line is cut by the process that says it.
const (
	maxLines = 1000
	maxTests = 1000
	maxNotes = 100
	maxText  = 8 << 10
	maxSaid  = 512 << 10
)

// room counts what a script has said.
type room struct {
	said    int
	crowded bool
	lost    bool // a test
}

// add puts what a script says into its report, as long as there is room.
func (r *room) add(to *Report, w word) {
	switch {
	case w.Next != nil:
		to.Next = w.Next
	case w.Skip != nil && to.Skip == "":
		to.Skip = shorten(*w.Skip)
	case w.Line != nil:
		if r.takes(len(to.Console) < maxLines, len(w.Line.Text)) {
			to.Console = append(to.Console, *w.Line)
		} else {
			r.full(to, w.Line.Where)
		}
	case w.Test != nil:
		if r.takes(len(to.Tests) < maxTests, len(w.Test.Name)+len(w.Test.Error)) {
			to.Tests = append(to.Tests, *w.Test)
		} else {
			r.lost = true
			r.full(to, w.Test.Where)
		}
	case w.Note != nil:
		if r.takes(len(to.Annotations) < maxNotes, len(w.Note.Name)+len(w.Note.Value)) {
			to.Annotations = annotate(to.Annotations, *w.Note)
		} else {
			r.full(to, Place{})
		}
	}
}

func (r *room) takes(few bool, size int) bool {
	if !few || r.said+size > maxSaid {
		return false
	}
	r.said += size
	return true
}

// full says once that there is no more room.
func (r *room) full(to *Report, at Place) {
	if !r.crowded {
		r.crowded = true
		to.Console = append(to.Console, Line{"warn", at, "the hook says too much: the rest is left out"})
	}
}

// shorten cuts a text that is too long.
func shorten(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "") + "…"
}
