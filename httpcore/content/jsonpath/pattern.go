package jsonpath

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// pattern is a compiled regular expression; nil matches nothing.
type pattern regexp.Regexp

// compilePattern translates an I-Regexp (RFC 9485) to Go's syntax. What is none
// matches nothing, as RFC 9535 has it. The anchors ^ and $, which I-Regexp
// leaves to the functions, mean what they do elsewhere.
func compilePattern(expr string, whole bool) *pattern {
	if invalidUTF8(expr) >= 0 {
		return nil
	}
	t := &translator{rest: expr}
	if !t.branches() || t.rest != "" {
		return nil
	}
	translated := t.out.String()
	if whole {
		translated = `\A(?:` + translated + `)\z`
	}
	re, err := regexp.Compile(translated)
	if err != nil {
		return nil
	}
	return (*pattern)(re)
}

func (p *pattern) matches(text []byte) bool {
	return p != nil && (*regexp.Regexp)(p).Match(text)
}

// translator reads the grammar of RFC 9485 section 3. Its methods report
// whether what comes next is what they read.
type translator struct {
	rest  string
	out   strings.Builder
	depth int
}

func (t *translator) next() byte {
	if t.rest == "" {
		return 0
	}
	return t.rest[0]
}

// copy takes n bytes over.
func (t *translator) copy(n int) {
	t.out.WriteString(t.rest[:n])
	t.rest = t.rest[n:]
}

func (t *translator) branches() bool {
	for {
		for t.rest != "" && t.next() != '|' && t.next() != ')' {
			if !t.atom() || !t.quantifier() {
				return false
			}
		}
		if t.next() != '|' {
			return true
		}
		t.copy(1)
	}
}

func (t *translator) atom() bool {
	switch c := t.next(); c {
	case '(':
		return t.group()
	case '.':
		t.rest = t.rest[1:]
		t.out.WriteString(`[^\n\r]`)
	case '[':
		return t.class()
	case '\\':
		return t.escape()
	case '*', '+', '?', ']', '{', '}':
		return false
	default:
		_, n := utf8.DecodeRuneInString(t.rest)
		t.copy(n)
	}
	return true
}

func (t *translator) group() bool {
	if t.depth == maxNesting {
		return false
	}
	t.depth++
	t.rest = t.rest[1:]
	t.out.WriteString("(?:")
	if !t.branches() || t.next() != ')' {
		return false
	}
	t.copy(1)
	t.depth--
	return true
}

func (t *translator) quantifier() bool {
	switch t.next() {
	case '*', '+', '?':
		t.copy(1)
	case '{':
		n := strings.IndexByte(t.rest, '}') + 1
		if n == 0 || !isQuantity(t.rest[1:n-1]) {
			return false
		}
		t.copy(n)
	}
	return true
}

// isQuantity reports whether s is n, n, or n,m.
func isQuantity(s string) bool {
	low, high, _ := strings.Cut(s, ",")
	return low != "" && strings.Trim(low, "0123456789") == "" && strings.Trim(high, "0123456789") == ""
}

// escape reads a backslash and a character, or a category of Unicode.
func (t *translator) escape() bool {
	if len(t.rest) < 2 {
		return false
	}
	switch c := t.rest[1]; {
	case strings.IndexByte("()*+-.?[\\]^nrt{|}", c) >= 0:
		t.copy(2)
		return true
	case c == 'p' || c == 'P':
		n := strings.IndexByte(t.rest, '}') + 1
		if n < 5 || n > 6 || t.rest[2] != '{' {
			return false
		}
		t.copy(n)
		return true
	}
	return false
}

// class reads a set of characters in brackets.
func (t *translator) class() bool {
	t.copy(1)
	if t.next() == '^' {
		t.copy(1)
	}
	for first := true; ; first = false {
		switch c := t.next(); {
		case t.rest == "", c == '[':
			return false
		case c == ']':
			t.copy(1)
			return !first
		case c == '-' && !first && !strings.HasPrefix(t.rest, "-]"):
			return false
		case c == '-':
			t.rest = t.rest[1:]
			t.out.WriteString(`\-`)
		default:
			if !t.span() {
				return false
			}
		}
	}
}

// span reads a character of a set, or a range of them.
func (t *translator) span() bool {
	category := strings.HasPrefix(t.rest, `\p`) || strings.HasPrefix(t.rest, `\P`)
	if !t.member() {
		return false
	}
	if category || t.next() != '-' || strings.HasPrefix(t.rest, "-]") {
		return true
	}
	t.copy(1)
	return t.next() != '[' && t.next() != '-' && t.rest != "" && t.member()
}

func (t *translator) member() bool {
	if t.next() == '\\' {
		return t.escape()
	}
	_, n := utf8.DecodeRuneInString(t.rest)
	if t.next() == '^' || t.next() == '&' || t.next() == '~' {
		t.out.WriteByte('\\')
	}
	t.copy(n)
	return true
}
