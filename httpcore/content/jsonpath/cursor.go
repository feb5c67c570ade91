package jsonpath

import "io"

// cursor reads the source behind the frontier, which it pushes on as it needs.
type cursor struct {
	*frontier
	win  []byte // a part of the source
	i    int    // of the next byte in win
	base int64  // where win begins in the source
}

func (c *cursor) offset() int64 { return c.base + int64(c.i) }

// seek goes to another place.
func (c *cursor) seek(off int64) {
	if off >= c.base && off <= c.base+int64(len(c.win)) {
		c.i = int(off - c.base)
		return
	}
	c.forget(off)
}

// forget goes to a place whose page may have been used for another meanwhile.
func (c *cursor) forget(off int64) { c.win, c.i, c.base = nil, 0, off }

// fill makes at least one more byte readable when win is used up.
func (c *cursor) fill() error {
	off := c.offset()
	for off >= c.at {
		if err := c.advance(); err != nil {
			c.forget(off)
			return err
		}
	}
	if err := c.ctx.Err(); err != nil {
		return err
	}
	off = max(off, c.start)
	c.forget(off)
	win, err := c.pages.at(off, c.at)
	c.win = win
	return err
}

// peek returns the next byte that is no white space, and stands before it.
func (c *cursor) peek() (byte, error) {
	for {
		for ; c.i < len(c.win); c.i++ {
			if b := c.win[c.i]; !isBlank(b) {
				return b, nil
			}
		}
		if err := c.fill(); err != nil {
			return 0, err
		}
	}
}

// skip passes the value that comes next.
func (c *cursor) skip() error {
	b, err := c.peek()
	switch {
	case err != nil:
		return err
	case b == '"':
		_, err := c.skipString()
		return err
	case b == '{', b == '[':
		start := c.offset()
		c.i++
		return c.leave(start)
	case b == '-' || isDigit(b):
		return c.skipNumber()
	case b == 'f':
		return c.skipBytes(len("false"))
	}
	return c.skipBytes(len("true")) // or null
}

func (c *cursor) skipBytes(n int) error {
	for ; n > 0; n-- {
		if c.i == len(c.win) {
			if err := c.fill(); err != nil {
				return unlessEOF(err)
			}
		}
		c.i++
	}
	return nil
}

// unlessEOF tells that the source cannot end here, if it does.
func unlessEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// skipString passes a string or key from its opening quote and reports whether
// it may hold escapes.
func (c *cursor) skipString() (escaped bool, err error) {
	c.i++
	for {
		for c.i < len(c.win) {
			switch c.win[c.i] {
			case '"':
				c.i++
				return escaped, nil
			case '\\':
				escaped = true
				if err := c.skipBytes(2); err != nil {
					return true, err
				}
			default:
				c.i++
			}
		}
		if err := c.fill(); err != nil {
			return true, unlessEOF(err)
		}
	}
}

// skipNumber passes a number, which ends where the grammar says: what follows
// it may be the next text.
func (c *cursor) skipNumber() error {
	var before byte // what part of the number came last: 0, -, a digit, '.', e, or x for the sign behind it
	zero := false   // the number begins with 0 and has no more yet
	for {
		for ; c.i < len(c.win); c.i++ {
			b := c.win[c.i]
			switch {
			case isDigit(b) && !zero:
				zero = b == '0' && (before == 0 || before == '-')
				b = '0'
			case b == '.':
				zero = false
			case b == 'e', b == 'E':
				zero, b = false, 'e'
			case b == '-' && before == 0:
			case (b == '-' || b == '+') && before == 'e':
				b = 'x'
			default:
				return nil
			}
			before = b
		}
		switch err := c.fill(); {
		case err == io.EOF:
			return nil
		case err != nil && err == c.err && !c.scan.Inside():
			return nil // the number is whole, what follows is wrong
		case err != nil:
			return err
		}
	}
}

// leave goes behind the end of the array or object that began at start and in
// which it stands, outside of any other.
func (c *cursor) leave(start int64) error {
	depth := 1
	for {
		for c.i < len(c.win) {
			switch c.win[c.i] {
			case '"':
				if _, err := c.skipString(); err != nil {
					return err
				}
				continue
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					c.i++
					return nil
				}
			}
			c.i++
		}
		// What is longer than a page is not worth reading again.
		switch end, ok, err := c.endOf(start); {
		case err != nil:
			return unlessEOF(err)
		case ok:
			c.forget(end)
			return nil
		}
		if err := c.fill(); err != nil {
			return unlessEOF(err)
		}
	}
}

// skipKey passes a key and its colon and reports whether it is the name, which
// may be nil.
func (c *cursor) skipKey(n *name) (is bool, err error) {
	start := c.offset()
	if n != nil && n.plain && len(c.win)-c.i >= len(n.text)+2 {
		if rest := c.win[c.i+1:]; rest[len(n.text)] == '"' && string(rest[:len(n.text)]) == n.text {
			c.i += len(n.text) + 2
			return true, c.skipColon()
		}
	}
	escaped, err := c.skipString()
	if err != nil {
		return false, err
	}
	end := c.offset()
	if n != nil && (escaped || start < c.base) && end-start <= int64(6*len(n.text)+2) {
		text, err := c.text(nil, start, end)
		if err != nil {
			return false, err
		}
		is = string(unquote(nil, text)) == n.text
		c.seek(end)
	}
	return is, c.skipColon()
}

func (c *cursor) skipColon() error {
	_, err := c.peek()
	c.i++
	return unlessEOF(err)
}

// text appends a part of the source to buf. It moves the cursor.
func (c *cursor) text(buf []byte, start, end int64) ([]byte, error) {
	c.seek(start)
	for c.offset() < end {
		if c.i == len(c.win) {
			if err := c.fill(); err != nil {
				return buf, err
			}
		}
		n := min(len(c.win)-c.i, int(end-c.offset()))
		buf = append(buf, c.win[c.i:c.i+n]...)
		c.i += n
	}
	return buf, nil
}
