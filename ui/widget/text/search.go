package text

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// Search finds a text, or a regular expression, within lines.
type Search struct {
	literal  string
	fold     bool // the literal is lower case, and finds both
	pattern  *regexp.Regexp
	regexp   bool
	anchored bool // the expression looks at what is before a hit
}

// NewSearch reads what a person types to search for: text, or a regular expression between slashes. Without a capital it
// finds both cases.
func NewSearch(typed string) (*Search, error) {
	s := &Search{literal: typed, fold: typed == strings.ToLower(typed)}
	source := regexp.QuoteMeta(typed)
	if n := len(typed); n > 2 && typed[0] == '/' && typed[n-1] == '/' {
		s.regexp, s.literal, source = true, "", typed[1:n-1]
	}
	if typed == "" || !s.regexp && strings.Contains(typed, "\n") {
		return nil, errors.New("there is nothing to search for")
	}
	if s.fold {
		source = "(?i)" + source
	}
	pattern, err := regexp.Compile(source)
	if err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	s.pattern = pattern
	if parsed, err := syntax.Parse(source, syntax.Perl); s.regexp && err == nil {
		s.anchored = looksBack(parsed)
	}
	return s, nil
}

// Each calls f with the hits of a line from a byte on, in order, until it returns false. What is empty is no hit.
func (s *Search) Each(line string, from int, f func(start, end int) bool) {
	switch {
	case s.anchored:
		for _, at := range s.pattern.FindAllStringIndex(line, mostAnchored) {
			if at[0] >= from && at[0] < at[1] && !f(at[0], at[1]) {
				return
			}
		}
	case s.regexp || s.fold && !plain(line):
		s.eachMatch(line, from, f)
	default:
		if s.fold {
			line = strings.ToLower(line)
		}
		for from <= len(line) {
			at := strings.Index(line[from:], s.literal)
			if at < 0 || !f(from+at, from+at+len(s.literal)) {
				return
			}
			from += at + len(s.literal)
		}
	}
}

// mostAnchored bounds how many hits a line may have for an expression that has to be matched from the line's beginning.
const mostAnchored = 1 << 16

// eachMatch matches an expression that does not look at what is before it.
func (s *Search) eachMatch(line string, from int, f func(start, end int) bool) {
	for from <= len(line) {
		at := s.pattern.FindStringIndex(line[from:])
		switch {
		case at == nil:
			return
		case at[0] == at[1]:
			from = max(from+at[0]+1, Next(line, from+at[0]))
		case !f(from+at[0], from+at[1]):
			return
		default:
			from += at[1]
		}
	}
}

// Next returns the first hit in a line at or after a byte.
func (s *Search) Next(line string, from int) (start, end int, ok bool) {
	s.Each(line, from, func(first, last int) bool {
		start, end, ok = first, last, true
		return false
	})
	return start, end, ok
}

// plain reports whether lower-casing a line moves nothing.
func plain(line string) bool {
	for i := range len(line) {
		if line[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// looksBack reports whether an expression has something in it that depends on what is before.
func looksBack(e *syntax.Regexp) bool {
	switch e.Op {
	case syntax.OpBeginLine, syntax.OpBeginText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return true
	}
	return slices.ContainsFunc(e.Sub, looksBack)
}

// Tally is how many hits a text has, and which of them a place is at.
type Tally struct {
	At, Of int // At is 0 where the place is at no hit
	More   bool
}

// MostCounted is up to where hits are counted.
const MostCounted = 10_000

// Count counts the hits in lines. It may be used while the buffer that the lines are from changes.
func (s *Search) Count(lines []string, at Pos) Tally {
	var t Tally
	for n, line := range lines {
		s.Each(line, 0, func(start, _ int) bool {
			if t.Of == MostCounted {
				t.More = true
				return false
			}
			t.Of++
			if at == (Pos{n, start}) {
				t.At = t.Of
			}
			return true
		})
		if t.More {
			break
		}
	}
	return t
}

// Snapshot returns a copy of the lines, which nothing changes.
func (b *Buffer) Snapshot() []string { return slices.Clone(b.lines) }

// Find selects the next hit at or after a place, or the one before it with backwards, around the ends of the text. It
// reports whether there is one.
func (b *Buffer) Find(s *Search, from Pos, backwards bool) bool {
	start, end, ok := b.hit(s, b.clamp(from), backwards)
	if ok {
		b.MoveTo(start, false)
		b.MoveTo(end, true)
	}
	return ok
}

func (b *Buffer) hit(s *Search, from Pos, backwards bool) (start, end Pos, ok bool) {
	count := len(b.lines)
	for i := range count + 1 {
		if backwards {
			n := ((from.Line-i)%count + count) % count
			s.Each(b.lines[n], 0, func(first, last int) bool {
				if i == 0 && first >= from.Col {
					return false
				}
				start, end, ok = Pos{n, first}, Pos{n, last}, true
				return true
			})
		} else {
			n, col := (from.Line+i)%count, 0
			if i == 0 {
				col = from.Col
			}
			var first, last int
			if first, last, ok = s.Next(b.lines[n], col); ok {
				start, end = Pos{n, first}, Pos{n, last}
			}
		}
		if ok {
			return start, end, true
		}
	}
	return Pos{}, Pos{}, false
}
