package pane

import (
	"fmt"
	"regexp"
	"strings"

	"parley/themes"
	"parley/ui/style"
	"parley/ui/widget"
)

// finder searches the lines of a page.
type finder struct {
	input *widget.Editor
	// typing says that the search line has the keys.
	typing  bool
	query   string
	pattern *regexp.Regexp // nil while nothing is searched
	problem string
	found   int // lines
}

// found is what a search found in a line, in bytes.
type found struct {
	from, to int
	current  bool
}

func newFinder() finder {
	return finder{input: widget.NewInput(style.Styles{}, widget.EditorOptions{Placeholder: "text, or /regular expression/"})}
}

func (f *finder) shown() bool { return f.typing || f.pattern != nil || f.problem != "" }

func (f *finder) begin() {
	f.typing = true
	f.input.Reset(f.query)
	f.input.SelectAll()
	f.input.Focus(true)
}

func (f *finder) stop() {
	f.typing = false
	f.input.Focus(false)
}

func (f *finder) end() {
	f.stop()
	f.pattern, f.problem, f.found = nil, "", 0
}

// look reads what was typed, and counts what it finds. Lower-case text finds both cases.
func (f *finder) look(lines []pageLine) {
	f.query = f.input.Text()
	f.pattern, f.problem = nil, ""
	if f.query == "" {
		return
	}
	q := queryOf(f.query)
	source := q.Text
	if !q.Regexp {
		source = regexp.QuoteMeta(source)
	}
	if q.Fold {
		source = "(?i)" + source
	}
	pattern, err := regexp.Compile(source)
	if err != nil {
		f.problem = "this is no regular expression yet"
		return
	}
	f.pattern = pattern
	f.count(lines)
}

// count counts anew when the lines are others.
func (f *finder) count(lines []pageLine) {
	f.found = 0
	if f.pattern == nil {
		return
	}
	for _, l := range lines {
		if f.hits(l) {
			f.found++
		}
	}
}

func (f *finder) hits(l pageLine) bool { return f.pattern != nil && f.pattern.MatchString(l.text()) }

// in returns what is found in a line; current says that the reader is there.
func (f *finder) in(l pageLine, current bool) []found {
	if f.pattern == nil {
		return nil
	}
	var all []found
	for _, at := range f.pattern.FindAllStringIndex(l.text(), 100) {
		all = append(all, found{at[0], at[1], current})
	}
	return all
}

func (f *finder) line(styles style.Styles, cells int) string {
	if f.typing {
		return styles.Paint(themes.Accent, themes.Background, "/ ") + f.input.View()
	}
	row := widget.NewRow(styles, themes.Background, cells).Text(themes.Accent, "/ ").Text(themes.Text, f.query)
	switch {
	case f.problem != "":
		row.Right(themes.Error, f.problem+" ")
	case f.found == 1:
		row.Right(themes.Muted, "1 line · n next ")
	default:
		row.Right(themes.Muted, fmt.Sprintf("%d lines · n next ", f.found))
	}
	return row.String()
}

// mark puts what was found into the spans of a line.
func mark(spans []Span, all []found) []Span {
	if len(all) == 0 {
		return spans
	}
	var out []Span
	at := 0
	for _, s := range spans {
		end := at + len(s.Text)
		for at < end {
			next, role := end, s.Role
			for _, hit := range all {
				switch {
				case hit.from > at:
					next = min(next, hit.from)
				case hit.to > at:
					next, role = min(end, hit.to), foundRole(hit)
				}
				if hit.to > at {
					break
				}
			}
			out = append(out, Span{s.Text[len(s.Text)-(end-at) : len(s.Text)-(end-next)], role})
			at = next
		}
	}
	return out
}

func foundRole(hit found) themes.Role {
	if hit.current {
		return themes.Current
	}
	return themes.Search
}

// trimmed is a text without the line end that it may have.
func trimmed(s string) string { return strings.TrimRight(s, "\r\n") }
