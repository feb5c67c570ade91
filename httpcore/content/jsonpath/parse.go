package jsonpath

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// SyntaxError says why a query is not JSONPath.
type SyntaxError struct {
	Offset int    // in bytes, of what cannot be
	Msg    string // a sentence without full stop
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s (at %d)", e.Msg, e.Offset) }

const (
	// maxNesting is how deep filters and parentheses may nest.
	maxNesting = 100
	// maxInt is the largest integer of I-JSON (RFC 7493).
	maxInt = 1<<53 - 1
)

// Parse reads a query.
func Parse(expr string) (*Query, error) {
	if at := invalidUTF8(expr); at >= 0 {
		return nil, &SyntaxError{at, "the query is not UTF-8"}
	}
	p := &parser{text: expr}
	q := &Query{text: expr}
	err := p.expect("$", "$, with which a query begins")
	if err == nil {
		q.segments, err = p.segments()
	}
	if err == nil && p.at < len(expr) {
		err = p.fail("., .. or [")
	}
	if err != nil {
		return nil, err
	}
	q.memos = p.memos
	return q, nil
}

func invalidUTF8(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return -1
}

type parser struct {
	text  string
	at    int
	depth int
	memos int
}

// peek is the next byte, 0 at the end.
func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// accept takes token if it comes next.
func (p *parser) accept(token string) bool {
	if len(p.text)-p.at < len(token) || p.text[p.at:p.at+len(token)] != token {
		return false
	}
	p.at += len(token)
	return true
}

func (p *parser) expect(token, what string) error {
	if p.accept(token) {
		return nil
	}
	return p.fail(what)
}

func (p *parser) blanks() {
	for p.at < len(p.text) && isBlank(p.text[p.at]) {
		p.at++
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// fail says what was expected instead of what comes next.
func (p *parser) fail(expected string) error {
	found := "the end"
	if p.at < len(p.text) {
		r, _ := utf8.DecodeRuneInString(p.text[p.at:])
		found = strconv.QuoteRune(r)
	}
	return &SyntaxError{p.at, "expected " + expected + ", found " + found}
}

func (p *parser) failAt(at int, msg string) error { return &SyntaxError{at, msg} }

// nested calls parse unless it is nested too deep.
func (p *parser) nested(parse func() error) error {
	if p.depth == maxNesting {
		return p.failAt(p.at, "the query is nested more than 100 deep")
	}
	p.depth++
	err := parse()
	p.depth--
	return err
}

// segments reads what follows a root identifier, up to what is no segment.
func (p *parser) segments() ([]segment, error) {
	var all []segment
	for {
		before := p.at
		p.blanks()
		var s segment
		var err error
		switch {
		case p.accept(".."):
			s.descends = true
			s.selectors, err = p.afterDots()
		case p.accept("."):
			s.selectors, err = p.shorthand("a name or *")
		case p.peek() == '[':
			s.selectors, err = p.brackets()
		default:
			p.at = before
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
}

func (p *parser) afterDots() ([]selector, error) {
	if p.peek() == '[' {
		return p.brackets()
	}
	return p.shorthand("a name, * or [")
}

// shorthand reads a name without quotes or an asterisk.
func (p *parser) shorthand(what string) ([]selector, error) {
	if p.accept("*") {
		return []selector{wildcard{}}, nil
	}
	start := p.at
	for p.at < len(p.text) && inShorthand(p.text[p.at], p.at == start) {
		p.at++
	}
	if p.at == start {
		return nil, p.fail(what)
	}
	return []selector{newName(p.text[start:p.at])}, nil
}

// inShorthand reports whether a byte may be part of a name without quotes.
func inShorthand(c byte, first bool) bool {
	return isAlpha(c) || c == '_' || c >= utf8.RuneSelf || isDigit(c) && !first
}

// brackets reads selectors in brackets.
func (p *parser) brackets() ([]selector, error) {
	p.at++
	var all []selector
	for {
		p.blanks()
		s, err := p.selector()
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		p.blanks()
		switch {
		case p.accept("]"):
			return all, nil
		case !p.accept(","):
			return nil, p.fail("a comma or ]")
		}
	}
}

func newName(text string) *name {
	return &name{text, strings.IndexFunc(text, func(r rune) bool { return r < 0x20 || r == '"' || r == '\\' }) < 0}
}

func (p *parser) selector() (selector, error) {
	switch c := p.peek(); {
	case c == '\'' || c == '"':
		text, err := p.quoted()
		return newName(text), err
	case p.accept("*"):
		return wildcard{}, nil
	case p.accept("?"):
		p.blanks()
		test, err := p.condition()
		return &filter{test}, err
	case c == '-' || c == ':' || isDigit(c):
		return p.indexOrSlice()
	}
	return nil, p.fail("a name in quotes, an index, a slice, * or a filter with ?")
}

func (p *parser) indexOrSlice() (selector, error) {
	var s slice
	var err error
	if p.peek() != ':' {
		if s.start, err = p.integer(); err != nil {
			return nil, err
		}
		s.hasStart = true
		end := p.at
		p.blanks()
		if p.peek() != ':' {
			p.at = end
			return index{s.start}, nil
		}
	}
	p.at++
	s.step = 1
	if s.end, s.hasEnd, err = p.bound(); err != nil {
		return nil, err
	}
	if p.accept(":") {
		step, ok, err := p.bound()
		if err != nil {
			return nil, err
		}
		if ok {
			s.step = step
		}
	}
	return s, nil
}

// bound reads an integer if there is one, and the blanks around it.
func (p *parser) bound() (n int64, ok bool, err error) {
	p.blanks()
	if c := p.peek(); c != '-' && !isDigit(c) {
		return 0, false, nil
	}
	n, err = p.integer()
	p.blanks()
	return n, true, err
}

func (p *parser) integer() (int64, error) {
	start := p.at
	p.accept("-")
	digits := p.at
	for isDigit(p.peek()) {
		p.at++
	}
	switch {
	case p.at == digits:
		return 0, p.fail("a digit")
	case p.text[digits] == '0' && p.at > digits+1:
		return 0, p.failAt(start, "an integer has no leading zeros")
	case p.text[start:p.at] == "-0":
		return 0, p.failAt(start, "an integer is not -0")
	}
	n, err := strconv.ParseInt(p.text[start:p.at], 10, 64)
	if err != nil || n > maxInt || n < -maxInt {
		return 0, p.failAt(start, "an integer is at most 9007199254740991")
	}
	return n, nil
}
