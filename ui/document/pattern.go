package document

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Query is what is searched for.
type Query struct {
	Text   string
	Regexp bool // Text is a regular expression (RE2); ^ and $ match at lines
	Fold   bool // letters match whatever their case
}

// pattern is a query made ready. It is immutable.
type pattern struct {
	literal []byte // in lower case if fold
	fold    bool
	expr    *regexp.Regexp // instead of literal
}

// compile makes q ready. It fails when there is no text, or no regular
// expression in it.
func compile(q Query) (*pattern, error) {
	switch {
	case q.Text == "":
		return nil, fmt.Errorf("there is nothing to search for")
	case !q.Regexp && (!q.Fold || isASCII(q.Text)):
		if q.Fold {
			return &pattern{literal: []byte(strings.ToLower(q.Text)), fold: true}, nil
		}
		return &pattern{literal: []byte(q.Text)}, nil
	}
	source := q.Text
	if !q.Regexp {
		source = regexp.QuoteMeta(source)
	}
	flags := "m"
	if q.Fold {
		flags += "i"
	}
	if _, err := regexp.Compile(q.Text); err != nil && q.Regexp {
		return nil, err // without the flags, which the reader did not type
	}
	expr, err := regexp.Compile("(?" + flags + ":" + source + ")")
	if err != nil {
		return nil, err
	}
	return &pattern{expr: expr}, nil
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
// reach.
func (p *pattern) overlap() int {
	if p.expr != nil {
		return 0
	}
	return len(p.literal) - 1
}

// each calls found with every match in text that begins before limit, in
// order, until it returns false. Matches do not overlap and are not empty.
func (p *pattern) each(text []byte, limit int, found func(start, end int) bool) {
	if p.expr != nil {
		// The text is a segment, so its matches are few enough to hold.
		for _, m := range p.expr.FindAllIndex(text, -1) {
			if m[1] > m[0] && m[0] < limit && !found(m[0], m[1]) {
				return
			}
		}
		return
	}
	if p.fold {
		text = lower(text)
	}
	for at := 0; at < limit; {
		i := bytes.Index(text[at:], p.literal)
		if i < 0 || at+i >= limit || !found(at+i, at+i+len(p.literal)) {
			return
		}
		at += i + len(p.literal)
	}
}

// lower returns a copy of text with ASCII letters in lower case.
func lower(text []byte) []byte {
	out := make([]byte, len(text))
	for i, c := range text {
		if c-'A' < 26 {
			c += 'a' - 'A'
		}
		out[i] = c
	}
	return out
}
