package jsonpath

import "unicode/utf8"

// one is an operand that is a node.
type one interface {
	node(r *run, at int64) (start int64, ok bool, err error)
}

// value of length counts without loading, whatever the size.
func (l *length) value(r *run, at int64, side int) (value, error) {
	of, ok := l.of.(one)
	if !ok {
		v, err := l.of.value(r, at, side)
		if err != nil || v.kind != stringValue {
			return value{}, err
		}
		return r.number(int64(utf8.RuneCount(v.text)), side), nil
	}
	start, ok, err := of.node(r, at)
	if !ok {
		return value{}, err
	}
	if r.measured.known && r.measured.start == start {
		return r.number(r.measured.length, side), nil
	}
	r.seek(start)
	b, err := r.peek()
	if err != nil {
		return value{}, unlessEOF(err)
	}
	var n int64
	switch b {
	case '"':
		n, err = r.runes()
	case '[', '{':
		n, err = r.size()
	default:
		return value{}, nil
	}
	if err == nil && r.offset()-start >= longValue {
		r.measured.known, r.measured.start, r.measured.length = true, start, n
	}
	return r.number(n, side), err
}

// size counts the children of the array or object that comes next.
func (r *run) size() (n int64, err error) {
	in := r.enter()
	for {
		more, err := in.next(r)
		if !more {
			return n, err
		}
		n++
		if err := r.skip(); err != nil {
			return n, err
		}
	}
}

// runes counts the characters of the string that comes next.
func (r *run) runes() (n int64, err error) {
	r.i++
	escape := [6]byte{}
	paired := false // half of a surrogate pair came last
	for {
		b, err := r.byte()
		switch {
		case err != nil:
			return n, err
		case b == '"':
			return n, nil
		case b != '\\':
			if utf8.RuneStart(b) {
				n++
			}
			paired = false
			continue
		}
		if b, err = r.byte(); err != nil {
			return n, err
		}
		n++
		if b != 'u' {
			paired = false
			continue
		}
		for i := range 4 {
			if escape[i], err = r.byte(); err != nil {
				return n, err
			}
		}
		switch c := hexRune(escape[:]); {
		case paired && c >= 0xDC00 && c < 0xE000:
			n-- // the second half of one character
			paired = false
		default:
			paired = c >= 0xD800 && c < 0xDC00
		}
	}
}

// byte takes a byte.
func (c *cursor) byte() (byte, error) {
	if c.i == len(c.win) {
		if err := c.fill(); err != nil {
			return 0, unlessEOF(err)
		}
	}
	c.i++
	return c.win[c.i-1], nil
}
