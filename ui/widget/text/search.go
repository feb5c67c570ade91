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

// Replaced is a line with every hit replaced, and how many there were. In the replacement of a regular expression, $1
// stands for what its first group found, and \n and \t for a new line and a tab.
func (s *Search) Replaced(line, with string) (string, int) {
	var b strings.Builder
	n, last := 0, 0
	s.Each(line, 0, func(start, end int) bool {
		b.WriteString(line[last:start])
		b.WriteString(s.expand(line, start, end, with))
		last = end
		n++
		return true
	})
	if n == 0 {
		return line, 0
	}
	b.WriteString(line[last:])
	return b.String(), n
}

// expand is what a hit is replaced by.
func (s *Search) expand(line string, start, end int, with string) string {
	if !s.regexp {
		return with
	}
	groups := s.pattern.FindStringSubmatchIndex(line[start:])
	if groups == nil || groups[0] != 0 || groups[1] != end-start { // it looked at what is before
		groups = []int{0, end - start}
	}
	with = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t").Replace(with)
	return string(s.pattern.ExpandString(nil, with, line[start:], groups))
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

// Replace puts with in place of the hit that is selected and selects the next one. It reports whether a hit was selected;
// if not, it only goes to the next one.
func (b *Buffer) Replace(s *Search, with string) bool {
	from, to := b.Selection()
	replaced := false
	if from.Line == to.Line && from != to {
		line := b.lines[from.Line]
		if start, end, ok := s.Next(line, from.Col); ok && start == from.Col && end == to.Col {
			b.Break()
			b.replace(from, to, s.expand(line, start, end, with))
			b.Break()
			replaced = true
		}
	}
	b.Find(s, b.cursor, false)
	return replaced
}

// Replacement is what becomes of a text when every hit in it is replaced.
type Replacement struct {
	Count int

	first, last int // the lines that change, and those between
	text        string
}

// ReplaceIn replaces every hit in lines. It may be used while the buffer that the lines are from changes.
func (s *Search) ReplaceIn(lines []string, with string) Replacement {
	r := Replacement{first: -1}
	fresh := make([]string, len(lines))
	for n, line := range lines {
		changed, count := s.Replaced(line, with)
		fresh[n] = changed
		if count == 0 {
			continue
		}
		r.Count, r.last = r.Count+count, n
		if r.first < 0 {
			r.first = n
		}
	}
	if r.Count > 0 {
		r.text = strings.Join(fresh[r.first:r.last+1], "\n")
	}
	return r
}

// Apply puts a replacement of the text as it is into it, as one step.
func (b *Buffer) Apply(r Replacement) {
	if r.Count == 0 {
		return
	}
	cursor := b.cursor
	b.Break()
	b.replace(Pos{r.first, 0}, Pos{r.last, len(b.lines[r.last])}, r.text)
	b.place(b.clamp(cursor))
	b.Break()
}
