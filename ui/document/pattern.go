package document

import (
	"bytes"
	"fmt"
	"regexp"
	"regexp/syntax"
	"sync"
	"unicode/utf8"

	"parley/ui/document/lazydfa"
)

// Query is what is searched for.
//
// In the pretty view of JSON, Text that is no regular expression and reads as
// two or more JSON tokens finds those tokens whatever white space stands
// between them, in the source or in the layout: `"a": 1` and `"a":1` find the
// same. The first and the last token may be cut, so that what is still being
// typed, or begins within a string, finds what it will: `ame": "Ad`. White
// space within strings counts, and what is no tokens is found as it was typed.
type Query struct {
	Text   string
	Regexp bool // Text is a regular expression (RE2); ^ and $ match at lines
	Fold   bool // letters match whatever their case
}

// maxMatch is how many bytes a match of an expression may have to be found
// wherever it is. Longer ones may be found in part.
const maxMatch = 64 << 10

// pattern is a query made ready. It may be used concurrently.
type pattern struct {
	literal  []byte
	caseless *caseless       // instead of literal
	expr     *lazydfa.Regexp // instead of both
	needs    []byte          // what every match of expr holds, if that is known

	mu   sync.Mutex
	idle []*lazydfa.Machine
}

// compile makes q ready. If it is for tokens, white space between JSON tokens
// does not count.
func compile(q Query, tokens bool) (*pattern, error) {
	if q.Text == "" {
		return nil, fmt.Errorf("there is nothing to search for")
	}
	source := q.Text
	switch expr, ok := tokenExpr(q.Text); {
	case q.Regexp:
		if _, err := regexp.Compile(q.Text); err != nil {
			return nil, err // without the flags, which the reader did not type
		}
	case tokens && ok:
		source = expr
	case q.Fold && isASCII(q.Text):
		return &pattern{caseless: newCaseless(q.Text)}, nil
	case !q.Fold:
		return &pattern{literal: []byte(q.Text)}, nil
	default:
		source = regexp.QuoteMeta(source)
	}
	flags := "m"
	if q.Fold {
		flags += "i"
	}
	source = "(?" + flags + ":" + source + ")"
	expr, err := lazydfa.Compile(source)
	if err != nil {
		return nil, err
	}
	return &pattern{expr: expr, needs: needed(source)}, nil
}

// needed is the longest text that every match of an expression is known to
// hold. Looking for it first is many times as fast as the expression.
func needed(expr string) []byte {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil // the expression is slower without, and no worse
	}
	return []byte(neededBy(tree))
}

func neededBy(tree *syntax.Regexp) string {
	switch tree.Op {
	case syntax.OpLiteral:
		if tree.Flags&syntax.FoldCase == 0 {
			return string(tree.Rune)
		}
	case syntax.OpCapture, syntax.OpPlus:
		return neededBy(tree.Sub[0])
	case syntax.OpRepeat:
		if tree.Min > 0 {
			return neededBy(tree.Sub[0])
		}
	case syntax.OpConcat:
		longest := ""
		for _, sub := range tree.Sub {
			if text := neededBy(sub); len(text) > len(longest) {
				longest = text
			}
		}
		return longest
	}
	return ""
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// overlap is how many bytes behind a place a match that begins before it may
// reach, and lookback how many before a place it depends on.
func (p *pattern) overlap() int {
	switch {
	case p.expr != nil:
		return maxMatch
	case p.caseless != nil:
		return len(p.caseless.text) - 1
	}
	return len(p.literal) - 1
}

func (p *pattern) lookback() int {
	if p.expr != nil {
		return utf8.UTFMax
	}
	return 0
}

// each calls found with the matches in text that begin at from or behind it and
// before limit, in order, until it returns false or, where an expression takes
// long, stop returns true. Matches
// do not overlap and are not empty.
func (p *pattern) each(text lazydfa.Text, from, limit int, stop func() bool, found func(start, end int) bool) {
	if p.expr != nil {
		p.eachOfExpr(text, from, limit, stop, found)
		return
	}
	most := min(len(text.Bytes), limit+p.overlap())
	for from < limit {
		start, n := p.indexIn(text.Bytes[from:most]), p.overlap()+1
		if start < 0 || !found(from+start, from+start+n) {
			return
		}
		from += start + n
	}
}

func (p *pattern) indexIn(text []byte) int {
	if p.caseless != nil {
		return p.caseless.index(text)
	}
	return bytes.Index(text, p.literal)
}

func (p *pattern) eachOfExpr(text lazydfa.Text, from, limit int, stop func() bool, found func(start, end int) bool) {
	m := p.machine()
	defer p.done(m)
	from = wholeRune(text.Bytes, from)
	for from < limit && bytes.Contains(text.Bytes[from:], p.needs) {
		start, end, ok := m.Find(text, from, limit, stop)
		switch {
		case !ok || start >= limit:
			return
		case start == end:
			_, n := utf8.DecodeRune(text.Bytes[end:])
			from = end + max(n, 1)
		case !found(start, end):
			return
		default:
			from = end
		}
	}
}

// wholeRune returns the place, or the one behind the character that it is
// within.
func wholeRune(text []byte, at int) int {
	for i := at - 1; i >= max(0, at-utf8.UTFMax+1); i-- {
		if utf8.RuneStart(text[i]) {
			_, n := utf8.DecodeRune(text[i:])
			return max(at, i+n)
		}
	}
	return at
}

// maxIdle is how many machines are kept.
const maxIdle = 4

func (p *pattern) machine() *lazydfa.Machine {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		m := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return m
	}
	return p.expr.NewMachine()
}

func (p *pattern) done(m *lazydfa.Machine) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) < maxIdle {
		p.idle = append(p.idle, m)
	}
}
