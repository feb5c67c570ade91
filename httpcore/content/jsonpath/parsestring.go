package jsonpath

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// quoted reads a string in single or double quotes.
func (p *parser) quoted() (string, error) {
	start, quote := p.at, p.text[p.at]
	p.at++
	var b strings.Builder
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == quote:
			p.at++
			return b.String(), nil
		case c == '\\':
			r, err := p.escape(quote)
			if err != nil {
				return "", err
			}
			b.WriteRune(r)
		case c < 0x20:
			return "", p.failAt(p.at, "a control character in a string must be escaped")
		default:
			b.WriteByte(c)
			p.at++
		}
	}
	return "", p.failAt(start, "the string has no closing quote")
}

// escape reads a backslash and what it stands for.
func (p *parser) escape(quote byte) (rune, error) {
	p.at++
	c := p.peek()
	if i := strings.IndexByte(`bfnrt/\`, c); i >= 0 && c != 0 {
		p.at++
		return rune("\b\f\n\r\t/\\"[i]), nil
	}
	switch c {
	case quote:
		p.at++
		return rune(c), nil
	case 'u':
		return p.unicode()
	}
	return 0, p.fail(`b, f, n, r, t, u, / or \ or the quote after a backslash`)
}

// unicode reads u and four digits, or two such escapes that make a pair.
func (p *parser) unicode() (rune, error) {
	start := p.at - 1
	high, err := p.hex()
	if err != nil || !utf16.IsSurrogate(high) {
		return high, err
	}
	if high >= 0xDC00 || !p.accept(`\`) || p.peek() != 'u' {
		return 0, p.failAt(start, "half of a surrogate pair stands alone")
	}
	low, err := p.hex()
	if err != nil {
		return 0, err
	}
	r := utf16.DecodeRune(high, low)
	if r == utf8.RuneError {
		return 0, p.failAt(start, "half of a surrogate pair stands alone")
	}
	return r, nil
}

func (p *parser) hex() (rune, error) {
	p.at++
	start := p.at
	for p.at < start+4 {
		if c := p.peek(); !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
			return 0, p.fail(`a hexadecimal digit after \u`)
		}
		p.at++
	}
	n, err := strconv.ParseUint(p.text[start:p.at], 16, 16)
	return rune(n), err
}
