package text

import (
	"context"
	"errors"
	"strings"
)

// MostGrowth bounds by how many bytes replacing makes a text longer: a few hits can each become the whole text.
const MostGrowth = 32 << 20

// ErrTooLong says that replacing was given up, with nothing replaced.
var ErrTooLong = errors.New("nothing replaced: it adds over 32 MB")

// filling is what hits are replaced by, and how much longer the text may still become. In the replacement of a regular
// expression, $1 stands for what its first group found, and \n and \t for a new line and a tab.
type filling struct {
	search *Search
	with   string
	groups int // how many of $1 and the like it may have
	room   int
}

func (s *Search) filling(with string) *filling {
	f := &filling{search: s, with: with, room: MostGrowth}
	if s.regexp {
		f.with = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t").Replace(with)
		f.groups = strings.Count(f.with, "$")
	}
	return f
}

// of is what a hit is replaced by.
func (f *filling) of(line string, start, end int) (string, error) {
	found := end - start
	if most := max(0, f.room) + found; len(f.with) > most || f.groups > 0 && found > (most-len(f.with))/f.groups {
		return "", ErrTooLong
	}
	with := f.with
	if f.search.regexp {
		with = f.search.expand(line, start, end, with)
	}
	f.room -= len(with) - found
	return with, nil
}

// expand puts the groups of a hit into what replaces it.
func (s *Search) expand(line string, start, end int, with string) string {
	groups := s.pattern.FindStringSubmatchIndex(line[start:])
	if groups == nil || groups[0] != 0 || groups[1] != end-start { // it looked at what is before
		groups = []int{0, end - start}
	}
	return string(s.pattern.ExpandString(nil, with, line[start:], groups))
}

// line is a line with every hit replaced, and how many there were.
func (f *filling) line(ctx context.Context, line string) (string, int, error) {
	var b strings.Builder
	n, last, err := 0, 0, ctx.Err()
	if err != nil {
		return "", 0, err
	}
	f.search.Each(line, 0, func(start, end int) bool {
		with := ""
		if err = ctx.Err(); err == nil {
			with, err = f.of(line, start, end)
		}
		b.WriteString(line[last:start])
		b.WriteString(with)
		last = end
		n++
		return err == nil
	})
	if n == 0 {
		return line, 0, nil
	}
	b.WriteString(line[last:])
	return b.String(), n, err
}

// Replace puts with in place of the hit that is selected and selects the next one. It reports whether a hit was selected;
// if not, it only goes to the next one.
func (b *Buffer) Replace(s *Search, with string) (bool, error) {
	from, to := b.Selection()
	replaced := false
	if from.Line == to.Line && from != to {
		line := b.lines[from.Line]
		if start, end, ok := s.Next(line, from.Col); ok && start == from.Col && end == to.Col {
			fill, err := s.filling(with).of(line, start, end)
			if err != nil {
				return false, err
			}
			b.Break()
			b.replace(from, to, fill)
			b.Break()
			replaced = true
		}
	}
	b.Find(s, b.cursor, false)
	return replaced, nil
}

// Replacement is what becomes of a text when every hit in it is replaced.
type Replacement struct {
	Count int

	first, last int // the lines that change, and those between
	text        string
}

// ReplaceIn replaces every hit in lines, or says why it did not: it would be too much, or ctx was cancelled. It may be used
// while the buffer that the lines are from changes.
func (s *Search) ReplaceIn(ctx context.Context, lines []string, with string) (Replacement, error) {
	r, fill := Replacement{first: -1}, s.filling(with)
	fresh := make([]string, len(lines))
	for n, line := range lines {
		changed, count, err := fill.line(ctx, line)
		if err != nil {
			return Replacement{}, err
		}
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
	return r, nil
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
