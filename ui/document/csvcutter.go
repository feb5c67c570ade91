package document

import "bytes"

// csvCutter begins a line at every record of delimited text (RFC 4180), and
// leaves it to others to show it. Quotes count where a field begins; within
// them newlines do not end the record.
type csvCutter struct {
	at        mark
	delimiter byte
}

// newCSVCutter cuts what begins at from, behind the header line.
func newCSVCutter(delimiter byte, from int64) *csvCutter {
	return &csvCutter{at: mark{offset: from, phase: beforeRecord}, delimiter: delimiter}
}

func (c *csvCutter) mark() mark     { return c.at }
func (c *csvCutter) place() mark    { return c.at }
func (c *csvCutter) restore(m mark) { c.at = m }

func (c *csvCutter) feed(src []byte, out *sink) {
	start := c.at.offset
	quote := -1 // where the next one is, once it was looked for
	for i := 0; i < len(src) && (out == nil || !out.done); {
		switch c.at.phase {
		case beforeRecord:
			if src[i] == '\n' || src[i] == '\r' { // blank lines are no records
				i++
				break
			}
			c.at.offset = start + int64(i)
			c.record(out)
			c.at.phase = atField
		case atField:
			c.at.phase = inField
			if src[i] == '"' {
				c.at.phase = inQuotes
				i++
			}
		case inQuotes:
			n := bytes.IndexByte(src[i:], '"')
			if n < 0 {
				i = len(src)
				break
			}
			i += n + 1
			c.at.phase = afterQuote
		case afterQuote:
			c.at.phase = inField
			switch src[i] {
			case '"':
				c.at.phase = inQuotes
				i++
			case c.delimiter:
				c.at.phase = atField
				i++
			}
		default:
			if quote < i {
				if quote = bytes.IndexByte(src[i:], '"'); quote < 0 {
					quote = len(src)
				} else {
					quote += i
				}
			}
			i = c.field(src, i, quote)
		}
		c.at.offset = start + int64(i)
	}
}

// field goes from i on to the end of the record, or to behind the next quote.
func (c *csvCutter) field(src []byte, i, quote int) int {
	end := bytes.IndexByte(src[i:quote], '\n')
	switch {
	case end >= 0:
		c.at.phase = beforeRecord
		return i + end + 1
	case quote > i && src[quote-1] == c.delimiter:
		c.at.phase = atField
		return quote
	}
	return min(quote+1, len(src))
}

func (c *csvCutter) record(out *sink) {
	c.at.number++
	c.begin(c.at.number, out)
}

func (c *csvCutter) begin(number int64, out *sink) {
	if out != nil {
		out.begin(c.at.lines, number, c.at.offset, false, 0)
	}
	c.at.lines++
}

func (c *csvCutter) finish(out *sink) {
	if c.at.phase != inQuotes {
		return
	}
	c.begin(0, out)
	if out != nil {
		out.note("✗ the text ends within a quoted field", Error, c.at.offset)
	}
}

// csvField is a field of a record, as a range of the record's bytes.
type csvField struct {
	start, end int  // quotes left out
	quoted     bool // a doubled quote stands for one
	open       bool // its end was not seen
}

// readCSVRecord reads the fields of the record that text begins with, in
// order. ended says that nothing follows text. It returns how long the record
// is, line end included, and whether all of it was there.
func readCSVRecord(text []byte, delimiter byte, ended bool, visit func(csvField)) (n int, complete bool) {
	for at := 0; ; {
		field, next := readCSVField(text, delimiter, at)
		complete := next < len(text) || ended
		field.open = field.open || !complete
		if next == len(text) || text[next] == '\n' {
			if !field.quoted && field.end > field.start && text[field.end-1] == '\r' {
				field.end--
			}
			visit(field)
			return min(next+1, len(text)), complete
		}
		visit(field)
		at = next + 1
	}
}

// readCSVField reads the field at text[at], and returns where the delimiter or
// line end behind it is.
func readCSVField(text []byte, delimiter byte, at int) (f csvField, next int) {
	f = csvField{start: at}
	next = at
	if at < len(text) && text[at] == '"' {
		for next++; ; next++ {
			n := bytes.IndexByte(text[next:], '"')
			if n < 0 {
				return csvField{start: at + 1, end: len(text), quoted: true, open: true}, len(text)
			}
			if next += n + 1; next == len(text) || text[next] != '"' {
				break
			}
		}
		f = csvField{start: at + 1, end: next - 1, quoted: true}
	}
	behind := next
	for next < len(text) && text[next] != delimiter && text[next] != '\n' {
		next++
	}
	if tail := text[behind:next]; f.quoted && len(bytes.TrimSuffix(tail, []byte("\r"))) > 0 {
		return csvField{start: at, end: next}, next // quotes within are just quotes
	}
	if !f.quoted {
		f.end = next
	}
	return f, next
}
