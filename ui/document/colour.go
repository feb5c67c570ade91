package document

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"

	"parley/httpcore/content"
)

// coloured is a stretch of source text and the roles of its parts.
type coloured struct {
	start, end int64
	runs       []colourRun
}

// colourRun gives everything up to end a role, from the end of the run before.
type colourRun struct {
	end  int64
	role Role
}

// colour lexes text that starts at offset start. It gives up when ctx ends.
func colour(ctx context.Context, kind content.Kind, text []byte, start int64) (c *coloured, err error) {
	lexer, err := lexerFor(kind)
	if err != nil || lexer == nil {
		return nil, err
	}
	defer func() { // lexers panic on what their rules did not foresee
		if r := recover(); r != nil {
			c, err = nil, fmt.Errorf("document: highlighting %v: %v", kind, r)
		}
	}()
	src := oneByteEach(text)
	next, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, src)
	if err != nil {
		return nil, err
	}
	c = &coloured{start: start, end: start + int64(len(text))}
	at := 0
	for t := next(); t != chroma.EOF; t = next() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		skipped := strings.Index(src[at:], t.Value) // lexers may leave text out
		if skipped < 0 {
			continue
		}
		c.add(start+int64(at+skipped), Plain)
		at += skipped + len(t.Value)
		c.add(start+int64(at), roleOfToken(kind, t.Type))
	}
	return c, nil
}

// add gives everything up to end a role.
func (c *coloured) add(end int64, role Role) {
	n := len(c.runs)
	switch {
	case n > 0 && end <= c.runs[n-1].end:
	case n > 0 && c.runs[n-1].role == role:
		c.runs[n-1].end = end
	default:
		c.runs = append(c.runs, colourRun{end, role})
	}
}

// oneByteEach returns text as valid UTF-8 of the same length, since a lexer
// would make three bytes of every invalid one.
func oneByteEach(text []byte) string {
	if utf8.Valid(text) {
		return string(text)
	}
	out := append([]byte(nil), text...)
	for i := 0; i < len(out); {
		r, n := utf8.DecodeRune(out[i:])
		if r == utf8.RuneError && n == 1 {
			out[i] = '?'
		}
		i += n
	}
	return string(out)
}

// covers reports whether the roles of a stretch of the source are known.
func (c *coloured) covers(start, end int64) bool {
	return c != nil && start >= c.start && end <= c.end
}

// paint gives the plain spans of a line their roles.
func (c *coloured) paint(spans []Span) []Span {
	painted := make([]Span, 0, len(spans)+8)
	for _, s := range spans {
		if s.Role != Plain || s.Len != len(s.Text) || s.Len == 0 {
			painted = append(painted, s)
			continue
		}
		painted = c.split(painted, s)
	}
	return painted
}

func (c *coloured) split(painted []Span, s Span) []Span {
	for s.Len > 0 {
		role, n := c.at(s.Offset, s.Len)
		part, rest := cutSpan(s, n)
		part.Role = role
		painted, s = append(painted, part), rest
	}
	return painted
}

// at is the role of the source at offset, and how many of the next n bytes
// have it.
func (c *coloured) at(offset int64, n int) (Role, int) {
	i := sort.Search(len(c.runs), func(i int) bool { return c.runs[i].end > offset })
	if i == len(c.runs) {
		return Plain, n
	}
	return c.runs[i].role, int(min(c.runs[i].end-offset, int64(n)))
}
