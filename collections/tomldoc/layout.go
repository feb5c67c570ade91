package tomldoc

import (
	"bytes"
	"strings"
)

// eol is the line end that the file uses.
func (d *Doc) eol() string {
	if i := bytes.IndexByte(d.src, '\n'); i > 0 && d.src[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// CRLF reports whether lines of the file end with a carriage return and a line feed.
func (d *Doc) CRLF() bool { return d.eol() == "\r\n" }

func (d *Doc) enc() encoder { return encoder{eol: d.eol()} }

// lineStart is the offset of the first byte of the line that offset is in.
func (d *Doc) lineStart(offset int) int {
	return max(d.body, bytes.LastIndexByte(d.src[:offset], '\n')+1)
}

// lineEnd is the offset after the newline that ends the line that offset is in.
func (d *Doc) lineEnd(offset int) int {
	if i := bytes.IndexByte(d.src[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(d.src)
}

// line returns the text of the line that begins at start, without white space around it.
func (d *Doc) line(start int) string {
	return strings.TrimSpace(string(d.src[start:d.lineEnd(start)]))
}

// indent returns the white space before offset on its line.
func (d *Doc) indent(offset int) string {
	start := d.lineStart(offset)
	return string(d.src[start:skipBlank(d.src, start)])
}

// attached returns the start of the line of offset, or of the comment right above it.
func (d *Doc) attached(offset int) int {
	start := d.lineStart(offset)
	for start > d.body {
		above := d.lineStart(start - 1)
		if !strings.HasPrefix(d.line(above), "#") {
			break
		}
		start = above
	}
	return start
}

// afterBlanks skips the empty lines at start.
func (d *Doc) afterBlanks(start int) int {
	for start < len(d.src) && d.line(start) == "" {
		start = d.lineEnd(start)
	}
	return start
}

// beforeBlanks goes back over the empty lines that end at start.
func (d *Doc) beforeBlanks(start int) int {
	for start > d.body && d.line(d.lineStart(start-1)) == "" {
		start = d.lineStart(start - 1)
	}
	return start
}

// lastLine returns where the lines of a section end: after its last statement, or after its header.
func (d *Doc) lastLine(s *section) int {
	if n := len(s.stmts); n > 0 {
		return d.lineEnd(s.stmts[n-1].end)
	}
	if s.end == d.body { // the root has no header
		return d.body
	}
	return d.lineEnd(s.end)
}

// equals finds the = of a statement.
func (d *Doc) equals(st *stmt) int { return skipBlank(d.src, st.keyEnd) }

// alignment returns the column, counted in bytes from the start of the line, in which the statements of a section but
// one have their =, when they are lined up: all have it there, and at least one is padded for it. Otherwise it is 0.
func (d *Doc) alignment(s *section, except *stmt) int {
	column, padded, count := 0, false, 0
	for _, st := range s.stmts {
		if st == except {
			continue
		}
		eq := d.equals(st)
		at := eq - d.lineStart(st.start)
		if count > 0 && at != column {
			return 0
		}
		column, count = at, count+1
		padded = padded || eq-st.keyEnd > 1
	}
	if except != nil && count > 0 {
		eq := d.equals(except)
		padded = padded || (eq-except.keyEnd > 1 && eq-d.lineStart(except.start) == column)
	}
	if !padded {
		return 0
	}
	return column
}

// spacing returns what stands around the = of a statement.
func (d *Doc) spacing(st *stmt) (before, after string) {
	eq := d.equals(st)
	return string(d.src[st.keyEnd:eq]), string(d.src[eq+1 : skipBlank(d.src, eq+1)])
}

// sectionOf finds the section of a statement that is not in an inline table.
func (d *Doc) sectionOf(st *stmt) *section {
	for _, s := range d.sections {
		for _, other := range s.stmts {
			if other == st {
				return s
			}
		}
	}
	return nil
}
