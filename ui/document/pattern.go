package document

import (
	"bytes"
	"fmt"
	"regexp"
	"regexp/syntax"
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
	needs   []byte         // what every match of expr holds, if that is known
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
	return &pattern{expr: expr, needs: needed(expr.String())}, nil
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
		if !bytes.Contains(text, p.needs) {
			return
		}
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
