package document

import (
	"bytes"

	"parley/httpcore/content"
)

// recordCutter begins a line at every record of JSON, and leaves it to others
// to show it. Where the text stops being JSON a line says why; of a stream, it
// goes on at the next line of the source.
type recordCutter struct {
	jsonCutter
	where recordPlace
}

func newRecordCutter(place recordPlace) *recordCutter {
	return &recordCutter{jsonCutter: *newJSONCutter(place.stream), where: place}
}

func (c *recordCutter) feed(src []byte, out *sink) {
	if c.at.phase == beforeJSON {
		src = c.skipStart(src, false)
	}
	for len(src) > 0 && (out == nil || !out.done) {
		if c.at.phase != inJSON {
			src = c.broken(src, out)
			continue
		}
		t, n := c.scan.Next(src)
		switch t.Kind {
		case content.Invalid:
			c.at.offset = t.Start
			c.fail(out)
		case content.None:
			c.at.offset = t.End
		default:
			if !t.More {
				c.at.token = t.Start
				if c.begins(t.Kind) {
					c.record(t.Start, out)
				}
			}
			c.at.offset = t.End
		}
		src = src[n:]
	}
}

// skipStart takes what stands before the text, which is no record.
func (c *recordCutter) skipStart(src []byte, ended bool) []byte {
	rest, guard := c.start(src, ended)
	c.at.offset += int64(len(guard))
	return rest
}

// begins reports whether the token just read begins a record.
func (c *recordCutter) begins(kind content.TokenKind) bool {
	depth := c.scan.Depth()
	switch kind {
	case content.BeginObject, content.BeginArray:
		depth--
	case content.String, content.Number, content.Literal:
	default:
		return false
	}
	return depth == c.where.depth && (c.where.stream || c.scan.Levels()[depth-1].Start == c.where.array)
}

func (c *recordCutter) record(offset int64, out *sink) {
	c.at.offset = offset
	c.at.number++
	c.begin(c.at.number, false, 0, out)
}

// broken takes what is no JSON, and returns what comes after its line of a
// stream. The beginning of that line is shown behind the error.
func (c *recordCutter) broken(src []byte, out *sink) []byte {
	end := bytes.IndexByte(src, '\n')
	text := src
	if end >= 0 {
		text = src[:end]
	}
	if n := min(len(text), maxBroken-int(c.at.col)); n > 0 {
		if out != nil {
			if c.at.col == 0 {
				out.note("  ", Plain, c.at.offset)
			}
			out.put(text[:n], Plain, c.at.offset)
		}
		c.at.col += int32(n)
	}
	if end < 0 {
		c.at.offset += int64(len(src))
		return nil
	}
	if out != nil {
		out.trimCR()
	}
	if !c.stream {
		c.at.col = maxBroken // enough is shown
		c.at.offset += int64(len(src))
		return nil
	}
	c.at.offset += int64(end + 1)
	c.scan = *content.NewStreamScanner()
	c.scan.Skip(c.at.offset)
	c.at.phase, c.at.col = inJSON, 0
	return src[end+1:]
}

// maxBroken is how many bytes are shown of what is no JSON.
const maxBroken = 200

func (c *recordCutter) finish(out *sink) {
	if c.at.phase == beforeJSON {
		c.feed(c.skipStart(nil, true), out)
	}
	if c.at.phase == inJSON && c.scan.Finish() != nil {
		c.fail(out)
	}
}

// fail says on a line of its own what is wrong.
func (c *recordCutter) fail(out *sink) {
	c.begin(0, false, 0, out)
	if out != nil {
		out.note("✗ "+c.scan.Err().Error(), Error, c.at.offset)
	}
	c.at.phase = inBroken
}

// findRecords finds where the records of a text are, as far as its first bytes
// tell: in a stream, or the array that is the text, or else, of the arrays of
// objects up to two members deep, the one that takes most of these bytes.
func findRecords(head []byte, stream bool) (place recordPlace, ok bool) {
	scan := content.Scanner{}
	if stream {
		scan = *content.NewStreamScanner()
	}
	mark, guard, _ := content.Preamble(head)
	scan.Skip(int64(mark + guard))
	var longest, from int64
	var before content.TokenKind
	var array recordPlace // the one the scanner is in, if from is not 0
	for {
		t, _ := scan.Next(head[scan.Offset():])
		depth := scan.Depth()
		switch t.Kind {
		case content.None, content.Invalid:
			if from > 0 && t.End-from > longest {
				place, ok = array, true
			}
			return place, ok
		case content.BeginArray:
			switch {
			case stream:
				return recordPlace{stream: true}, true
			case depth == 1:
				return recordPlace{array: t.Start, depth: 1}, true
			}
		case content.BeginObject:
			switch {
			case stream:
				return recordPlace{stream: true}, true
			case from == 0 && before == content.BeginArray && (depth == 3 || depth == 4 && scan.Levels()[1].IsObject()):
				from = t.Start
				array = recordPlace{array: scan.Levels()[depth-2].Start, depth: depth - 1}
			}
		case content.EndArray:
			if from > 0 && depth == array.depth-1 {
				if t.End-from > longest {
					place, ok, longest = array, true, t.End-from
				}
				from = 0
			}
		}
		before = t.Kind
	}
}
